import type { FieldInfo } from '../../../scenario/catalog'

/** A service as a scaling policy sees it. */
export interface ScalingService {
  readonly name: string
  /** Instances that take requests; that are on their way (cold start, or waiting for room). */
  readonly up: number
  readonly coming: number
  /** Bounds of both together. */
  readonly min: number
  readonly max: number
  /** Requests that one instance works on at once; Infinity: any number. */
  readonly threads: number
  /** Requests sent to its instances and not finished, and those that wait for an instance. */
  readonly requests: number
  /** Cores that its instances kept busy in the last control period. */
  readonly busyCores: number
  /** How long an instance takes to start, ms. */
  readonly coldStartMs: number
}

export interface ScalingView {
  readonly timeMs: number
  readonly periodMs: number
  readonly services: readonly ScalingService[]
}

interface Reasoned {
  readonly reason: string
  readonly saw: readonly { readonly name: string; readonly value: string }[]
}

/** How many instances a service is to have; the bounds are kept by whoever carries it out. */
export interface Resize extends Reasoned {
  /** Index into the view. */
  readonly service: number
  readonly replicas: number
}

/** What becomes of an instance that has nothing to do. */
export interface Keep extends Reasoned {
  /** It ends if nothing came for so long, ms; Infinity: it stays. */
  readonly keepMs: number
  /** After it has ended, one starts again so long after the last request, ms, and stays for `thenKeepMs`; Infinity: none. */
  readonly prewarmMs: number
  readonly thenKeepMs: number
}

/** A policy at work, with what it remembers. */
export interface ScalingWatch {
  /** Looks once per control period. */
  decide(view: ScalingView): readonly Resize[]
  /** Whether services may have no instance at all: then idle ones are asked for, and the first request starts one. */
  readonly toZero: boolean
  /** A service has nothing to do any more. */
  keep(service: ScalingService, index: number): Keep
  /** A request came after a service had nothing to do for so long. */
  cameAfter(index: number, idleMs: number): void
  /** What it remembers, as plain data. */
  save(): { readonly [key: string]: readonly number[] }
  restore(saved: { readonly [key: string]: readonly number[] }): void
}

/** Decides how many replicas a service has. */
export interface ScalingPolicy {
  readonly name: string
  readonly summary: string
  /** Its fields in a scenario, beside `use`. */
  readonly parameters: readonly FieldInfo[]
  /** null: it never looks. */
  watch(parameters: { readonly [name: string]: unknown }, services: number): ScalingWatch | null
}
