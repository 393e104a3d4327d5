import { detectMs } from './parameters'
import { orCopies, type RecoveryPolicy } from './recovery-policy'

/** What was on a failed device stands still until the device is back. */
export const wait: RecoveryPolicy = {
  name: 'wait',
  summary: 'What was on a failed device stands still until it is back, and goes on where it stopped.',
  parameters: [detectMs],
  beginsAgain: false,
  decide: (view) =>
    view.inSeconds > 0
      ? { action: 'leave', reason: `${view.device} still works` }
      : orCopies(view, { action: 'wait', reason: `waits for ${view.device}` }),
}
