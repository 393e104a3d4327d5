/** A document as it was edited last, where nobody can know yet whether it was saved. */
export interface UnsavedDocument {
  /** The saved revision that it goes on from; 0: never saved. */
  readonly revision: number
  readonly text: string
}

/** What this tab remembers over a reload; another tab never sees it. */
export interface TabMemory {
  /** Name in storage of the document that is open. */
  readonly documentId: string
  /** Its scenario as it stood in the address bar; '' where it stood not there. */
  readonly parameter: string
  /** null: everything was saved. */
  readonly unsaved: UnsavedDocument | null
}

const KEY = 'unrack.tab'

/** Name, parameter, and what was not saved: its revision and text. */
const FORM = /^(\S+) ?(\S*)(?: (\d+) ([\s\S]+))?$/

/** null where nothing is remembered, or nothing may be. */
export function readTabMemory(): TabMemory | null {
  try {
    const [, documentId, parameter = '', revision, text] = FORM.exec(sessionStorage.getItem(KEY) ?? '') ?? []
    if (documentId === undefined) return null
    return { documentId, parameter, unsaved: text === undefined ? null : { revision: Number(revision), text } }
  } catch {
    return null
  }
}

export function writeTabMemory(memory: TabMemory | null): void {
  try {
    if (memory === null) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, textOf(memory))
  } catch {
    // A page that may not store anything works all the same; it forgets at reload.
  }
}

function textOf({ documentId, parameter, unsaved }: TabMemory): string {
  return `${documentId} ${parameter}${unsaved === null ? '' : ` ${unsaved.revision} ${unsaved.text}`}`
}
