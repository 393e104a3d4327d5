import type { FieldInfo } from '../../../scenario/catalog'

/** A device that runs instances, as a migration policy sees it at a control tick. */
export interface MigrationDevice {
  /** `cpu.0` */
  readonly name: string
  /** Busy core time over cores, in the last control period. */
  readonly utilization: number
  readonly cores: number
}

export interface MigrationInstance {
  /** `kv.1` */
  readonly name: string
  /** Index of its device. */
  readonly device: number
  /** Cores that it kept busy in the last control period. */
  readonly load: number
  /** Not pinned, not moving, not stopped. */
  readonly movable: boolean
  /** Devices that may run it and have the memory, its own left out. */
  readonly targets: readonly number[]
  /** How long moving it would take, µs. */
  readonly estimateUs: number
}

export interface MigrationView {
  readonly timePs: number
  readonly periodMs: number
  readonly devices: readonly MigrationDevice[]
  readonly instances: readonly MigrationInstance[]
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

/** A policy at work, with what it remembers. */
export interface MigrationWatch {
  /** Looks once per control period. */
  decide(view: MigrationView): readonly Move[]
  /** What it remembers, as plain data. */
  save(): { readonly [key: string]: readonly number[] | string }
  restore(saved: { readonly [key: string]: readonly number[] | string }): void
}

/** Decides which instances move where. */
export interface MigrationPolicy {
  readonly name: string
  readonly summary: string
  /** Its fields in a scenario, beside `use`. */
  readonly parameters: readonly FieldInfo[]
  /** null: it never looks. */
  watch(parameters: { readonly [name: string]: unknown }): MigrationWatch | null
}
