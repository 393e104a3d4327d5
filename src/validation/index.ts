import { fidelityMap } from './cases/fidelity-map'
import { loadedLatency } from './cases/loaded-latency'
import {
  energy,
  farTier,
  interleaving,
  littlesLaw,
  offloadSpeedup,
  preCopy,
  roofline,
  transfers,
} from './cases/machinery'
import { lossServers, finiteServer, markovMany } from './cases/many-servers'
import {
  batchArrivals,
  finiteTandem,
  renewalQueues,
  shortestQueue,
  switchedArrivals,
  twoClassNetwork,
} from './cases/more-queues'
import { closedNetworks, forkJoinOfMany, forkJoinOfTwo, openNetworks, orderStatistics } from './cases/networks'
import { directCxl, expanderMixes, nuMigration, tailAtScale, xenPreCopy } from './cases/published-machines'
import {
  clioLatency,
  echoRoundTrip,
  nightcore,
  pagingRequirements,
  raftReplication,
  sendLatency,
} from './cases/published-network'
import { constantSingle, generalSingle, markovSingle, processorSharing } from './cases/single-server'
import type { CaseInfo, NotSimulated, ValidationCase } from './validation-case'

/** Every validation case, in the order in which it is told. */
export const cases: readonly ValidationCase[] = [
  markovSingle,
  lossServers,
  markovMany,
  finiteServer,
  generalSingle,
  processorSharing,
  constantSingle,
  openNetworks,
  closedNetworks,
  forkJoinOfTwo,
  forkJoinOfMany,
  preCopy,
  roofline,
  orderStatistics,
  transfers,
  offloadSpeedup,
  farTier,
  interleaving,
  littlesLaw,
  energy,
  renewalQueues,
  shortestQueue,
  batchArrivals,
  finiteTandem,
  twoClassNetwork,
  switchedArrivals,
  loadedLatency,
  expanderMixes,
  directCxl,
  pagingRequirements,
  clioLatency,
  sendLatency,
  echoRoundTrip,
  raftReplication,
  nightcore,
  nuMigration,
  xenPreCopy,
  tailAtScale,
  fidelityMap,
]

/** Closed forms and results whose mechanism the model does not have. */
export const notSimulated: readonly NotSimulated[] = [
  {
    id: 'B12',
    title: 'Post-copy migration',
    reason: 'The mechanism is not there yet: pre-copy and stop-and-copy are.',
  },
  {
    id: 'B15',
    title: 'Hedged requests',
    reason: 'No policy sends a second request after a time-out; the arithmetic alone would prove nothing.',
  },
  { id: 'B21', title: 'Non-preemptive priority (Cobham)', reason: 'Run queues know no classes of priority.' },
  {
    id: 'B22',
    title: 'Max-min fairness',
    reason: 'Ports serve packets first come first served or in turns; nobody allocates rates.',
  },
  { id: 'B23', title: 'Cold starts with a fixed keep-alive', reason: 'Replicas are fixed: nothing scales to zero.' },
  {
    id: 'B24',
    title: 'Availability of k of n',
    reason: 'Devices do not fail by mean times between failures yet; faults are scheduled.',
  },
]

/** What is said of a case before it runs. */
export function infoOf(one: ValidationCase): CaseInfo {
  const { id, title, group, strictness, question, source, tolerance, inputs, secondsShort } = one
  return { id, title, group, strictness, question, source, tolerance, inputs, secondsShort }
}
