import type { FieldInfo } from '../../../scenario/catalog'

/** One place where a step could run; times in µs. */
export interface OffloadCandidate {
  /** `nic.0` */
  readonly target: string
  /** Index of the device; of its pool; `cpu`, `nic`, `memory` or `gpu`. */
  readonly device: number
  readonly pool: number
  readonly kind: string
  /** Whether the step's instance is there. */
  readonly isHome: boolean
  /** Cores, streams or engines there that can do the step; how many of them work; jobs that wait for one or are on their way. */
  readonly servers: number
  readonly busy: number
  readonly waiting: number
  /** Unloaded way of a small message from the instance, one way. */
  readonly distanceUs: number
  /** Whether it holds code and state already; else what sending them adds. */
  readonly holds: boolean
  readonly firstUseUs: number
  /** Input there and output back, with what waits in the ports now. */
  readonly transferUs: number
  /** Wait for a server, and the work itself, by the means. */
  readonly queueUs: number
  readonly runUs: number
  /** First use, transfers, wait and work together. */
  readonly estimateUs: number
}

export interface OffloadView {
  readonly timePs: number
  /** `kv.get#0`; its number among the steps that are decided while the run goes on. */
  readonly step: string
  readonly index: number
  /** Decisions on this step before this one. */
  readonly decisions: number
  /** The instance's own device first, where the step can run there; at least two. */
  readonly candidates: readonly OffloadCandidate[]
  /** A draw in [0, 1) that belongs to this execution of the step; `which` tells several apart. */
  uniform(which: number): number
}

export interface OffloadChoice {
  /** Index into the candidates. */
  readonly candidate: number
  readonly reason: string
  /** Given back to `learn`. */
  readonly memo?: number
}

/** A policy at work, with what it remembers. */
export interface OffloadChooser {
  /** Asked whenever a step begins that can run in more than one place. */
  choose(view: OffloadView): OffloadChoice
  /** A step that it decided on has ended: the memo of its choice, and how long it took. */
  learn?(memo: number, actualUs: number): void
  /** What it remembers, as plain data. */
  save(): { readonly [key: string]: readonly number[] | string }
  restore(saved: { readonly [key: string]: readonly number[] | string }): void
}

/** Decides where single steps run: before the run, or each time that one begins. */
export interface OffloadPolicy {
  readonly name: string
  readonly summary: string
  /** Its fields in a scenario, beside `use`. */
  readonly parameters: readonly FieldInfo[]
  /**
   * @param operation `svc.op`
   * @param path where the step stands: `/0`, within `parallel` and `choose` `/1.0/2` for step 2 of branch 0 of step 1
   * @returns id of the pool that the step always runs on; null: where its instance is, or where the chooser says
   */
  target(operation: string, path: string, parameters: { readonly [name: string]: unknown }): string | null
  /** Makes what decides while the run goes on; left out: nothing does. */
  chooser?(parameters: { readonly [name: string]: unknown }): OffloadChooser
}

/** A policy that remembers nothing. */
export function withoutMemory(choose: (view: OffloadView) => OffloadChoice): OffloadChooser {
  return { choose, save: () => ({}), restore: () => undefined }
}

/** Jobs ahead of a new one per server: waiting, and at work where all servers work. */
export function crowd({ servers, busy, waiting }: OffloadCandidate): number {
  return Math.max(0, busy + waiting - servers + 1) / Math.max(1, servers)
}

/** The candidate that would end first; ties to the one listed first, so to the instance's own device. -1: none may. */
export function quickest(
  candidates: readonly OffloadCandidate[],
  may: (candidate: OffloadCandidate) => boolean = () => true,
): number {
  let best = -1
  candidates.forEach((candidate, i) => {
    if (may(candidate) && (best < 0 || candidate.estimateUs < candidates[best].estimateUs)) best = i
  })
  return best
}

/** Of the places away from the instance the least crowded; ties to the nearest, then to the one listed first. */
export function roomiest(candidates: readonly OffloadCandidate[]): number {
  let best = -1
  candidates.forEach((candidate, i) => {
    if (candidate.isHome) return
    const other = best < 0 ? null : candidates[best]
    const less = other === null ? -1 : crowd(candidate) - crowd(other)
    if (other === null || less < 0 || (less === 0 && candidate.distanceUs < other.distanceUs)) best = i
  })
  return best
}

/** `4.25 us` */
export function us(value: number): string {
  return `${value.toFixed(2)} us`
}
