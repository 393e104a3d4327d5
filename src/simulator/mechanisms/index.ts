import type { Mechanism } from './migration-state'
import { preCopy } from './pre-copy'
import { stopAndCopy } from './stop-and-copy'

export const mechanisms: readonly Mechanism[] = [preCopy, stopAndCopy]
