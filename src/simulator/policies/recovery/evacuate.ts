import { detectMs } from './parameters'
import type { RecoveryPolicy } from './recovery-policy'

/** On a warning instances migrate away; what is still there when the device fails starts again elsewhere. */
export const evacuate: RecoveryPolicy = {
  name: 'evacuate',
  summary: 'On a warning instances migrate away; what is still there at the failure starts again elsewhere.',
  parameters: [detectMs],
  decide({ device, holds, inSeconds, pinned }) {
    if (inSeconds === 0)
      return {
        action: 'restart',
        reason: holds === 'memory' ? `its memory on ${device} is lost` : `${device} has failed`,
      }
    if (pinned) return { action: 'leave', reason: 'pinned' }
    if (holds === 'memory') return { action: 'leave', reason: 'slabs cannot be moved' }
    return { action: 'move', reason: `${device} fails in ${inSeconds} s` }
  },
}
