import type { Mix } from './far-mixes'
import type { IdleTrips } from './idle-trips'

/** Which memory devices have the lines of a window that goes by itself, where these are not equally far. */
export class DealtLines {
  private readonly counts: Int32Array
  private last = 0
  private isOn = false

  constructor(devices: number) {
    this.counts = new Int32Array(devices)
  }

  begin(isUnlike: boolean): void {
    this.isOn = isUnlike
    if (isUnlike) this.counts.fill(0)
  }

  end(): void {
    this.isOn = false
  }

  /** The next line is for the device at a place of the mix. */
  note(place: number): void {
    if (!this.isOn) return
    this.counts[place] += 1
    this.last = place
  }

  /** What the lines noted take on an idle rack, there and back, ps. */
  idlePs(trips: IdleTrips, mix: Mix, device: number, isWrite: boolean): number {
    return trips.dealt(mix, device, this.counts, this.last, isWrite)
  }
}
