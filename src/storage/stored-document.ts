/** A document as kept in this browser. */
export interface StoredDocument {
  readonly id: string
  readonly name: string
  /** The document as JSON text. */
  readonly text: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
  /** Counts the saves; tells whether somebody else (another tab) saved in between. */
  readonly revision: number
}

/** An earlier state of a document. */
export interface StoredVersion {
  readonly id: string
  readonly documentId: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
  /** Words of whoever saved it; null: kept by itself. */
  readonly name: string | null
  readonly text: string
}

/** A document without its text, for lists. */
export type DocumentSummary = Omit<StoredDocument, 'text'>
