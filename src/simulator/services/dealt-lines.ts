import type { Mix } from './far-mixes'
import type { FarWindows } from './far-windows'

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

  /** What the lines noted take on an idle rack, there and back, ps; see `IdleTrips`. */
  idlePs(windows: FarWindows, mix: Mix, device: number, isWrite: boolean): number {
    const { counts, last } = this
    let [longest, all] = [0, 0]
    for (let i = 0; i < mix.devices.length; i += 1) {
      all += counts[i]
      if (counts[i] > 0) longest = Math.max(longest, windows.idle(device, mix.devices[i], counts[i], isWrite))
    }
    return Math.max(longest, windows.idle(device, mix.devices[last], 1, isWrite) + (all - 1) * mix.sharedGap)
  }
}
