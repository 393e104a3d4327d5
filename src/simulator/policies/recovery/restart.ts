import type { RecoveryPolicy } from './recovery-policy'

/** What was on a failed device starts again elsewhere. */
export const restart: RecoveryPolicy = {
  name: 'restart',
  summary: 'What was on a failed device starts again elsewhere.',
  parameters: [],
}
