import { consolidation } from './consolidation'
import { custom } from './custom'
import { evacuation } from './evacuation'
import { followUsers } from './follow-users'
import { hotspot } from './hotspot'
import { loadImbalance } from './load-imbalance'
import { memoryPressure } from './memory-pressure'
import type { MigrationPolicy } from './migration-policy'
import { never } from './never'
import { tailLatency } from './tail-latency'

export const migrationPolicies: readonly MigrationPolicy[] = [
  never,
  hotspot,
  evacuation,
  loadImbalance,
  tailLatency,
  memoryPressure,
  consolidation,
  followUsers,
  custom,
]
