import type { Distribution } from './kinds'

/** What a fault strikes: a node or one of its devices; a link, of one device or of all, in one lane or in all (null). */
export type FaultTarget =
  | { readonly node: string; readonly device: number | null }
  | { readonly link: string; readonly device: number | null; readonly lane: number | null }

export interface Fault {
  readonly atSeconds: number
  readonly target: FaultTarget
  readonly effect: 'down' | 'slow'
  /** How many times slower; only with `slow`. */
  readonly factor: number
  /** null: for good. */
  readonly forSeconds: number | null
  /** At random, ever again: time to the next failure, from the start and from each repair, and time to repair. */
  readonly mtbfSeconds?: Distribution
  readonly mttrSeconds?: Distribution
  /** A device that goes down says so that long before; left out: it does not. */
  readonly warningSeconds?: number
}
