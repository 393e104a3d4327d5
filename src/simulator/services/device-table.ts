/** Devices and switches: names, and what the services need to know of them. */
export interface DeviceTable {
  /** `cpu.0`, `tor` */
  readonly names: readonly string[]
  readonly kinds: readonly string[]
  /** Node of each device. */
  readonly node: Int32Array
  /** First device of each node, and one more at the end. */
  readonly nodeFirst: Int32Array
  /** Outstanding misses of a core. */
  readonly parallelism: Int32Array
  /** Core time of a page fault, ps. */
  readonly pageFaultPs: Float64Array
  /** Last-level cache, MiB; -1: none that is divided. */
  readonly llcMib: Float64Array
  /** Floating-point operations of one core per cycle. */
  readonly flopsPerCycle: Float64Array
}
