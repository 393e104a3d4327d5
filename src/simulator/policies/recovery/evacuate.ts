import { detectMs } from './parameters'
import { lossOf, orCopies, type RecoveryPolicy } from './recovery-policy'

/** On a warning instances migrate away; what is still there when the device fails starts again elsewhere. */
export const evacuate: RecoveryPolicy = {
  name: 'evacuate',
  summary: 'On a warning instances migrate away; what is still there at the failure starts again elsewhere.',
  parameters: [detectMs],
  beginsAgain: true,
  decide(view) {
    const { device, holds, inSeconds, pinned } = view
    if (inSeconds === 0) return orCopies(view, { action: 'restart', reason: lossOf(view) })
    if (pinned) return { action: 'leave', reason: 'pinned' }
    if (holds === 'memory') return { action: 'leave', reason: 'slabs cannot be moved' }
    if (holds === 'pages') return { action: 'leave', reason: 'its pages are on their way' }
    return { action: 'move', reason: `${device} fails in ${inSeconds} s` }
  },
}
