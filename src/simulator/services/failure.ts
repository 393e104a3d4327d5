// Why an execution has failed, as kept in `Executions.failed`; 0: it has not. A caller fails for the reason of its callee.

/** Its instance's queue was full. */
export const full = 1
/** Its instance shed load. */
export const shed = 2
/** Nobody answered in time. */
export const timedOut = 3
/** The device that it was on, or that it came by, failed. */
export const lost = 4
/** Its service has no instance. */
export const unplaced = 5

/** Names of the causes in the summary, by number; the first is of no cause. */
export const names = ['', 'full', 'shed', 'timed_out', 'lost', 'unplaced'] as const
