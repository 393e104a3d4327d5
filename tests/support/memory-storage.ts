import type { DocumentStorage, StoredDocument, StoredVersion } from '../../src/storage'

/** Documents in memory, with the rules of the real storage and none of its limits. */
export function memoryStorage(
  now: () => number = () => 0,
): DocumentStorage & { readonly documents: Map<string, StoredDocument> } {
  const documents = new Map<string, StoredDocument>()
  const versions: StoredVersion[] = []
  const ok = <Value>(value: Value) => Promise.resolve({ kind: 'ok', value } as const)
  return {
    documents,
    save: (draft) => {
      if ((documents.get(draft.id)?.revision ?? 0) !== draft.revision) return ok({ kind: 'conflict' } as const)
      const document = { ...draft, savedAt: now(), revision: draft.revision + 1 }
      documents.set(draft.id, document)
      return ok({ kind: 'saved', document } as const)
    },
    keepVersion: (documentId, name, text) => {
      const version = { id: String(versions.length), documentId, savedAt: now(), name, text }
      versions.push(version)
      return ok(version)
    },
    read: (id) => ok(documents.get(id) ?? null),
    list: () => ok([...documents.values()].sort((a, b) => b.savedAt - a.savedAt)),
    versions: (documentId) => ok(versions.filter((version) => version.documentId === documentId)),
    remove: (id) => {
      documents.delete(id)
      return ok(undefined)
    },
  }
}
