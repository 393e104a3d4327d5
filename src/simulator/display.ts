/**
 * What the page draws: segments of a window of simulated time, made by running that window again with the log on.
 * A segment says "this thing was here, in this phase, from start to end". The state at any instant t is the set of
 * segments with start <= t < end; a thing's place on a link is (t - start) / (end - start).
 */

export * as SegmentKind from './hardware/segment-kind'

/** Columns, one entry per segment, sorted by start. */
export interface Segments {
  readonly count: number
  /** ps */
  readonly start: Float64Array
  /** ps; Infinity while it had not ended at the window's end. */
  readonly end: Float64Array
  readonly kind: Uint8Array
  /** Root operation: index into `RunShape.operations`; -1: none. */
  readonly operation: Int16Array
  /** Root request number, the same in every run of one seed; -1: none. */
  readonly request: Float64Array
  readonly place: Int32Array
  readonly detail: Int32Array
}

/** One window of detail. */
export interface Detail {
  readonly startPs: number
  /** May be earlier than asked for, where the window held too much. */
  readonly endPs: number
  readonly segments: Segments
}

export interface DeviceInfo {
  /** `cpu.0`; a switch is `tor`. */
  readonly id: string
  /** Index into `scenario.topology.nodes`. */
  readonly node: number
  readonly device: number
  readonly kind: 'cpu' | 'memory' | 'gpu' | 'nic' | 'switch'
  /** Cores; of a GPU its streams. */
  readonly cores: number
}

/** One direction of one lane of one physical link. */
export interface ChannelInfo {
  /** Index into `scenario.topology.links`. */
  readonly link: number
  readonly lane: number
  /** Device indices (into `RunShape.devices`) of the two ends, in the direction of travel. */
  readonly from: number
  readonly to: number
}

export interface InstanceInfo {
  /** `kv.1` */
  readonly id: string
  readonly service: number
  readonly index: number
}

/** The names behind the indices; fixed for a run. */
export interface RunShape {
  readonly devices: readonly DeviceInfo[]
  readonly channels: readonly ChannelInfo[]
  readonly instances: readonly InstanceInfo[]
  /** `kv.get`, in order of the document. */
  readonly operations: readonly string[]
  readonly endPs: number
  readonly warmupPs: number
}

/** Where an instance lives from a moment on, and which slabs it leases. Complete for the whole run. */
export interface OccupancyChange {
  readonly timePs: number
  readonly instance: number
  /** Device; -1: nowhere (not placed). */
  readonly device: number
  /** Local bytes on its device. */
  readonly localBytes: number
  /** Leases in memory pools: device, first slab, how many slabs. */
  readonly leases: readonly { readonly device: number; readonly firstSlab: number; readonly slabs: number }[]
}
