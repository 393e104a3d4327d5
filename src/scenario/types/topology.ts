import type { Access, Protocol } from './kinds'

export interface CpuSpec {
  readonly preset?: string
  readonly cores: number
  readonly frequencyGHz: number
  readonly baseCpi: number
  readonly speed: number
  /** Floating-point operations of one core per cycle, for kernels. */
  readonly flopsPerCycle: number
  readonly llcMiB: number
  readonly memoryParallelism: number
  readonly localMemoryGiB: number
  readonly localLatencyNs: number
  readonly localBandwidthGBps: number
  readonly loadedLatencyNs: number
  readonly loadedLatencyPole: number
  readonly quantumUs: number | null
  readonly contextSwitchNs: number
  readonly pageFaultNs: number
  /** With nothing on it; null: it stays awake. */
  readonly sleepWatts: number | null
  /** From asleep to in use. */
  readonly wakeMs: number
  readonly idleWatts: number
  readonly busyWatts: number
  readonly costUsd: number
}

export interface MemorySpec {
  readonly preset?: string
  readonly capacityGiB: number
  readonly channels: number
  readonly banksPerChannel: number
  readonly channelBandwidthGBps: number
  readonly rowHitNs: number
  readonly rowMissNs: number
  readonly rowConflictNs: number
  readonly rowHitRatio: number
  readonly controllerNs: number
  readonly turnaroundNs: number
  readonly loadedLatencyNs: number
  readonly loadedLatencyPole: number
  readonly slabMiB: number
  /** Near-memory cores; the next five say what they are. */
  readonly cores: number
  readonly frequencyGHz: number
  readonly baseCpi: number
  readonly speed: number
  readonly memoryParallelism: number
  readonly nearLatencyNs: number
  readonly idleWatts: number
  readonly busyWatts: number
  readonly costUsd: number
}

export interface GpuSpec {
  readonly preset?: string
  readonly peakTflops: number
  readonly memoryGiB: number
  readonly memoryBandwidthGBps: number
  readonly launchUs: number
  readonly streams: number
  readonly idleWatts: number
  readonly busyWatts: number
  readonly costUsd: number
}

export interface NicEngine {
  readonly work: 'serialization' | 'compression' | 'crypto'
  readonly bandwidthGBps: number
}

export interface NicSpec {
  readonly preset?: string
  readonly messageNs: number
  readonly messagesPerSecond: number
  readonly cores: number
  readonly frequencyGHz: number
  readonly baseCpi: number
  /** How fast `timeNs` work runs on its cores, against the reference core. */
  readonly speed: number
  readonly flopsPerCycle: number
  readonly memoryParallelism: number
  readonly memoryGiB: number
  /** Of its own memory, as seen from its cores. */
  readonly localLatencyNs: number
  readonly localBandwidthGBps: number
  readonly pageFaultNs: number
  readonly engines: readonly NicEngine[]
  readonly idleWatts: number
  readonly busyWatts: number
  readonly costUsd: number
}

export interface SwitchSpec {
  readonly preset?: string
  readonly latencyNs: number
  /** Per output port. */
  readonly bufferKiB: number
  readonly forwarding: 'store-and-forward' | 'cut-through'
  readonly idleWatts: number
  readonly busyWatts: number
  readonly costUsd: number
}

interface NodeBase {
  readonly id: string
  readonly label?: string
  readonly rack?: string
  readonly at?: { readonly x: number; readonly y: number }
}
export interface CpuNode extends NodeBase {
  readonly kind: 'cpu'
  readonly count: number
  readonly spec: CpuSpec
}
export interface MemoryNode extends NodeBase {
  readonly kind: 'memory'
  readonly count: number
  readonly spec: MemorySpec
}
export interface GpuNode extends NodeBase {
  readonly kind: 'gpu'
  readonly count: number
  readonly spec: GpuSpec
}
export interface NicNode extends NodeBase {
  readonly kind: 'nic'
  readonly count: number
  readonly spec: NicSpec
}
/** A switch; `count` is always 1. */
export interface SwitchNode extends NodeBase {
  readonly kind: 'switch'
  readonly count: number
  readonly spec: SwitchSpec
}
export type TopologyNode = CpuNode | MemoryNode | GpuNode | NicNode | SwitchNode

export interface Link {
  readonly id: string
  readonly label?: string
  readonly preset?: string
  readonly from: string
  readonly to: string
  readonly protocol: Protocol
  /** Per lane and direction; null: unlimited (only `ideal`). */
  readonly bandwidthGbps: number | null
  readonly propagationNs: number
  readonly lanes: number
  /** null: unlimited. */
  readonly payloadBytes: number | null
  readonly headerBytes: number
  readonly lossless: boolean
  readonly access: Access
  /** How long a sender waits before it sends again what was lost here. */
  readonly retransmitUs: number
}

export interface Rack {
  readonly id: string
  readonly label?: string
}
