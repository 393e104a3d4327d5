import type { DecisionOutcome, Expectation } from './result'

/** The outcome of a decision that is not compared with others in hindsight; the first quantity is the main one. */
export function outcomeWithout(timePs: number, end: string, against: readonly Expectation[]): DecisionOutcome {
  return { timePs, end, actualUs: against[0]?.actualUs ?? NaN, best: '', bestUs: NaN, regretUs: NaN, against }
}
