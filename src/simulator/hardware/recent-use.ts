import { capture, reinstate, type Saved } from '../engine/plain-state'

/** How far back it looks, ps. */
const WINDOW = 1e9

/** For how much of the last millisecond places were busy: what was longer ago counts less and less. */
export class RecentUse {
  used: Float64Array
  at: Float64Array

  constructor(places: number) {
    this.used = new Float64Array(places)
    this.at = new Float64Array(places)
  }

  /** A place is busy for `ps` more; calls of a place come in order of time. */
  add(place: number, ps: number, now: number): void {
    this.used[place] = this.left(place, now) + ps
    this.at[place] = now
  }

  /** Whether a place was busy for more than a share of that time, or of the time so far where that is less. */
  isOver(place: number, share: number, now: number): boolean {
    return this.used[place] > 0 && this.left(place, now) > share * Math.min(now, WINDOW)
  }

  private left(place: number, now: number): number {
    return this.used[place] * Math.max(0, 1 - (now - this.at[place]) / WINDOW)
  }

  save(): Saved {
    return capture(this, ['used', 'at'])
  }

  restore(saved: Saved): void {
    reinstate(this, ['used', 'at'], saved)
  }
}
