import type { DeviceKind, Distribution } from './kinds'
import type { NicEngine } from './topology'

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
  /** How long a page of far memory stays popular, on average; left out: for ever. */
  readonly hotSetLifeMs?: number
  /** What an instance needs from some times on in place of `footprintMiB`; its local part stays. Left out: always the same. */
  readonly footprintPhases?: readonly FootprintPhase[]
  /** How its misses depend on last-level cache; left out: they do not, and it takes no share of caches. */
  readonly cache?: CacheUse
  readonly operations: readonly Operation[]
}
