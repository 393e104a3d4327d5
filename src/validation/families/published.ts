import { loadedLatency } from '../cases/loaded-latency'
import { nightcore, raftReplication } from '../cases/published-calls'
import { echoRoundTrip, sendLatency } from '../cases/published-latency'
import { directCxl, expanderMixes } from '../cases/published-memory'
import { nuMigration, xenPreCopy } from '../cases/published-moves'
import { clioLatency, pagingRequirements } from '../cases/published-remote'
import { tailAtScale } from '../cases/tail-at-scale'
import type { ValidationCase } from '../validation-case'

/** Cases held against what others measured, in the order in which they are told. */
export const cases: readonly ValidationCase[] = [
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
]
