import type { DeviceRef, Json } from './kinds'

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
