export { createDocumentStorage, randomId } from './document-storage'
export type { DocumentDraft, DocumentStorage, SaveOutcome } from './document-storage'
export { storageFailureText, type StorageAnswer, type StorageFailure } from './storage-answer'
export type { DocumentSummary, StoredDocument, StoredVersion } from './stored-document'
