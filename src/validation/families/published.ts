import { loadedLatency } from '../cases/loaded-latency'
import { directCxl, expanderMixes } from '../cases/published-memory'
import { clioLatency, pagingRequirements } from '../cases/published-remote'
import type { ValidationCase } from '../validation-case'

/** Cases held against what others measured of memory, A1 to A13, in the order in which they are told. */
export const cases: readonly ValidationCase[] = [
  loadedLatency,
  expanderMixes,
  directCxl,
  pagingRequirements,
  clioLatency,
]
