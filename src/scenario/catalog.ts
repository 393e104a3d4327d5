import type { DeviceKind, NodeKind, PolicyKind, Protocol, Access, Json } from './scenario'

/**
 * What exists, as plain data: hardware fields, presets, protocols, policies and their parameters.
 * Forms, help, checks and documents are made from it; it crosses to the page once.
 */

/** One numeric (or choice) field of a form. */
export interface FieldInfo {
  readonly name: string
  /** Words for the form, e.g. "Local memory". */
  readonly label: string
  /** As on screen, e.g. "GiB"; "" when it counts things. */
  readonly unit: string
  readonly type: 'number' | 'integer' | 'choice' | 'boolean' | 'text' | 'code' | 'list' | 'object'
  readonly default: Json
  /** Least allowed value; `exclusiveMinimum` when the bound itself is refused. */
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  /** Whether null is allowed, and what it means. */
  readonly nullMeans?: string
  readonly choices?: readonly string[]
  /** One sentence. */
  readonly summary: string
  /** Where the default comes from; `assumed` where nobody published it. */
  readonly source?: string
  /** Set where another value than the default is refused with "not supported yet: …". */
  readonly unsupported?: boolean
  /** Choices of the format that are refused with "not supported yet: …". */
  readonly notYet?: readonly string[]
}

export interface PresetInfo {
  readonly name: string
  readonly label: string
  readonly summary: string
  /** Field values that differ from the kind's plain preset. */
  readonly values: { readonly [field: string]: Json }
  /** All that backs its figures, in one text. */
  readonly source: string
  /** Which source gives which of its values. */
  readonly cited: readonly Citation[]
  /** Fields whose value is an assumption, not a published figure. Every value is either cited or assumed. */
  readonly assumed: readonly string[]
}

export interface Citation {
  readonly source: string
  readonly fields: readonly string[]
}

/** A kind of hardware before its presets. */
export type HardwareFields = Omit<HardwareInfo, 'presets'>

export interface HardwareInfo {
  readonly kind: NodeKind | 'link'
  readonly label: string
  readonly fields: readonly FieldInfo[]
  readonly presets: readonly PresetInfo[]
}

export interface ProtocolInfo {
  readonly name: Protocol
  readonly payloadBytes: number | null
  readonly headerBytes: number
  readonly lossless: boolean
  readonly access: Access
  /** What a link of this protocol has unless it says otherwise; null: unlimited. */
  readonly bandwidthGbps: number | null
  readonly propagationNs: number
  readonly source: string
}

export interface PolicyInfo {
  readonly kind: PolicyKind | 'mechanism'
  readonly name: string
  readonly summary: string
  readonly parameters: readonly FieldInfo[]
}

export interface Catalog {
  readonly formatVersion: 1
  readonly engineVersion: string
  readonly hardware: { readonly [kind in NodeKind | 'link']: HardwareInfo }
  readonly protocols: readonly ProtocolInfo[]
  /** Policies that can be used, per kind, the default first; and the migration mechanisms. */
  readonly policies: { readonly [kind in PolicyKind | 'mechanism']: readonly PolicyInfo[] }
  /** Policies and mechanisms of the format that this version does not simulate yet. */
  readonly notYet: { readonly [kind in PolicyKind | 'mechanism']: readonly string[] }
  /** Kinds of devices that can run service instances today. */
  readonly runsOn: readonly DeviceKind[]
}
