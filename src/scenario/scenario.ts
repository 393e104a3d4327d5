/**
 * The scenario, version 1: one JSON document that holds everything a run depends on.
 *
 * `Scenario` is the document with every default filled in and every reference checked: what the simulator takes.
 * `ScenarioDocument` is the document as somebody wrote it: the same names, most of them optional.
 */

export type DeviceKind = 'cpu' | 'memory' | 'gpu' | 'nic'
export type NodeKind = DeviceKind | 'switch'
export type Protocol = 'cxl' | 'rdma' | 'ethernet' | 'pcie' | 'nvlink' | 'ideal'
export type Access = 'loadstore' | 'paging'
export type Fidelity = 'line' | 'burst' | 'fluid'

/** A random quantity; its unit is that of the field it stands in. */
export type Distribution =
  | { readonly dist: 'constant'; readonly value: number }
  | { readonly dist: 'uniform'; readonly min: number; readonly max: number }
  | { readonly dist: 'exponential'; readonly mean: number }
  | { readonly dist: 'erlang'; readonly k: number; readonly mean: number }
  | { readonly dist: 'hyperexponential'; readonly probabilities: readonly number[]; readonly means: readonly number[] }
  | { readonly dist: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly dist: 'gamma'; readonly mean: number; readonly cv: number }
  | { readonly dist: 'pareto'; readonly shape: number; readonly min: number; readonly max: number }
  | { readonly dist: 'empirical'; readonly values: readonly number[]; readonly weights?: readonly number[] }

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
export interface DeviceRef {
  readonly node: string
  readonly device: number
}

export interface ComputeStep {
  readonly do: 'compute'
  /** Exactly one of `instructions` and `timeNs` is there. */
  readonly instructions?: Distribution
  readonly timeNs?: Distribution
  readonly missesPerKiloInstruction: number
  readonly dirtyRatio: number
  readonly inputBytes: number
  readonly outputBytes: number
  /** What an engine that does it would be for, and the bytes that such an engine would work off. */
  readonly work?: NicEngine['work']
  readonly workBytes?: number
  /** Device kinds that this step may be offloaded to. */
  readonly offload: readonly DeviceKind[]
}
export interface MemoryStep {
  readonly do: 'memory'
  readonly access: 'read' | 'write'
  readonly bytes: number
}
export interface KernelStep {
  readonly do: 'kernel'
  readonly flops: number
  readonly bytes: number
  readonly inputBytes: number
  readonly outputBytes: number
  /** Of `bytes`, those that a batch touches once, such as weights. */
  readonly sharedBytes: number
  /** Kernels of this step that a device runs with one launch, at most. */
  readonly batchSize: number
  /** How long the first of a batch waits for others. */
  readonly batchWindowUs: number
  /** How often it runs in a row, with its input sent before the first and its output after the last. */
  readonly repeat: number | Distribution
  readonly offload: readonly DeviceKind[]
}
/** How somebody who asks goes about it when the answer fails or is late. */
export interface Attempts {
  /** Of one attempt; null: waits for ever. */
  readonly timeoutUs: number | null
  /** Further attempts after one has failed. */
  readonly retries: number
  /** Wait before the first of them; it doubles with each. */
  readonly backoffUs: number
  /** Further attempts per first one, on average; null: no limit. */
  readonly retryBudget: number | null
  /** A second attempt beside the first when that is slow; null: none. */
  readonly hedgeAfterUs: number | null
}
export interface CallStep {
  readonly do: 'call'
  readonly to: string
  readonly requestBytes: number
  readonly responseBytes: number
  /** Left out: it is asked but once, and waits for ever. */
  readonly attempts?: Attempts
}
export interface SendStep {
  readonly do: 'send'
  readonly to: string
  readonly requestBytes: number
}
export interface ParallelStep {
  readonly do: 'parallel'
  readonly branches: readonly (readonly Step[])[]
}
export interface ChooseOption {
  readonly probability: number
  readonly steps: readonly Step[]
}
export interface ChooseStep {
  readonly do: 'choose'
  readonly options: readonly ChooseOption[]
}
export interface DelayStep {
  readonly do: 'delay'
  readonly timeNs: Distribution
}
export type Step = ComputeStep | MemoryStep | KernelStep | CallStep | SendStep | ParallelStep | ChooseStep | DelayStep

