import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CaseInfo, CaseResult, Form, NotSimulated } from '../validation/validation-case'

/** A case that is run here, in the reader's browser. */
export interface LiveRun {
  readonly status: 'waiting' | 'running' | 'done' | 'failed'
  readonly form: Form
  /** 0..1 of this case. */
  readonly share: number
  /** Wall time of the run so far, ms. */
  readonly elapsedMs: number
  readonly result: CaseResult | null
  /** Why it failed; '' otherwise. */
  readonly message: string
}

/** What `npm run validate` recorded, as it is shipped. */
export interface Recorded {
  readonly cases: readonly CaseInfo[]
  /** Results whose mechanism the model does not have, each with the reason. */
  readonly notSimulated: readonly NotSimulated[]
  /** By case id. The short form is what a browser runs; a case may not have been recorded in a form. */
  readonly short: ReadonlyMap<string, CaseResult>
  readonly full: ReadonlyMap<string, CaseResult>
}

/** Which cases a reader wants to see. */
export interface CaseFilter {
  /** '' for all. */
  readonly group: string
  readonly search: string
  readonly onlyMisses: boolean
}

export interface ValidationState {
  readonly filter: CaseFilter
  readonly recorded: Recorded | null
  /** Why nothing recorded can be shown; '' otherwise. */
  readonly message: string
  readonly live: ReadonlyMap<string, LiveRun>
  /** Ids that are still to be run, the one that runs first. */
  readonly queue: readonly string[]
  /** How many were asked for together, for the progress of all. */
  readonly asked: number
}

export type ValidationStore = StoreApi<ValidationState>

const everyCase: CaseFilter = { group: '', search: '', onlyMisses: false }

export function createValidationStore(): ValidationStore {
  return createStore<ValidationState>(() => ({
    filter: everyCase,
    recorded: null,
    message: '',
    live: new Map(),
    queue: [],
    asked: 0,
  }))
}
