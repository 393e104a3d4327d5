import type { Mechanism } from './migration-state'
import { postCopy } from './post-copy'
import { preCopy } from './pre-copy'
import { remap } from './remap'
import { stopAndCopy } from './stop-and-copy'

export const mechanisms: readonly Mechanism[] = [preCopy, stopAndCopy, postCopy, remap]
