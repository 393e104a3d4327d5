import { capture, reinstate, type Saved } from '../engine/plain-state'

/** What is older than one to two of these is forgotten, ps. */
const EPOCH = 1e10

/** The least of what was noted of places lately. */
export class RecentLeast {
  least: Float64Array
  /** The least of the epoch before; and the epoch that `least` is of. */
  before: Float64Array
  epoch: Float64Array

  constructor(places: number) {
    this.least = new Float64Array(places).fill(Infinity)
    this.before = new Float64Array(places).fill(Infinity)
    this.epoch = new Float64Array(places)
  }

  note(place: number, value: number, now: number): void {
    this.reach(place, now)
    if (value < this.least[place]) this.least[place] = value
  }

  /** Infinity where nothing was noted lately. */
  of(place: number, now: number): number {
    this.reach(place, now)
    return Math.min(this.least[place], this.before[place])
  }

  private reach(place: number, now: number): void {
    const behind = now - this.epoch[place]
    if (behind < EPOCH) return
    this.before[place] = behind < 2 * EPOCH ? this.least[place] : Infinity
    this.least[place] = Infinity
    this.epoch[place] = now - (now % EPOCH)
  }

  save(): Saved {
    return capture(this, ['least', 'before', 'epoch'])
  }

  restore(saved: Saved): void {
    reinstate(this, ['least', 'before', 'epoch'], saved)
  }
}
