import { nightcore, raftReplication } from '../cases/published-calls'
import { echoRoundTrip, sendLatency } from '../cases/published-latency'
import { nuMigration, xenPreCopy } from '../cases/published-moves'
import { tailAtScale } from '../cases/tail-at-scale'
import type { ValidationCase } from '../validation-case'

/** Cases held against what others measured of messages, calls and moves, from A14 on, in the order in which they are told. */
export const cases: readonly ValidationCase[] = [
  sendLatency,
  echoRoundTrip,
  raftReplication,
  nightcore,
  nuMigration,
  xenPreCopy,
  tailAtScale,
]
