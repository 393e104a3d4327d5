import { detectMs } from './parameters'
import type { RecoveryPolicy } from './recovery-policy'

/** What was on a failed device starts again elsewhere. */
export const restart: RecoveryPolicy = {
  name: 'restart',
  summary: 'What was on a failed device starts again elsewhere.',
  parameters: [detectMs],
  decide: ({ device, holds, inSeconds }) =>
    inSeconds > 0
      ? { action: 'leave', reason: `${device} still works` }
      : {
          action: 'restart',
          reason: holds === 'memory' ? `its memory on ${device} is lost` : `${device} has failed`,
        },
}
