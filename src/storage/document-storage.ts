import type { DocumentDatabase } from './document-database'
import { answered, type StorageAnswer } from './storage-answer'
import type { DocumentSummary, StoredDocument, StoredVersion } from './stored-document'
import { deservesVersion, newestFirst, surplusVersions } from './versions'

/** What is to be kept. */
export interface DocumentDraft {
  readonly id: string
  readonly name: string
  readonly text: string
  /** The revision that this draft goes on from; 0: never saved. */
  readonly revision: number
}

/** `conflict`: another tab has saved this document since; nothing was written. */
export type SaveOutcome = { readonly kind: 'saved'; readonly document: StoredDocument } | { readonly kind: 'conflict' }

/** The documents and versions of this browser. */
export interface DocumentStorage {
  save(draft: DocumentDraft): Promise<StorageAnswer<SaveOutcome>>
  /** Keeps a version under a name; its text is the draft's. */
  keepVersion(documentId: string, name: string, text: string): Promise<StorageAnswer<StoredVersion>>
  read(id: string): Promise<StorageAnswer<StoredDocument | null>>
  /** Newest first. */
  list(): Promise<StorageAnswer<readonly DocumentSummary[]>>
  /** Newest first. */
  versions(documentId: string): Promise<StorageAnswer<readonly StoredVersion[]>>
  remove(id: string): Promise<StorageAnswer<void>>
}

export interface StorageOptions {
  /** Name of the database. */
  readonly name?: string
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Makes a name that nobody else has. */
  readonly newId?: () => string
  readonly open?: (name: string) => Promise<DocumentDatabase>
}

/** Opens nothing yet: the first access does, and a failed one is tried again at the next. */
export function createDocumentStorage(options: StorageOptions = {}): DocumentStorage {
  const { name = 'unrack', now = Date.now, newId = randomId, open = openDatabase } = options
  let opened: Promise<DocumentDatabase> | null = null

  function access<Value>(use: (database: DocumentDatabase) => Promise<Value>): Promise<StorageAnswer<Value>> {
    return answered(async () => {
      opened ??= open(name)
      try {
        return await use(await opened)
      } catch (error) {
        opened = null
        throw error
      }
    })
  }

  return {
    save: (draft) => access((database) => save(database, draft, now(), newId())),
    keepVersion: (documentId, versionName, text) => {
      const version = { id: newId(), documentId, savedAt: now(), name: versionName, text }
      return access((database) => addVersion(database, version))
    },
    read: (id) => access(async (database) => (await database.get('documents', id)) ?? null),
    list: () => access(async (database) => (await database.getAll('documents')).map(summary).sort(bySavedAt)),
    versions: (documentId) =>
      access(async (database) => newestFirst(await database.getAllFromIndex('versions', 'documentId', documentId))),
    remove: (id) => access((database) => remove(database, id)),
  }
}

/** What speaks with the browser's database is loaded at the first access. */
async function openDatabase(name: string): Promise<DocumentDatabase> {
  const { openDocumentDatabase } = await import('./document-database')
  return openDocumentDatabase(name)
}

/** One transaction, so that two tabs cannot both believe that they were first. */
async function save(
  database: DocumentDatabase,
  draft: DocumentDraft,
  now: number,
  versionId: string,
): Promise<SaveOutcome> {
  const change = database.transaction(['documents', 'versions'], 'readwrite')
  const documents = change.objectStore('documents')
  const versions = change.objectStore('versions')
  const before = await documents.get(draft.id)
  if ((before?.revision ?? 0) !== draft.revision) return { kind: 'conflict' }
  const kept = await versions.index('documentId').getAll(draft.id)
  if (before !== undefined && before.text !== draft.text && deservesVersion(kept, before.text, now)) {
    const version = { id: versionId, documentId: draft.id, savedAt: before.savedAt, name: null, text: before.text }
    await versions.put(version)
    for (const surplus of surplusVersions([...kept, version])) await versions.delete(surplus.id)
  }
  const document = { ...draft, savedAt: now, revision: draft.revision + 1 }
  await documents.put(document)
  await change.done
  return { kind: 'saved', document }
}

async function addVersion(database: DocumentDatabase, version: StoredVersion): Promise<StoredVersion> {
  const change = database.transaction('versions', 'readwrite')
  const kept = await change.store.index('documentId').getAll(version.documentId)
  await change.store.put(version)
  for (const surplus of surplusVersions([...kept, version])) await change.store.delete(surplus.id)
  await change.done
  return version
}

async function remove(database: DocumentDatabase, id: string): Promise<void> {
  const change = database.transaction(['documents', 'versions'], 'readwrite')
  const versions = change.objectStore('versions')
  await change.objectStore('documents').delete(id)
  for (const key of await versions.index('documentId').getAllKeys(id)) await versions.delete(key)
  await change.done
}

function summary({ id, name, savedAt, revision }: StoredDocument): DocumentSummary {
  return { id, name, savedAt, revision }
}

function bySavedAt(a: DocumentSummary, b: DocumentSummary): number {
  return b.savedAt - a.savedAt
}

/** Not `crypto.randomUUID`, which pages served over plain http do not have. */
export function randomId(): string {
  const numbers = crypto.getRandomValues(new Uint32Array(3))
  return Array.from(numbers, (number) => number.toString(36).padStart(7, '0')).join('')
}
