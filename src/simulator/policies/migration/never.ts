import { moving } from './parameters'
import type { MigrationPolicy } from './migration-policy'

/** Only orders move instances. */
export const never: MigrationPolicy = {
  name: 'never',
  summary: 'No instance moves, except by order.',
  parameters: moving,
  watch: () => null,
}
