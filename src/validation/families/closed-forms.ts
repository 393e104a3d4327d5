import { offloadSpeedup, roofline } from '../cases/accelerators'
import { hedging } from '../cases/decisions/attempts'
import { postCopy } from '../cases/decisions/mechanisms'
import { preCopy } from '../cases/moves'
import { orderStatistics } from '../cases/networks'
import { transfers } from '../cases/transfers'
import type { ValidationCase } from '../validation-case'

/** Closed forms of what is not a queue, B11 to B17, in the order in which they are told. */
export const cases: readonly ValidationCase[] = [
  preCopy,
  postCopy,
  roofline,
  orderStatistics,
  hedging,
  transfers,
  offloadSpeedup,
]
