import { offloadSpeedup, roofline } from '../cases/accelerators'
import { hedging } from '../cases/decisions/attempts'
import { availability } from '../cases/decisions/availability'
import { keepAlive } from '../cases/decisions/keep-alive'
import { postCopy } from '../cases/decisions/mechanisms'
import { energy } from '../cases/energy'
import { littlesLaw } from '../cases/littles-law'
import { lossServers, finiteServer, markovMany } from '../cases/many-servers'
import { farTier, interleaving } from '../cases/memory-tiers'
import { preCopy } from '../cases/moves'
import { closedNetworks, forkJoinOfMany, forkJoinOfTwo, openNetworks, orderStatistics } from '../cases/networks'
import { constantSingle, generalSingle, markovSingle, processorSharing } from '../cases/single-server'
import { transfers } from '../cases/transfers'
import type { ValidationCase } from '../validation-case'

/** Cases held against theory, in the order in which they are told. */
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
  postCopy,
  roofline,
  orderStatistics,
  hedging,
  transfers,
  offloadSpeedup,
  farTier,
  interleaving,
  littlesLaw,
  keepAlive,
  availability,
  energy,
]
