import { rpc } from './parameters'
import { crowd, roomiest, withoutMemory, type OffloadPolicy } from './offload-policy'

/** Whatever may run elsewhere does. */
export const always: OffloadPolicy = {
  name: 'always',
  summary: 'Every step that may run elsewhere does, on the device with the fewest jobs per server.',
  parameters: [rpc],
  target: () => null,
  chooser: () =>
    withoutMemory(({ candidates }) => {
      const candidate = roomiest(candidates)
      return { candidate, reason: `always elsewhere: ${crowd(candidates[candidate]).toFixed(2)} jobs ahead per server` }
    }),
}
