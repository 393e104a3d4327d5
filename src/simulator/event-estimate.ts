import type { Scenario } from '../scenario/scenario'
import type { Run } from './run'

/** So many events are tried twice, tens of milliseconds: while a rack fills, and then as it goes on. */
const TRIED = 10_000

/**
 * A guess of how many events all replications of a scenario take: the first ones are run, and the rest of the time has
 * as many as the second half of those. What changes later (faults, moves, rates) is not foreseen. NaN where a run fails.
 *
 * @param run stands at its start; it is used up
 */
export function estimatedEvents({ run: { replications } }: Scenario, run: Run): number {
  try {
    const { endPs } = run.shape
    if (run.advance(endPs, TRIED)) return run.events * replications
    const { now, events } = run
    if (run.advance(endPs, TRIED)) return run.events * replications
    const perPs = (run.events - events) / Math.max(1, run.now - now)
    return Math.round((run.events + perPs * (endPs - run.now)) * replications)
  } catch {
    return NaN
  }
}
