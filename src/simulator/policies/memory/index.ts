import { bestFit } from './best-fit'
import { firstFit } from './first-fit'
import { interleave } from './interleave'
import type { MemoryPolicy } from './memory-policy'
import { nearest } from './nearest'
import { spread } from './spread'

export const memoryPolicies: readonly MemoryPolicy[] = [firstFit, spread, bestFit, nearest, interleave]
