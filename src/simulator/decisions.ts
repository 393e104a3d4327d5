import { PS_PER_SECOND } from '../units/time'
import type { DecisionRow } from './result'

/** Single offloads are many: so many are kept, the rest is counted. */
const MOST_OFFLOADS = 5000

/** A decision as it is made; what is left out is "not applicable". */
export type NewDecision = Pick<DecisionRow, 'kind' | 'subject' | 'to' | 'policy' | 'reason'> & Partial<DecisionRow>

/** All decisions of a run, in order of time. */
export class Decisions {
  rows: DecisionRow[] = []
  private offloads = 0

  add(timePs: number, decision: NewDecision): void {
    if (decision.kind === 'offload' && (this.offloads += 1) > MOST_OFFLOADS) return
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

  save(): { readonly rows: readonly DecisionRow[]; readonly offloads: number } {
    return { rows: this.rows.slice(), offloads: this.offloads }
  }

  restore(saved: { readonly rows: readonly DecisionRow[]; readonly offloads: number }): void {
    this.rows = saved.rows.slice()
    this.offloads = saved.offloads
  }
}
