import type { RecoveryPolicy } from './recovery-policy'
import { restart } from './restart'

export const recoveryPolicies: readonly RecoveryPolicy[] = [restart]
