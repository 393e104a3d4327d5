import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ScenarioDocument, Scenario } from '../scenario/scenario'
import type { OccupancyChange, RunShape } from '../simulator/display'
import type { Lane } from '../../workers/api'
import type { DecisionRow, MigrationRow, RunResult, Timeline } from '../simulator/result'

export type RunStatus = 'idle' | 'running' | 'done' | 'cancelled' | 'failed'

/** What is known of the run in the worker. The lists belong to replication 0. */
export interface RunState {
  readonly status: RunStatus
  /** Why it failed; '' otherwise. */
  readonly message: string
  /** Counts the runs of this page: a new number means other data everywhere. */
  readonly runNumber: number
  /** The scenario that runs or ran; null before the first run. */
  readonly scenario: Scenario | null
  /** The document it was read from, to tell what has been edited since. */
  readonly document: ScenarioDocument | null
  readonly shape: RunShape | null
  /** Whether what is shown is the run itself, or the branch beside it. */
  readonly lane: Lane
  readonly hasBranch: boolean
  /** ps of replication 0 */
  readonly simulatedPs: number
  readonly replication: number
  readonly replications: number
  /** 0..1 over all replications. */
  readonly share: number
  readonly events: number
  readonly eventsPerSecond: number
  /** Wall time since the start, ms. */
  readonly elapsedMs: number
  readonly decisions: readonly DecisionRow[]
  readonly migrations: readonly MigrationRow[]
  readonly occupancy: readonly OccupancyChange[]
  readonly timeline: Timeline | null
  /** Whole when done, of what is simulated so far otherwise. */
  readonly result: RunResult | null
}

export type RunStore = StoreApi<RunState>

export const emptyRun: RunState = {
  status: 'idle',
  message: '',
  runNumber: 0,
  scenario: null,
  document: null,
  shape: null,
  lane: 'a',
  hasBranch: false,
  simulatedPs: 0,
  replication: 0,
  replications: 1,
  share: 0,
  events: 0,
  eventsPerSecond: 0,
  elapsedMs: 0,
  decisions: [],
  migrations: [],
  occupancy: [],
  timeline: null,
  result: null,
}

export function createRunStore(): RunStore {
  return createStore<RunState>(() => emptyRun)
}
