import { detectMs } from './parameters'
import { lossOf, orCopies, type RecoveryPolicy } from './recovery-policy'

/** What was on a failed device starts again elsewhere. */
export const restart: RecoveryPolicy = {
  name: 'restart',
  summary: 'What was on a failed device starts again elsewhere.',
  parameters: [detectMs],
  beginsAgain: true,
  decide: (view) =>
    view.inSeconds > 0
      ? { action: 'leave', reason: `${view.device} still works` }
      : orCopies(view, { action: 'restart', reason: lossOf(view) }),
}
