const longest = 64

/**
 * Makes identifiers of the scenario format out of names that people gave: letters, digits, "-" and "_", at most 64,
 * each only once. The same names in the same order give the same identifiers.
 */
export class Identifiers {
  private readonly taken = new Set<string>()

  /** @param fallback what to use where a name has no usable character */
  make(name: string, fallback: string): string {
    const plain = plainName(name)
    const base = plain === '' ? fallback : plain
    let id = base.slice(0, longest)
    for (let copy = 2; this.taken.has(id); copy += 1) id = `${base.slice(0, longest - `-${copy}`.length)}-${copy}`
    this.taken.add(id)
    return id
  }
}

function plainName(name: string): string {
  return name
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[-_]+|-+$/g, '')
}
