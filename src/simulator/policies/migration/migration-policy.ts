import type { FieldInfo } from '../../../scenario/catalog'

/** A device that runs instances, as a migration policy sees it at a control tick. */
export interface MigrationDevice {
  /** `cpu.0` */
  readonly name: string
  /** `cpu`, `nic`, `memory`, `gpu` */
  readonly kind: string
  /** Busy core time over cores, in the last control period; of a GPU stream time over streams. */
  readonly utilization: number
  /** Cores; of a GPU its streams. */
  readonly cores: number
  /** Jobs that wait for a core now; of a GPU kernels that do not run yet. */
  readonly queue: number
  /** Local memory (of a GPU its own), and what of it nobody holds; bytes. */
  readonly memoryBytes: number
  readonly freeBytes: number
  /** How many times slower than usual it works. */
  readonly slow: number
  /** It was ordered to be emptied, or has warned that it will fail. */
  readonly leaving: boolean
}

/** A way to move an instance, and what it would take over an idle path. */
export interface MoveOption {
  /** Index of the device. */
  readonly target: number
  readonly mechanism: string
  readonly totalUs: number
  readonly downtimeUs: number
  /** Whether it is the mechanism that would be used to go there. */
  readonly used: boolean
}

export interface MigrationInstance {
  /** `kv.1` */
  readonly name: string
  /** Index of its device. */
  readonly device: number
  /** Cores, or streams of its GPU, that it kept busy in the last control period. */
  readonly load: number
  /** Not pinned, not moving, not stopped, and long enough where it is. */
  readonly movable: boolean
  /** Devices that may run it and have the memory, its own left out. */
  readonly targets: readonly number[]
  /** How long moving it would take, µs. */
  readonly estimateUs: number
  /** All its ways to move; worked out when asked for. */
  readonly options: readonly MoveOption[]
  /** Local memory that it holds, bytes. */
  readonly localBytes: number
  /** Requests on their way to it, held by it, or waiting at it. */
  readonly requests: number
  /** Latencies of its last requests, at most 128 since the last look, ascending, µs; only for policies that ask for them. */
  readonly latenciesUs: readonly number[]
  /** Where it goes while it moves; else its device. */
  readonly goesTo: number
  /** With whom it has exchanged requests in the last control period; only for policies that ask for it. */
  readonly peers: readonly Peer[]
  /** Mean time in which a line of its remote memory could be read from a device, µs; 0: it has none; NaN: of device -1. */
  readUs(device: number): number
}

/** Requests between an instance and one other, either way. */
export interface Peer {
  /** Index of the other instance; -1: a client. */
  readonly instance: number
  /** The device where the client is; -1: the other is an instance. */
  readonly device: number
  readonly requests: number
}

export interface MigrationView {
  readonly timePs: number
  readonly periodMs: number
  readonly devices: readonly MigrationDevice[]
  readonly instances: readonly MigrationInstance[]
  /** Time of a message of 1 KiB and one back while nothing else is under way, µs; 0 where one of them is -1, not up. */
  roundTripUs(from: number, to: number): number
}

export interface MoveCandidate {
  readonly target: string
  readonly estimateUs: number
  readonly chosen: boolean
  readonly note: string
}

export interface Move {
  /** Indices into the view. */
  readonly instance: number
  readonly target: number
  readonly reason: string
  readonly saw: readonly { readonly name: string; readonly value: string }[]
  readonly candidates: readonly MoveCandidate[]
}

/** What a policy at work remembers, as plain data. */
export interface Memory {
  readonly [key: string]: readonly number[] | string
}

/** A policy at work, with what it remembers. */
export interface MigrationWatch {
  /** Looks once per control period. Moves come in order of their importance: the budget may not suffice for all. */
  decide(view: MigrationView): readonly Move[]
  /** What it remembers, as plain data. */
  save(): Memory
  restore(saved: Memory): void
}

/** Decides which instances move where. */
export interface MigrationPolicy {
  readonly name: string
  readonly summary: string
  /** Its fields in a scenario, beside `use`. */
  readonly parameters: readonly FieldInfo[]
  /** Whether it looks at the latencies of single instances. */
  readonly needsLatencies?: boolean
  /** Whether it looks at who talks with whom. */
  readonly needsPeers?: boolean
  /** null: it never looks. */
  watch(parameters: { readonly [name: string]: unknown }): MigrationWatch | null
}
