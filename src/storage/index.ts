export { createDocumentStorage, randomId, type DocumentStorage } from './document-storage'
export { storageFailureText, type StorageAnswer } from './storage-answer'
export type { DocumentSummary, StoredDocument, StoredVersion } from './stored-document'
export { readTabMemory, writeTabMemory } from './tab-memory'
