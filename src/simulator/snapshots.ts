import type { Saved } from './engine/plain-state'

interface Snapshot {
  readonly timePs: number
  readonly state: Saved
}

/** So many are kept; then every second one goes and the spacing doubles. */
const MOST = 40

/** Saved states of a run in order of time, evenly thinned so that memory stays bounded however long the run is. */
export class Snapshots {
  private list: Snapshot[] = []
  private spacing: number
  private due = 0

  /** @param firstSpacing events between two snapshots at first */
  constructor(firstSpacing: number) {
    this.spacing = firstSpacing
  }

  /** Whether one is due after so many events. */
  isDue(events: number): boolean {
    return events >= this.due
  }

  add(timePs: number, events: number, state: Saved): void {
    this.list.push({ timePs, state })
    if (this.list.length > MOST) {
      this.list = this.list.filter((_, i) => i % 2 === 0)
      this.spacing *= 2
    }
    this.due = events + this.spacing
  }

  /** The last state at or before a time. */
  before(timePs: number): Snapshot | null {
    let found: Snapshot | null = null
    for (const snapshot of this.list) if (snapshot.timePs <= timePs) found = snapshot
    return found
  }
}
