import { never } from './never'
import type { OffloadPolicy } from './offload-policy'
import { staticMap } from './static'

export const offloadPolicies: readonly OffloadPolicy[] = [never, staticMap]
