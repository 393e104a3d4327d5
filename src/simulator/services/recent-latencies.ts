import { capture, reinstate, type Saved } from '../engine/plain-state'
import { PS_PER_US } from '../../units/time'

/** So many of an instance's last latencies are kept. */
const KEPT = 128

/** Latencies of the last requests of each instance since somebody looked last: bounded, whatever the load. */
export class RecentLatencies {
  /** `KEPT` an instance, overwritten in turn; ps. */
  latencies: Float64Array
  /** Since the last look. */
  counts: Int32Array

  constructor(instances: number) {
    this.latencies = new Float64Array(instances * KEPT)
    this.counts = new Int32Array(instances)
  }

  note(instance: number, latency: number): void {
    this.latencies[instance * KEPT + (this.counts[instance] % KEPT)] = latency
    this.counts[instance] += 1
  }

  /** Ascending, µs. */
  of(instance: number): number[] {
    const first = instance * KEPT
    const kept = this.latencies.slice(first, first + Math.min(KEPT, this.counts[instance]))
    return Array.from(kept.sort(), (ps) => ps / PS_PER_US)
  }

  /** What was seen is forgotten. */
  clear(): void {
    this.counts.fill(0)
  }

  save(): Saved {
    return capture(this, ['latencies', 'counts'])
  }

  restore(saved: Saved): void {
    reinstate(this, ['latencies', 'counts'], saved)
  }
}
