import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ScenarioDocument } from '../scenario/scenario'

/** Dialogs about files and links. */
export type FileDialog = 'none' | 'share' | 'export' | 'open' | 'gallery' | 'versions' | 'code'

/** Where the document came from. Only one that was `stored` or edited is kept in this browser. */
export type DocumentOrigin = 'new' | 'link' | 'file' | 'gallery' | 'import' | 'stored'

/** What a notice offers to do. */
export type NoticeAction = 'gallery' | 'open' | 'put-back' | 'download'

/** Something to be told across the page until it is closed. */
export interface FileNotice {
  readonly tone: 'info' | 'problem'
  readonly title: string
  readonly lines: readonly string[]
  readonly actions: readonly NoticeAction[]
}

/** A text that could not be opened, and why: the same lines as on the command line. */
export interface Refusal {
  readonly name: string
  readonly lines: readonly string[]
}

/** A scenario made from traces, waiting for a yes. */
export interface PendingImport {
  readonly name: string
  readonly document: ScenarioDocument
  /** One sentence that says what was imported. */
  readonly summary: string
  /** What was read, used, dropped and assumed, and why. */
  readonly rows: readonly ImportRow[]
  /** The measured numbers as JSON text, for download. */
  readonly reportText: string
}

export interface ImportRow {
  readonly fate: string
  readonly what: string
  readonly count: number
  readonly reason: string
  readonly example: string
}

/** Files, links and storage as the page sees them. */
export interface FileState {
  readonly dialog: FileDialog
  readonly origin: DocumentOrigin
  /** Name in storage; null: not kept yet. */
  readonly documentId: string | null
  /** `clean`: nothing to save. `waiting`: a save is due. */
  readonly saving: 'clean' | 'waiting' | 'blocked' | 'full'
  readonly notice: FileNotice | null
  readonly refusal: Refusal | null
  readonly pendingImport: PendingImport | null
  /** What is being read, in words; '' when nothing is. */
  readonly reading: string
  /** The document that was replaced last, while it can be put back. */
  readonly previous: PreviousDocument | null
}

export interface PreviousDocument {
  readonly document: ScenarioDocument
  readonly origin: DocumentOrigin
  readonly documentId: string | null
}

export type FileStore = StoreApi<FileState>

export function createFileStore(): FileStore {
  return createStore<FileState>(() => ({
    dialog: 'none',
    origin: 'new',
    documentId: null,
    saving: 'clean',
    notice: null,
    refusal: null,
    pendingImport: null,
    reading: '',
    previous: null,
  }))
}
