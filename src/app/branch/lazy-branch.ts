import type { SimulationClient } from '../../client/simulation-client'
import type { BranchStore } from '../../stores/branch-store'
import type { RunSession } from '../run-session'
import type { BranchRuns } from './branch-runs'

/** What only branches need is loaded with the first one. */
export function lazyBranch(
  session: RunSession,
  client: SimulationClient,
  store: BranchStore,
): () => Promise<BranchRuns> {
  let made: Promise<BranchRuns> | null = null
  return () =>
    (made ??= import('./branch-runs').then(({ createBranchRuns }) => createBranchRuns(session, client, store)))
}
