import type { FieldInfo } from '../../../scenario/catalog'

/** A device as a placement policy sees it; what is expected follows from the rates and means of the scenario. */
export interface PlacementCandidate {
  /** `cpu.0` */
  readonly name: string
  /** Instances on it already. */
  readonly instances: number
  /** Local memory left, and all there is, bytes. */
  readonly freeBytes: number
  readonly capacityBytes: number
  /** Cores, or streams of a GPU. */
  readonly cores: number
  /** Of them, those that what is there is expected to keep busy, and those that this instance would. */
  readonly load: number
  readonly addedLoad: number
  /** Instances of the same service on it, in its rack, and on devices joined to the same switches. */
  readonly sameOnDevice: number
  readonly sameInRack: number
  readonly sameAtSwitch: number
  /** Expected traffic times unloaded distance, bytes under way, with all that is placed, NICs and memory. */
  readonly bytesUnderWay: number
  /** What the instance adds there to the mean time of a request, µs, as far as the others are placed. */
  readonly estimateUs: number
}

/** Where an instance stands in a placement of all at least cost. */
export interface PlacementOptimum {
  /** Index of the candidate; -1: there are too many instances and devices to look for it, or none that fits. */
  readonly candidate: number
  /** Whether it is certain that none costs less; else it is the best found within the limit. */
  readonly isProven: boolean
  readonly nodes: number
  /** Cost of all that it places, µs per request; and what none can be below. */
  readonly costUs: number
  readonly boundUs: number
}

export interface PlacementRequest {
  /** `kv.1` */
  readonly instance: string
  /** Local memory that it takes, bytes. */
  readonly localBytes: number
  /** Index of the first candidate behind the device chosen last, in order of the document. */
  readonly next: number
  /** A random number above 0 and below 1, of this decision and nothing else; another for each index. */
  draw(index: number): number
  /** Of the instances that are to be placed now, this one's place in the best placement of all. */
  optimum(mostNodes: number): PlacementOptimum
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
  choose(
    request: PlacementRequest,
    candidates: readonly PlacementCandidate[],
    parameters: { readonly [name: string]: unknown },
  ): PlacementChoice
}