export interface Operation {
  readonly id: string
  readonly label?: string
  /** Name of its random stream; `service.operation` unless given. */
  readonly stream: string
  readonly steps: readonly Step[]
}

export type CacheUse =
  /** Misses change by `(cache / atMiB)^-exponent`, at most by `mostFactor`; `workingSetMiB` null: any cache is of use. */
  | {
      readonly model: 'power'
      readonly atMiB: number
      readonly exponent: number
      readonly mostFactor: number
      readonly workingSetMiB: number | null
    }
  /** Points (MiB of cache, multiplier of misses), MiB rising, multipliers not; straight lines between, level outside. */
  | { readonly model: 'curve'; readonly points: readonly (readonly [number, number])[] }

export type Locality =
  | { readonly model: 'uniform' }
  | { readonly model: 'zipf'; readonly exponent: number }
  /** Points (local share, hit ratio), both 0..1, shares rising; straight lines between. */
  | { readonly model: 'curve'; readonly points: readonly (readonly [number, number])[] }

export interface FootprintPhase {
  readonly atSeconds: number
  readonly footprintMiB: number
}

export interface Service {
  readonly id: string
  readonly label?: string
  readonly replicas: number
  /** Bounds for policies that scale; left out: `replicas`. 0: none while there is nothing to do. */
  readonly minReplicas?: number
  readonly maxReplicas?: number
  /** How long an instance that starts while the run goes on takes until it is of use; left out: 0. */
  readonly coldStartMs?: number
  /** Requests that one instance holds at once; null: unlimited. */
  readonly threads: number | null
  /** Requests that may wait beyond `threads`; null: unlimited. */
  readonly queueLimit: number | null
  /** Turns away what comes while the first in line has waited for longer; left out: never. */
  readonly shedAfterMs?: number
  readonly dispatch: 'shared' | 'round-robin' | 'bound'
  readonly runsOn: readonly DeviceKind[]
  /** Initial device; policies never move such an instance. `device` null: any device of the node. */
  readonly on: { readonly node: string; readonly device: number | null } | null
  readonly footprintMiB: number
  /** What a migration copies; null: the instance's local bytes. */
  readonly stateMiB: number | null
  readonly dirtyMiBps: number
  /** Upper bound of what can be dirty; null: the whole state. */
  readonly writableMiB: number | null
  readonly contextKiB: number
  readonly localShare: number
  readonly locality: Locality
  /** What a device must hold before an offloaded step runs there, once for the service and once for each instance; left out: 0. */
  readonly codeMiB?: number
  readonly offloadStateMiB?: number
  /** What an instance needs from some times on in place of `footprintMiB`; its local part stays. Left out: always the same. */
  readonly footprintPhases?: readonly FootprintPhase[]
  /** How its misses depend on last-level cache; left out: they do not, and it takes no share of caches. */
  readonly cache?: CacheUse
  readonly operations: readonly Operation[]
}

export type Arrivals =
  | { readonly process: 'constant'; readonly ratePerSecond: number }
  | { readonly process: 'poisson'; readonly ratePerSecond: number }
  | {
      readonly process: 'mmpp'
      readonly states: readonly { readonly ratePerSecond: number; readonly meanSeconds: number }[]
    }
  | { readonly process: 'trace'; readonly timesSeconds: readonly number[] }
  | { readonly process: 'rates'; readonly bucketSeconds: number; readonly ratesPerSecond: readonly number[] }
  | { readonly process: 'closed'; readonly users: number; readonly thinkTimeNs: Distribution }

