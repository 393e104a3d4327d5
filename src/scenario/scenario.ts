/**
 * The scenario, version 1: one JSON document that holds everything a run depends on.
 *
 * `Scenario` is the document with every default filled in and every reference checked: what the simulator takes.
 * `ScenarioDocument` is the document as somebody wrote it: the same names, most of them optional.
 */

import type { Fidelity, Json } from './types/kinds'
import type { Link, Rack, TopologyNode } from './types/topology'
import type { Service } from './types/application'
import type { Source } from './types/workload'
import type { Policies } from './types/policies'
import type { Fault } from './types/faults'

export type * from './types/kinds'
export type * from './types/topology'
export type * from './types/application'
export type * from './types/workload'
export type * from './types/policies'
export type * from './types/faults'

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

/** A scenario as somebody wrote it: JSON of the right outer shape, not yet checked. The editor edits this. */
export type ScenarioDocument = { readonly [key: string]: Json }
