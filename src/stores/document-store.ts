import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Problem } from '../scenario/problems'
import type { Scenario, ScenarioDocument } from '../scenario/scenario'

/** A document as it was before an edit (in `past`) or after it (in `future`), with the edit's name. */
export interface HistoryStep {
  /** In the imperative, lower case: "add GPU pool". */
  readonly name: string
  readonly document: ScenarioDocument
}

/** The scenario on the page, with every way back. */
export interface DocumentState {
  readonly document: ScenarioDocument
  readonly past: readonly HistoryStep[]
  readonly future: readonly HistoryStep[]
  /** Edits of one field in quick succession share a key and become one step; '' never merges. */
  readonly mergeKey: string
  /** When the last step was made, ms of the page's clock. */
  readonly editedAtMs: number
  /** Everything wrong or doubtful; recomputed after every edit. */
  readonly problems: readonly Problem[]
  /** The document with defaults, checked; null while it has errors. */
  readonly scenario: Scenario | null
  /** Counts opened documents; a new number means another document, not an edit. */
  readonly opened: number
  /** Milliseconds since 1970 of the last save in this browser; null: not saved. */
  readonly savedAt: number | null
}

export type DocumentStore = StoreApi<DocumentState>

export const emptyDocument: ScenarioDocument = {
  format: 'unrack-scenario',
  version: 1,
  name: 'Untitled rack',
  description: '',
  topology: { racks: [{ id: 'r1', label: 'Rack 1' }], nodes: [], links: [] },
  application: { services: [] },
  workload: { sources: [] },
  policies: {},
  run: { seed: 1, warmupSeconds: 0.01, durationSeconds: 0.1 },
}

export function createDocumentStore(document: ScenarioDocument = emptyDocument): DocumentStore {
  return createStore<DocumentState>(() => ({
    document,
    past: [],
    future: [],
    mergeKey: '',
    editedAtMs: 0,
    problems: [],
    scenario: null,
    opened: 0,
    savedAt: null,
  }))
}
