import {
  batchArrivals,
  finiteTandem,
  renewalQueues,
  shortestQueue,
  switchedArrivals,
  twoClassNetwork,
} from '../cases/more-queues'
import type { ValidationCase } from '../validation-case'

/** Queues beyond the list of closed forms, held against theory, in the order in which they are told. */
export const cases: readonly ValidationCase[] = [
  renewalQueues,
  shortestQueue,
  batchArrivals,
  finiteTandem,
  twoClassNetwork,
  switchedArrivals,
]
