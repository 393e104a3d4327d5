import { capture, reinstate, type Saved } from '../engine/plain-state'

/** How far back it looks, ps. */
const WINDOW = 1e9

/** The last millisecond, or all of the time so far where that is less, ps. */
export function lately(now: number): number {
  return Math.min(now, WINDOW)
}

/** For how much of the last millisecond places were busy: what was longer ago counts less and less. */
export class RecentUse {
  used: Float64Array
  at: Float64Array

  constructor(places: number) {
    this.used = new Float64Array(places)
    this.at = new Float64Array(places)
  }

  /** A place is busy for `ps` more at a time, which may lie ahead of the clock: parts of a train are counted together. */
  add(place: number, ps: number, now: number): void {
    this.used[place] = this.of(place, now) + ps
    if (now > this.at[place]) this.at[place] = now
  }

  /** How long a place was busy lately, ps. */
  of(place: number, now: number): number {
    const used = this.used[place]
    const age = now - this.at[place]
    return used === 0 || age <= 0 ? used : used * Math.max(0, 1 - age / WINDOW)
  }

  /** Whether a place was busy for longer than that lately. What is left is only reckoned where that may be. */
  isOver(place: number, ps: number, now: number): boolean {
    return this.used[place] > ps && this.of(place, now) > ps
  }

  save(): Saved {
    return capture(this, ['used', 'at'])
  }

  restore(saved: Saved): void {
    reinstate(this, ['used', 'at'], saved)
  }
}
