import { evacuate } from './evacuate'
import type { RecoveryPolicy } from './recovery-policy'
import { restart } from './restart'
import { restore } from './restore'
import { wait } from './wait'

export const recoveryPolicies: readonly RecoveryPolicy[] = [restart, wait, evacuate, restore]
