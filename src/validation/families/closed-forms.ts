import { offloadSpeedup, roofline } from '../cases/accelerators'
import { hedging } from '../cases/decisions/attempts'
import { availability } from '../cases/decisions/availability'
import { keepAlive } from '../cases/decisions/keep-alive'
import { postCopy } from '../cases/decisions/mechanisms'
import { energy } from '../cases/energy'
import { littlesLaw } from '../cases/littles-law'
import { farTier, interleaving } from '../cases/memory-tiers'
import { preCopy } from '../cases/moves'
import { orderStatistics } from '../cases/networks'
import { transfers } from '../cases/transfers'
import type { ValidationCase } from '../validation-case'

/** Closed forms of what is not a queue, from B11 on, in the order in which they are told. */
export const cases: readonly ValidationCase[] = [
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
