import type { Draw } from './draw'

/** A kernel step; its draw says how often it runs in a row. */
export interface KernelCode {
  readonly flops: number
  readonly bytes: number
  readonly inputBytes: number
  readonly outputBytes: number
  /** Of `bytes`, those that a batch touches once. */
  readonly sharedBytes: number
  /** Kernels that one launch takes at most, and how long the first of them waits for others. */
  readonly batchSize: number
  readonly batchWindowPs: number
  /** null: it runs once. */
  readonly runs: Draw | null
  /** Whether it runs on a core of the device that its instance is on. */
  readonly onCore: boolean
  /** Whether it could, were it not mapped elsewhere. */
  readonly mayBeOnCore: boolean
  /** GPU pools that it may run on. */
  readonly pools: Int32Array
  /** Pool that a static offload policy sends it to; -1: none. */
  readonly offloadTo: number
  /** Its number among the steps whose place is decided while the run goes on; -1: it is none of them. */
  readonly chooses: number
  /** Stream of `runs`, and its place in the operation. */
  readonly path: number
  /** `kv.get#0` */
  readonly name: string
}
