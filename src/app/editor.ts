import type { Catalog } from '../scenario/catalog'
import type { Problem } from '../scenario/problems'
import type { Scenario, ScenarioDocument } from '../scenario/scenario'
import type { CatalogStore } from '../stores/catalog-store'
import type { DocumentStore } from '../stores/document-store'

/** What the check of a document gives. */
export interface Checked {
  readonly scenario: Scenario | null
  readonly problems: readonly Problem[]
}
export type CheckDocument = (document: ScenarioDocument, catalog: Catalog) => Checked

/** The one way to change the document. Every change is a step with a name that can be undone. */
export interface Editor {
  /**
   * Makes `next` the document.
   *
   * @param step the step's name, in the imperative: "add GPU pool"
   * @param mergeKey edits with the same key within a second become one step
   */
  apply(step: string, next: ScenarioDocument, mergeKey?: string): void
  /** Takes the last step back; answers its name, or '' when there is none. */
  undo(): string
  redo(): string
  /** Puts another document in place; the history begins anew. */
  open(document: ScenarioDocument, savedAt?: number | null): void
}

interface EditorParts {
  readonly documents: DocumentStore
  readonly catalog: CatalogStore
  readonly check: CheckDocument
  /** ms of any steady clock. */
  readonly now: () => number
}

const MERGE_MS = 1000
const MOST_STEPS = 500

export function createEditor({ documents, catalog, check, now }: EditorParts): Editor {
  const checked = (document: ScenarioDocument): Checked => {
    const known = catalog.getState().catalog
    if (known === null) return { scenario: null, problems: [] }
    const { scenario, problems } = check(document, known) // and nothing else that a check may answer
    return { scenario, problems }
  }
  catalog.subscribe(() => {
    documents.setState(checked(documents.getState().document))
  })
  documents.setState(checked(documents.getState().document))
  return {
    apply(step, next, mergeKey = '') {
      const { document, past, mergeKey: lastKey, editedAtMs } = documents.getState()
      if (next === document) return
      const time = now()
      const merges = mergeKey !== '' && mergeKey === lastKey && time - editedAtMs < MERGE_MS && past.length > 0
      const steps = merges ? past : [...past.slice(-MOST_STEPS + 1), { name: step, document }]
      documents.setState({ ...checked(next), document: next, past: steps, future: [], mergeKey, editedAtMs: time })
    },
    undo() {
      const { document, past, future } = documents.getState()
      const step = past[past.length - 1]
      if (step === undefined) return ''
      documents.setState({
        ...checked(step.document),
        document: step.document,
        past: past.slice(0, -1),
        future: [...future, { name: step.name, document }],
        mergeKey: '',
      })
      return step.name
    },
    redo() {
      const { document, past, future } = documents.getState()
      const step = future[future.length - 1]
      if (step === undefined) return ''
      documents.setState({
        ...checked(step.document),
        document: step.document,
        past: [...past, { name: step.name, document }],
        future: future.slice(0, -1),
        mergeKey: '',
      })
      return step.name
    },
    open(document, savedAt = null) {
      const { opened } = documents.getState()
      documents.setState({
        ...checked(document),
        document,
        past: [],
        future: [],
        mergeKey: '',
        opened: opened + 1,
        savedAt,
      })
    },
  }
}
