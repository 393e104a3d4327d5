import { firstFit } from './first-fit'
import type { MemoryPolicy } from './memory-policy'
import { spread } from './spread'

export const memoryPolicies: readonly MemoryPolicy[] = [firstFit, spread]
