import type { Sampler } from '../engine/distributions'

/** A random quantity and its address: stream and place in the operation. */
export interface Draw {
  readonly sampler: Sampler
  readonly key: number
  readonly path: number
}
