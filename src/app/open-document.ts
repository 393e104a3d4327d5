import type { Catalog } from '../scenario/catalog'
import { problemText } from '../scenario/problems'
import type { ReadResult } from '../scenario/read-scenario'
import type { ScenarioDocument } from '../scenario/scenario'
import type { CatalogStore } from '../stores/catalog-store'
import type { DocumentStore } from '../stores/document-store'
import type { DocumentOrigin, FileNotice, FileStore } from '../stores/file-store'
import type { Editor } from './editor'

export interface OpenParts {
  readonly files: FileStore
  readonly documents: DocumentStore
  readonly catalog: CatalogStore
  readonly editor: Editor
  /** Reads the text of a scenario. */
  readonly read: (text: string, catalog: Catalog) => ReadResult
}

export interface OpenedDocument {
  readonly document: ScenarioDocument
  readonly origin: DocumentOrigin
  readonly documentId?: string | null
  /** Milliseconds since 1970. */
  readonly savedAt?: number | null
  readonly notice?: FileNotice
}

/** Puts another document in place. What was edited here before is kept, and can be put back. */
export function openDocument({ files, documents, editor }: OpenParts, opened: OpenedDocument): void {
  const { past, document } = documents.getState()
  const { origin, documentId, dialog } = files.getState()
  const previous = past.length > 0 ? { document, origin, documentId } : null
  files.setState({
    dialog: dialog === 'share' || dialog === 'export' ? dialog : 'none', // those follow the document
    origin: opened.origin,
    documentId: opened.documentId ?? null,
    refusal: null,
    pendingImport: null,
    reading: '',
    previous,
    notice: opened.notice ?? (previous === null ? null : replacedNotice),
  })
  editor.open(opened.document, opened.savedAt ?? null)
}

/** Takes back the last opening, with the document as it was left. */
export function putBack(parts: OpenParts): void {
  const { previous } = parts.files.getState()
  if (previous !== null) openDocument(parts, previous)
}

const replacedNotice: FileNotice = {
  tone: 'info',
  title: 'Another scenario is open',
  lines: ['The one that you edited before is kept.'],
  actions: ['put-back'],
}

/** A text as scenario; null, with every reason told, where it cannot be one. The document on the page stays. */
export async function readDocument(parts: OpenParts, name: string, text: string): Promise<ScenarioDocument | null> {
  const { scenario, document, problems } = parts.read(text, await knownCatalog(parts.catalog))
  if (scenario !== null && document !== null) return document
  refuse(parts.files, name, problems.filter((problem) => problem.severity === 'error').map(problemText))
  return null
}

/** Tells why something was not opened. */
export function refuse(files: FileStore, name: string, lines: readonly string[]): void {
  files.setState({ dialog: 'open', reading: '', refusal: { name, lines } })
}

/** The catalog, as soon as the worker has told it. @throws Error where it never will */
export function knownCatalog(store: CatalogStore): Promise<Catalog> {
  return new Promise((resolve, reject) => {
    const settle = (): boolean => {
      const { catalog, message } = store.getState()
      if (catalog !== null) resolve(catalog)
      else if (message !== '') reject(new Error(message))
      return catalog !== null || message !== ''
    }
    if (settle()) return
    const stop = store.subscribe(() => {
      if (settle()) stop()
    })
  })
}
