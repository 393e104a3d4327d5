import { breakEven } from '../cases/decisions/break-even'
import { controlPeriod } from '../cases/decisions/control-period'
import { exactPlacement } from '../cases/decisions/exact-placement'
import { remap } from '../cases/decisions/mechanisms'
import { offloadRegret } from '../cases/decisions/regret'
import { targetUtilization } from '../cases/decisions/scaling'
import { sharedWire } from '../cases/decisions/shared-wire'
import { slowCores } from '../cases/decisions/slow-cores'
import { twoChoices } from '../cases/decisions/two-choices'
import type { ValidationCase } from '../validation-case'

/** Cases of what policies decide, in the order in which they are told. */
export const cases: readonly ValidationCase[] = [
  remap,
  sharedWire,
  exactPlacement,
  twoChoices,
  controlPeriod,
  breakEven,
  slowCores,
  offloadRegret,
  targetUtilization,
]
