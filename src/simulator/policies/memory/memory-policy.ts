import type { FieldInfo } from '../../../scenario/catalog'

/** A memory device as a memory policy sees it. */
export interface MemoryCandidate {
  /** `mem.0` */
  readonly name: string
  readonly freeSlabs: number
  readonly slabBytes: number
  /** Read of a line (a page over a paging path) by the asking device on an idle rack, ns. */
  readonly latencyNs: number
  /** Of its channels or of its own wire, whichever is less. */
  readonly bandwidthGBps: number
}

export interface MemoryRequest {
  /** `kv.1` */
  readonly instance: string
  /** Device that it is on, `cpu.0`. */
  readonly from: string
  /** Wanted, more than 0. */
  readonly bytes: number
}

export interface MemoryChoice {
  /** Slabs per candidate. */
  readonly slabs: readonly number[]
  readonly reason: string
}

/** Deals out far memory in slabs. */
export interface MemoryPolicy {
  readonly name: string
  readonly summary: string
  /** Its fields in a scenario, beside `use`. */
  readonly parameters: readonly FieldInfo[]
  /**
   * @param candidates reachable devices in order of the document
   * @returns null where they have not enough in all
   */
  allocate(request: MemoryRequest, candidates: readonly MemoryCandidate[]): MemoryChoice | null
}

/** As much as fits from one candidate after another. Returns slabs per candidate, null if they have not enough. */
export function fillInOrder(
  bytes: number,
  candidates: readonly MemoryCandidate[],
  order: readonly number[],
): number[] | null {
  const slabs = candidates.map(() => 0)
  let left = bytes
  for (const i of order) {
    const { freeSlabs, slabBytes } = candidates[i]
    slabs[i] = Math.min(freeSlabs, Math.ceil(Math.max(0, left) / slabBytes))
    left -= slabs[i] * slabBytes
  }
  return left > 0 ? null : slabs
}

/** Slab by slab from the candidate of the highest rank. Returns slabs per candidate, null if they have not enough. */
export function slabBySlab(
  bytes: number,
  candidates: readonly MemoryCandidate[],
  rank: (candidate: MemoryCandidate, taken: number) => number,
): number[] | null {
  const slabs = candidates.map(() => 0)
  const ranks = candidates.map((candidate) => (candidate.freeSlabs > 0 ? rank(candidate, 0) : -Infinity))
  for (let left = bytes; left > 0;) {
    let best = -1
    for (let i = 0; i < ranks.length; i += 1) if (ranks[i] > (best < 0 ? -Infinity : ranks[best])) best = i
    if (best < 0) return null
    const candidate = candidates[best]
    slabs[best] += 1
    left -= candidate.slabBytes
    ranks[best] = slabs[best] < candidate.freeSlabs ? rank(candidate, slabs[best]) : -Infinity
  }
  return slabs
}

/** `mem.0 3, mem.1 1` */
export function dealt(slabs: readonly number[], candidates: readonly MemoryCandidate[]): string {
  return slabs.flatMap((count, i) => (count > 0 ? [`${candidates[i].name} ${count}`] : [])).join(', ')
}
