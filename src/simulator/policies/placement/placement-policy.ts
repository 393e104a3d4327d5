import type { FieldInfo } from '../../../scenario/catalog'

/** A device as a placement policy sees it. */
export interface PlacementCandidate {
  /** `cpu.0` */
  readonly name: string
  /** Instances on it already. */
  readonly instances: number
  /** Local memory left, bytes. */
  readonly freeBytes: number
}

export interface PlacementRequest {
  /** `kv.1` */
  readonly instance: string
  /** Local memory that it takes, bytes. */
  readonly localBytes: number
}

export interface PlacementChoice {
  /** Index of the candidate. */
  readonly candidate: number
  readonly reason: string
}

/** Picks a device for an instance among those of its kinds that have the memory for it, in order of the document. */
export interface PlacementPolicy {
  readonly name: string
  readonly summary: string
  /** Its fields in a scenario, beside `use`. */
  readonly parameters: readonly FieldInfo[]
  /** @param candidates one or more; all of them fit */
  choose(request: PlacementRequest, candidates: readonly PlacementCandidate[]): PlacementChoice
}
