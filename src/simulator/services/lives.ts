import { capture, reinstate, type Plain, type Saved } from '../engine/plain-state'
import { TimeWeighted } from '../statistics/time-weighted'

/** How many instances of each service take requests, and how many have started while the run went on. */
export class Lives {
  readonly up: TimeWeighted
  starts: Float64Array

  constructor(services: number) {
    this.up = new TimeWeighted(services)
    this.starts = new Float64Array(services)
  }

  save(): Saved {
    return { up: this.up.save(), ...capture(this as unknown as Record<string, Plain>, ['starts']) }
  }

  restore(saved: Saved): void {
    this.up.restore(saved['up'] as Float64Array)
    reinstate(this as unknown as Record<string, Plain>, ['starts'], saved)
  }
}
