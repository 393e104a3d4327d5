import { custom } from './custom'
import { hotspot } from './hotspot'
import type { MigrationPolicy } from './migration-policy'
import { never } from './never'

export const migrationPolicies: readonly MigrationPolicy[] = [never, hotspot, custom]
