import type { Outcome } from '../simulator/outcome'
import { scenarioOf, type Parts } from './scenario-parts'
import { replicate } from './measuring'

/** Runs scenarios one by one and counts their events. */
export class Bench {
  events = 0

  /** @param replications more than one where chance matters */
  runs(parts: Parts, replications = 1): readonly Outcome[] {
    const sample = replicate(scenarioOf(parts), replications)
    this.events += sample.events
    return sample.outcomes
  }

  one(parts: Parts): Outcome {
    return this.runs(parts)[0]
  }

  /** The mean over replications of one figure. */
  average(parts: Parts, read: (outcome: Outcome) => number, replications: number): number {
    const values = this.runs(parts, replications).map(read)
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
}
