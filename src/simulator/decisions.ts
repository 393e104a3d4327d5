import { PS_PER_SECOND } from '../units/time'
import type { DecisionRow } from './result'

/** Single offloads are many: at most so many are kept, evenly over all there were; the summary counts all. */
const MOST_OFFLOADS = 2000

/** A decision as it is made; what is left out is "not applicable". */
export type NewDecision = Pick<DecisionRow, 'kind' | 'subject' | 'to' | 'policy' | 'reason'> & Partial<DecisionRow>

interface SavedDecisions {
  readonly rows: readonly DecisionRow[]
  readonly offloads: number
  readonly stride: number
}

/** The decisions of a run, in order of time. */
export class Decisions {
  rows: DecisionRow[] = []
  /** Offloads so far, and which of them are kept: the first and every `stride`-th after it. */
  private offloads = 0
  private stride = 1

  add(timePs: number, decision: NewDecision): void {
    if (decision.kind === 'offload' && !this.keepsOffload()) return
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
    })
  }

  private keepsOffload(): boolean {
    const index = this.offloads
    this.offloads += 1
    if (index === MOST_OFFLOADS * this.stride) this.thin()
    return index % this.stride === 0
  }

  /** Every second offload goes. */
  private thin(): void {
    let offload = 0
    this.rows = this.rows.filter((row) => row.kind !== 'offload' || offload++ % 2 === 0)
    this.stride *= 2
  }

  save(): SavedDecisions {
    return { rows: this.rows.slice(), offloads: this.offloads, stride: this.stride }
  }

  restore(saved: SavedDecisions): void {
    this.rows = saved.rows.slice()
    this.offloads = saved.offloads
    this.stride = saved.stride
  }
}
