import type { Scenario } from '../scenario/scenario'
import type { Machine } from './services/machine'

/** Below a high watermark by so much is the low one, where a scenario does not say. */
const HYSTERESIS = 0.1

/** How full memory devices may get, in slabs. */
export class Watermarks {
  readonly isOn: boolean
  private readonly high: number
  private readonly low: number

  constructor(
    { policies: { memory } }: Scenario,
    private readonly machine: Machine,
  ) {
    const { highWatermark, lowWatermark } = memory
    this.isOn = typeof highWatermark === 'number'
    this.high = typeof highWatermark === 'number' ? highWatermark : 1
    this.low = typeof lowWatermark === 'number' ? lowWatermark : Math.max(0, this.high - HYSTERESIS)
  }

  private leased(device: number): number {
    const { slabs } = this.machine
    return slabs.devices[device]!.slabs - slabs.free[device]
  }

  /** Share of its slabs that is leased. */
  use(device: number): number {
    const all = this.machine.slabs.devices[device]!.slabs
    return all === 0 ? 0 : this.leased(device) / all
  }

  isAbove(device: number): boolean {
    return this.use(device) > this.high
  }

  /** Slabs that have to go until it is at its low watermark. */
  excess(device: number): number {
    return Math.max(0, this.leased(device) - this.most(device))
  }

  /** Slabs that it can take until it is at its low watermark. */
  room(device: number): number {
    return Math.max(0, this.most(device) - this.leased(device))
  }

  /** Slabs at the low watermark; a share that is meant to be whole slabs is, whatever its last bit. */
  private most(device: number): number {
    return Math.floor(this.machine.slabs.devices[device]!.slabs * this.low + 1e-9)
  }

  /** `96 % of it leased, above the high watermark of 90 %` */
  pressure(device: number): string {
    const { name, mark } = this.isAbove(device) ? { name: 'high', mark: this.high } : { name: 'low', mark: this.low }
    return `${percent(this.use(device))} of it leased, above the ${name} watermark of ${percent(mark)}`
  }
}

export function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`
}
