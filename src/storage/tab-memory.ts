/** What this tab remembers over a reload; another tab never sees it. */
export interface TabMemory {
  /** Name in storage of the document that is open. */
  readonly documentId: string
  /** Its scenario as it stood in the address bar; '' where it stood not there. */
  readonly parameter: string
}

const KEY = 'unrack.tab'

/** null where nothing is remembered, or nothing may be. */
export function readTabMemory(): TabMemory | null {
  try {
    const [documentId, parameter] = (sessionStorage.getItem(KEY) ?? '').split(' ')
    return documentId === undefined || documentId === '' ? null : { documentId, parameter: parameter ?? '' }
  } catch {
    return null
  }
}

export function writeTabMemory(memory: TabMemory | null): void {
  try {
    if (memory === null) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, `${memory.documentId} ${memory.parameter}`)
  } catch {
    // A page that may not store anything works all the same; it forgets at reload.
  }
}
