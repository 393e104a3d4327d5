import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { StoredDocument, StoredVersion } from './stored-document'

/** The two tables in IndexedDB: documents, and the versions of each. */
export interface DocumentTables extends DBSchema {
  documents: { key: string; value: StoredDocument; indexes: { savedAt: number } }
  versions: { key: string; value: StoredVersion; indexes: { documentId: string } }
}

export type DocumentDatabase = IDBPDatabase<DocumentTables>

/** Changes only with an upgrade step below. */
const DATABASE_VERSION = 1

/** @throws whatever the browser throws where storage is blocked, full or broken */
export function openDocumentDatabase(name: string): Promise<DocumentDatabase> {
  return openDB<DocumentTables>(name, DATABASE_VERSION, {
    upgrade(database) {
      database.createObjectStore('documents', { keyPath: 'id' }).createIndex('savedAt', 'savedAt')
      database.createObjectStore('versions', { keyPath: 'id' }).createIndex('documentId', 'documentId')
    },
    // A tab of a later version wants to upgrade: let it, our next access opens the database again.
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close()
    },
  })
}
