import type { FieldInfo } from '../../../scenario/catalog'

/** A memory device as a memory policy sees it. */
export interface MemoryCandidate {
  /** `mem.0` */
  readonly name: string
  readonly freeSlabs: number
  readonly slabBytes: number
}

/** Deals out far memory in slabs. */
export interface MemoryPolicy {
  readonly name: string
  readonly summary: string
  /** Its fields in a scenario, beside `use`. */
  readonly parameters: readonly FieldInfo[]
  /**
   * @param bytes wanted, more than 0
   * @param candidates reachable devices in order of the document
   * @returns slabs per candidate; null where they have not enough in all
   */
  allocate(bytes: number, candidates: readonly MemoryCandidate[]): readonly number[] | null
}
