import type { SimulationClient } from '../../client/simulation-client'
import type { Scenario } from '../../scenario/scenario'
import { noBranch, type BranchState, type BranchStore } from '../../stores/branch-store'
import type { RunState } from '../../stores/run-store'
import type { Lane } from '../../../workers/api'
import type { RunSession } from '../run-session'
import { branchWords } from './branch-words'

/** Going on from a moment of the run with something changed, and looking at either course. */
export interface BranchRuns {
  readonly store: BranchStore
  /** Resolves when it is over, in whatever way. */
  readonly run: (atPs: number, changed: Scenario) => Promise<void>
  /** Stops asking and forgets the branch; the run itself is shown again. */
  readonly clear: () => void
  /** Shows stage, timeline, decisions and results of A or of B. */
  readonly show: (lane: Lane) => void
}

/** How long one slice of a branch lasts, ms of wall time. */
const sliceMs = 24

export function createBranchRuns(session: RunSession, client: SimulationClient, store: BranchStore): BranchRuns {
  const { runStore, playback } = session
  const set = (part: Partial<BranchState>): void => store.setState(part)
  let turn = 0
  /** The run that the branch belongs to: with another one it is gone. */
  let known = -1

  function change(state: RunState): void {
    const { playheadPs } = session.playbackStore.getState()
    playback.reset()
    known = runStore.getState().runNumber + 1
    runStore.setState({ ...state, runNumber: known })
    playback.seek(playheadPs)
  }

  function forget(): void {
    turn += 1
    store.setState(noBranch)
  }

  async function run(atPs: number, changed: Scenario): Promise<void> {
    clear()
    const mine = turn
    const a = runStore.getState()
    if (a.scenario === null) return
    known = a.runNumber
    set({ status: 'running', atPs, words: branchWords(a.scenario, changed) })
    runStore.setState({ hasBranch: true })
    try {
      await client.branch(atPs, changed)
      for (let done = false; !done && mine === turn;) {
        const progress = await client.advanceBranch(sliceMs)
        if (mine === turn) set({ share: progress.share })
        done = progress.done
      }
      if (mine !== turn) return
      const result = await client.branchResult()
      if (mine !== turn) return
      const ofA: RunState = { ...runStore.getState(), hasBranch: true }
      const { decisions, migrations, timeline } = result.b
      const { occupancy } = result
      const b: RunState = {
        ...ofA,
        ...{ lane: 'b', scenario: changed, result: result.b, decisions, migrations, timeline, occupancy },
      }
      set({ status: 'done', share: 1, result, a: ofA, b })
      change(b)
    } catch (error) {
      if (mine === turn) set({ status: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  }

  function show(lane: Lane): void {
    const state = store.getState()[lane]
    if (state !== null && runStore.getState().lane !== lane) change(state)
  }

  function clear(): void {
    show('a')
    forget()
    if (runStore.getState().hasBranch) runStore.setState({ hasBranch: false })
  }

  runStore.subscribe(({ runNumber }) => {
    if (store.getState().status !== 'none' && runNumber !== known) forget()
  })
  return { store, run, clear, show }
}
