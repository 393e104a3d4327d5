import { PS_PER_SECOND } from '../units/time'
import type { DecisionOutcome, DecisionRow } from './result'

/** Single offloads are many: at most so many are kept, evenly over all there were; the summary counts all. */
const MOST_OFFLOADS = 2000

/** A decision as it is made; what is left out is "not applicable". */
export type NewDecision = Pick<DecisionRow, 'kind' | 'subject' | 'to' | 'policy' | 'reason'> &
  Partial<Omit<DecisionRow, 'id' | 'outcome'>>

interface SavedDecisions {
  readonly rows: readonly DecisionRow[]
  readonly count: number
  readonly offloads: number
  readonly stride: number
}

/** The decisions of a run, in order of time. */
export class Decisions {
  rows: DecisionRow[] = []
  /** Decisions so far, the number of the next. */
  private count = 0
  /** Offloads so far, and which of them are kept: the first and every `stride`-th after it. */
  private offloads = 0
  private stride = 1

  /** Returns the number by which its outcome is told; -1 where it is not kept. */
  add(timePs: number, decision: NewDecision): number {
    if (decision.kind === 'offload' && !this.keepsOffload()) return -1
    return this.keep(timePs, decision)
  }

  /** Keeps a decision: an offload for which `keepsOffload` said so, or any other. */
  keep(timePs: number, decision: NewDecision): number {
    const id = this.count
    this.count += 1
    this.rows.push({
      from: '',
      mechanism: '',
      estimateUs: NaN,
      saw: [],
      candidates: [],
      migration: -1,
      ...decision,
      timePs,
      timeS: timePs / PS_PER_SECOND,
      id,
      outcome: null,
    })
    return id
  }

  /** What came of a decision; one that is not kept any more is passed over. */
  settle(id: number, outcome: DecisionOutcome): void {
    const at = this.indexOf(id)
    if (at >= 0) this.rows[at] = { ...this.rows[at], outcome }
  }

  /** Rows stand in order of their numbers. */
  private indexOf(id: number): number {
    let low = 0
    let high = this.rows.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.rows[middle].id < id) low = middle + 1
      else high = middle
    }
    return low < this.rows.length && this.rows[low].id === id ? low : -1
  }

  /** An offload is decided: whether it is kept. One that is not is only counted. */
  keepsOffload(): boolean {
    const index = this.offloads
    this.offloads += 1
    if (index === MOST_OFFLOADS * this.stride) this.thin()
    const keeps = index % this.stride === 0
    if (!keeps) this.count += 1
    return keeps
  }

  /** Every second offload goes. */
  private thin(): void {
    let offload = 0
    this.rows = this.rows.filter((row) => row.kind !== 'offload' || offload++ % 2 === 0)
    this.stride *= 2
  }

  save(): SavedDecisions {
    return { rows: this.rows.slice(), count: this.count, offloads: this.offloads, stride: this.stride }
  }

  restore(saved: SavedDecisions): void {
    this.rows = saved.rows.slice()
    this.count = saved.count
    this.offloads = saved.offloads
    this.stride = saved.stride
  }
}
