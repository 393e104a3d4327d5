/** Ways to shorten a name, from short to long; the last always differ by their number. */
const ways: readonly ((id: string, at: number) => string)[] = [
  (id) => plain(id).slice(0, 2),
  (id) => `${plain(id).slice(0, 2)}${ending(id)}`,
  (id) => `${plain(id).slice(0, 1)}${plain(id).slice(2, 3)}${ending(id)}`,
  (id) => plain(id).slice(0, 4),
  (id, at) => `${plain(id).slice(0, 1)}${at}`,
]

const plain = (id: string) => id.replace(/[^A-Za-z0-9]/g, '').toUpperCase()

/** The first letter of the last word; of one word, its third. */
function ending(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  return words.length > 1 ? plain(words.at(-1) ?? '').slice(0, 1) : plain(id).slice(2, 3)
}

/**
 * Short names of services that no two share: two letters where that is enough, up to four else.
 *
 * @returns by the service's id
 */
export function serviceCodes(ids: readonly string[]): ReadonlyMap<string, string> {
  const level = new Map(ids.map((id) => [id, 0]))
  const codeOf = (id: string, at: number) => (ways[level.get(id) ?? 0] ?? plain)(id, at)
  for (let round = 1; round < ways.length; round += 1) {
    const codes = ids.map(codeOf)
    const shared = ids.filter((_id, at) => codes.some((code, other) => other !== at && code === codes[at]))
    for (const id of shared) level.set(id, round)
  }
  return new Map(ids.map((id, at) => [id, codeOf(id, at)]))
}

/** `kv.1` is KV-1: the service's short name and the number. */
export function chipCode(codes: ReadonlyMap<string, string>, instance: string): string {
  const dot = instance.lastIndexOf('.')
  const service = instance.slice(0, dot)
  return `${codes.get(service) ?? plain(service).slice(0, 2)}-${instance.slice(dot + 1)}`
}
