import type { ScenarioDocument } from '../scenario/scenario'
import { randomId, storageFailureText, writeTabMemory } from '../storage'
import type { DocumentStorage, StorageAnswer, StoredDocument, StoredVersion, UnsavedDocument } from '../storage'
import type { DocumentStore } from '../stores/document-store'
import type { FileStore } from '../stores/file-store'

export interface SaveParts {
  readonly files: FileStore
  readonly documents: DocumentStore
  readonly storage: DocumentStorage
  /** Calls back once after so many ms; the answer calls it off. */
  readonly later: (callback: () => void, ms: number) => () => void
}

export interface Saver {
  /** Saves after every pause in editing, from now on. */
  readonly watch: () => void
  /** Saves what is due, now. */
  readonly flush: () => Promise<void>
  /** Keeps the document as it is under a name. Answers whether it could. */
  readonly saveVersion: (name: string) => Promise<boolean>
  /** A document that was read from storage goes on from its revision. */
  readonly adopt: (stored: StoredDocument) => void
  /** Saves the document that is open after a pause, as if it had been edited now. */
  readonly keep: () => void
  /** What was edited and is not known to be saved; null where nothing is. */
  readonly unsaved: () => UnsavedDocument | null
}

/** Pause in editing after which the document is saved. */
const PAUSE_MS = 800

interface Due {
  readonly id: string
  readonly document: ScenarioDocument
}

/**
 * Keeps edited documents. A document that was only opened, from a link or the gallery, is not kept: it becomes one of
 * this browser's with its first edit. Each has a record of its own; a record that another tab saved in the meantime is
 * left alone, and ours goes on as a copy.
 */
export function createSaver({ files, documents, storage, later }: SaveParts): Saver {
  const revisions = new Map<string, number>()
  let seen = documents.getState()
  let due: Due | null = null
  let unsaved: Due | null = null
  let callOff: () => void = () => undefined
  let queue: Promise<void> = Promise.resolve()

  function onChange(): void {
    const state = documents.getState()
    const isOther = state.opened !== seen.opened
    const isEdited = state.document !== seen.document
    seen = state
    if (isOther) void flush()
    else if (isEdited) schedule(state.document)
  }

  function schedule(document: ScenarioDocument): void {
    const id = files.getState().documentId ?? randomId()
    due = unsaved = { id, document }
    files.setState({
      documentId: id,
      saving: files.getState().saving === 'clean' ? 'waiting' : files.getState().saving,
    })
    callOff()
    callOff = later(() => void flush(), PAUSE_MS)
  }

  function flush(): Promise<void> {
    callOff()
    const work = due
    due = null
    if (work !== null) queue = queue.then(() => save(work))
    return queue
  }

  async function save({ id, document }: Due): Promise<void> {
    const answer = await storage.save({
      id,
      name: nameOf(document),
      text: JSON.stringify(document),
      revision: revisions.get(id) ?? 0,
    })
    if (answer.kind !== 'ok') fail(answer.kind)
    else if (answer.value.kind === 'conflict') await saveCopy({ id, document })
    else done(answer.value.document, document)
  }

  function done(stored: StoredDocument, document: ScenarioDocument): void {
    revisions.set(stored.id, stored.revision)
    if (unsaved?.document === document) unsaved = null
    if (files.getState().documentId !== stored.id) return
    documents.setState({ savedAt: stored.savedAt })
    if (documents.getState().document === document) files.setState({ saving: 'clean' })
  }

  /** Another tab went on with this document: ours becomes one of its own. */
  async function saveCopy({ id, document }: Due): Promise<void> {
    const copy = randomId()
    if (files.getState().documentId === id) {
      files.setState({
        documentId: copy,
        notice: {
          tone: 'info',
          title: 'This document was edited in another tab too',
          lines: ['Your changes are kept as a copy; the other tab goes on with the original.'],
          actions: [],
        },
      })
    }
    await save({ id: copy, document })
  }

  function fail(failure: 'blocked' | 'full'): void {
    const isNews = files.getState().saving !== failure
    files.setState({ saving: failure })
    if (!isNews) return
    files.setState({
      notice: { tone: 'problem', title: 'Not saved', lines: [storageFailureText(failure)], actions: ['download'] },
    })
  }

  return {
    watch: () => void documents.subscribe(onChange),
    flush,
    adopt: (stored) => revisions.set(stored.id, stored.revision),
    keep: () => {
      schedule(documents.getState().document)
    },
    unsaved: () =>
      unsaved === null || unsaved.id !== files.getState().documentId
        ? null
        : { revision: revisions.get(unsaved.id) ?? 0, text: JSON.stringify(unsaved.document) },
    saveVersion: async (name) => {
      const { document } = documents.getState()
      schedule(document)
      await flush()
      const { documentId } = files.getState()
      if (documentId === null) return false
      const answer: StorageAnswer<StoredVersion> = await storage.keepVersion(documentId, name, JSON.stringify(document))
      if (answer.kind !== 'ok') fail(answer.kind)
      return answer.kind === 'ok'
    },
  }
}

/** The tab remembers which document it had, and what was not saved of it, so that a reload brings it back. */
export function rememberDocument(files: FileStore, parameter: string, unsaved: UnsavedDocument | null = null): void {
  const { documentId } = files.getState()
  writeTabMemory(documentId === null ? null : { documentId, parameter, unsaved })
}

function nameOf(document: ScenarioDocument): string {
  const { name } = document
  return typeof name === 'string' && name !== '' ? name : 'Untitled'
}
