/**
 * What is selected, named as in a link: by the scenario's own names, or a name and a time, never by a place in a list.
 * `node:cpu`, `dev:cpu.2`, `link:l1`, `svc:kv`, `op:kv.get`, `src:users`, `rack:r1`, `req:10423`, `mig:kv.1@0.4102`.
 */
export interface LinkSelection {
  readonly kind: LinkSelectionKind
  readonly id: string
  /** When it began; only with `mig`. */
  readonly atSeconds: number | null
}

export type LinkSelectionKind = (typeof kinds)[number]

const kinds = ['node', 'dev', 'link', 'svc', 'op', 'src', 'rack', 'req', 'mig'] as const

/** null where the text names nothing that can be selected. */
export function readSelection(text: string): LinkSelection | null {
  const parts = /^([a-z]+):([A-Za-z0-9][A-Za-z0-9_.-]{0,129})(?:@(\d{1,9}(?:\.\d{1,12})?))?$/.exec(text)
  const kind = kinds.find((each) => each === parts?.[1])
  if (parts === null || kind === undefined) return null
  const [, , id = '', at] = parts
  if ((kind === 'mig') !== (at !== undefined)) return null
  return { kind, id, atSeconds: at === undefined ? null : Number(at) }
}

export function selectionText(selection: LinkSelection): string {
  const { kind, id, atSeconds } = selection
  return atSeconds === null ? `${kind}:${id}` : `${kind}:${id}@${atSeconds}`
}
