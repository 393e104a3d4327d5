import { lossServers, finiteServer, markovMany } from '../cases/many-servers'
import { closedNetworks, forkJoinOfMany, forkJoinOfTwo, openNetworks } from '../cases/networks'
import { constantSingle, generalSingle, markovSingle, processorSharing } from '../cases/single-server'
import type { ValidationCase } from '../validation-case'

/** Closed forms of queues and networks of them, B1 to B10, in the order in which they are told. */
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
]
