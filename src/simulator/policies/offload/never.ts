import { rpc } from './parameters'
import type { OffloadPolicy } from './offload-policy'

/** Every step runs where its instance is. */
export const never: OffloadPolicy = {
  name: 'never',
  summary: 'Every step runs where its instance is.',
  parameters: [rpc],
  target: () => null,
}