export interface Source {
  readonly id: string
  readonly label?: string
  /** `service.operation`. */
  readonly entry: string
  /** NIC pool; null: no NIC, no network, no RPC charge. */
  readonly via: string | null
  readonly requestBytes: number
  readonly responseBytes: number
  /** Name of its random stream; its id unless given. */
  readonly stream: string
  /** Left out: it is asked but once, and waits for ever. */
  readonly attempts?: Attempts
  readonly arrivals: Arrivals
}

/** A policy's name and its parameters beside it. */
export interface PolicyUse {
  readonly use: string
  readonly [parameter: string]: PolicyValue
}
export type PolicyValue = string | number | boolean | null | readonly OffloadMapEntry[] | PolicyRecord
/** What somebody gives a rule of their own. */
export interface PolicyRecord {
  readonly [name: string]: Json
}
export interface OffloadMapEntry {
  readonly operation: string
  readonly step: number
  /** Of a step inside that step: branch or option, and step there, as `0/2`; deeper `0/2.1/0`. */
  readonly path?: string
  readonly to: string
}

export interface MigrateOrder {
  readonly atSeconds: number
  readonly do: 'migrate'
  readonly service: string
  readonly instance: number
  readonly to: DeviceRef
  readonly mechanism: string
}
/** All instances leave a device, and no policy moves others there from then on. */
export interface EvacuateOrder {
  readonly atSeconds: number
  readonly do: 'evacuate'
  readonly from: DeviceRef
  readonly mechanism: string
}
export type Order = MigrateOrder | EvacuateOrder

export type PolicyKind = 'placement' | 'loadBalancing' | 'memory' | 'offload' | 'migration' | 'scaling' | 'recovery'
export type Policies = { readonly [kind in PolicyKind]: PolicyUse } & { readonly orders: readonly Order[] }

/** What a fault strikes: a node or one of its devices; a link, of one device or of all, in one lane or in all (null). */
export type FaultTarget =
  | { readonly node: string; readonly device: number | null }
  | { readonly link: string; readonly device: number | null; readonly lane: number | null }

export interface Fault {
  readonly atSeconds: number
  readonly target: FaultTarget
  readonly effect: 'down' | 'slow'
  /** How many times slower; only with `slow`. */
  readonly factor: number
  /** null: for good. */
  readonly forSeconds: number | null
  /** At random, ever again: time to the next failure, from the start and from each repair, and time to repair. */
  readonly mtbfSeconds?: Distribution
  readonly mttrSeconds?: Distribution
  /** A device that goes down says so that long before; left out: it does not. */
  readonly warningSeconds?: number
}

export interface RunSettings {
  readonly seed: number
  readonly warmupSeconds: number
  readonly durationSeconds: number
  readonly replications: number
  readonly fidelity: Fidelity
  /** Over which the price of the rack is written off, for the cost of requests. */
  readonly amortizationYears: number
  readonly electricityUsdPerKwh: number
  /** Energy of the whole building over that of the rack. */
  readonly powerUsageEffectiveness: number
}

export interface Scenario {
  readonly format: 'unrack-scenario'
  readonly version: 1
  readonly name: string
  readonly description: string
  readonly topology: {
    readonly racks: readonly Rack[]
    readonly nodes: readonly TopologyNode[]
    readonly links: readonly Link[]
  }
  readonly application: {
    readonly rpc: { readonly cyclesPerMessage: number; readonly cyclesPerByte: number }
    readonly services: readonly Service[]
  }
  readonly workload: { readonly sources: readonly Source[] }
  readonly policies: Policies
  readonly faults: readonly Fault[]
  readonly run: RunSettings
}

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A scenario as somebody wrote it: JSON of the right outer shape, not yet checked. The editor edits this. */
export type ScenarioDocument = { readonly [key: string]: Json }
