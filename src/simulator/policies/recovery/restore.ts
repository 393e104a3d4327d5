import { detectMs, writeBackMs } from './parameters'
import { lossOf, orCopies, type RecoveryPolicy } from './recovery-policy'

/** What was on a failed device goes on elsewhere with the memory that it has in pools. */
export const restore: RecoveryPolicy = {
  name: 'restore',
  summary:
    'Pools hold all memory of an instance; after a failure it starts elsewhere, and fetches what was local from there.',
  parameters: [detectMs, writeBackMs],
  beginsAgain: true,
  decide(view) {
    const { device, holds, inPools, inSeconds } = view
    if (inSeconds > 0) return { action: 'leave', reason: `${device} still works` }
    if (holds === 'instance' && inPools)
      return { action: 'restore', reason: `${device} has failed, its memory is in pools` }
    return orCopies(view, { action: 'restart', reason: lossOf(view) })
  },
}
