import { nextUniform32, seedSmall } from '../engine/random'
import { LINE_BYTES } from '../hardware/memory'
import type { Train } from '../hardware/train'
import type { Binomials } from './binomials'
import { placeOf, type Mix } from './far-mixes'
import { routeOf, type Machine } from './machine'
import { meanOf, outcomesOf, type Outcomes, type Trips } from './outcomes'

/** Draws of the idle round trip over several devices. */
const MOST_SAMPLES = 4000
/** Devices of which one answers a line so much later than another are told apart window by window. */
const UNLIKE = 1.02

/** Trips and how likely each is, beside the others. */
interface Weighted {
  readonly trips: readonly number[]
  readonly weights: readonly number[]
}

/** Round trips on an idle rack, measured when first needed. */
export class IdleTrips {
  private readonly train: Train = { packets: 1, first: 0, lastButOne: 0, last: 0 }
  /** Of lines read together from one device, by home × devices + far and lines. */
  private readonly known = new Map<number, Float64Array>()

  constructor(
    private readonly machine: Machine,
    private readonly binomials: Binomials,
  ) {}

  /** Forgets what followed from routes or from the pace of memory devices. */
  forget(): void {
    this.known.clear()
  }

  /** Windows of up to `width` lines; kept with the mix, as the share of remote misses may change often. */
  of(mix: Mix, device: number, width: number, isWrite: boolean): Trips {
    const key = 2 * (width * this.machine.devices.names.length + device) + (isWrite ? 1 : 0)
    const known = mix.trips.get(key) ?? this.trips(mix, device, width, isWrite)
    mix.trips.set(key, known)
    return known
  }

  /** What is written is over once all copies have it. */
  private trips(mix: Mix, device: number, width: number, isWrite: boolean): Trips {
    const trips = this.tripsOfOne(mix, device, width, isWrite)
    if (!isWrite || mix.mirrors.length === 0) return trips
    const mean = trips.mean.slice()
    mix.mirrors.forEach((mirror, i) => {
      const one = this.idle(device, mirror.devices[0], 1, true)
      this.tripsOfOne(mirror, device, width, true).mean.forEach((trip, k) => {
        const together = k === 0 ? 0 : one + ((i + 2) * k - 1) * mix.mirrorShared
        mean[k] = Math.max(mean[k], k === 0 ? 0 : trip + (i + 1) * k * mix.mirrorGap, together)
      })
    })
    return { mean, outcomes: [] }
  }

  /** The same of one copy. */
  private tripsOfOne(mix: Mix, device: number, width: number, isWrite: boolean): Trips {
    const one = Array.from(mix.devices, (far) => this.idle(device, far, 1, isWrite))
    const isUnlike = Math.max(...one) > UNLIKE * Math.min(...one)
    const mean = new Float64Array(width + 1)
    const outcomes: (Outcomes | null)[] = [null]
    const state = seeded()
    for (let k = 1; k <= width; k += 1) {
      const { trips, weights } = this.possible(mix, device, k, isWrite, isUnlike ? null : state)
      mean[k] = Math.round(meanOf(trips, weights))
      outcomes.push(isUnlike ? outcomesOf(trips, weights) : null)
    }
    return { mean, outcomes }
  }

  /** What may be; drawn from `state` where that comes close enough. */
  private possible(mix: Mix, device: number, k: number, isWrite: boolean, state: Int32Array | null): Weighted {
    if (mix.devices.length === 1) return { trips: [this.idle(device, mix.devices[0], k, isWrite)], weights: [1] }
    if (mix.devices.length === 2 && (state === null || !Number.isNaN(mix.nearShare)))
      return this.overTwo(mix, device, k, isWrite)
    return this.overSeveral(mix, device, k, isWrite, state ?? seeded())
  }

  /** Which device has which line is drawn, the same draws in every run. */
  private overSeveral(mix: Mix, device: number, k: number, isWrite: boolean, state: Int32Array): Weighted {
    const counts = new Int32Array(mix.devices.length)
    const samples = Math.max(4, Math.floor(MOST_SAMPLES / k))
    const trips: number[] = []
    for (let s = 0; s < samples; s += 1) {
      counts.fill(0)
      let last = 0
      for (let line = 0; line < k; line += 1) {
        last = placeOf(mix, nextUniform32(state) / 4294967296)
        counts[last] += 1
      }
      trips.push(this.dealt(mix, device, counts, last, isWrite))
    }
    return { trips, weights: new Array<number>(samples).fill(1) }
  }

  /**
   * What lines take of which so many went to each device of a mix, the last to number `last`, ps: as long as those of the
   * device whose lines come last, but not shorter than all lines on the wires that the ways to all devices share.
   */
  dealt(mix: Mix, device: number, counts: Int32Array, last: number, isWrite: boolean): number {
    let [longest, all] = [0, 0]
    for (let i = 0; i < mix.devices.length; i += 1) {
      all += counts[i]
      if (counts[i] > 0) longest = Math.max(longest, this.idle(device, mix.devices[i], counts[i], isWrite))
    }
    return Math.max(longest, this.idle(device, mix.devices[last], 1, isWrite) + (all - 1) * mix.sharedGap)
  }

  /** The same for two devices: all that may be. */
  private overTwo(mix: Mix, device: number, k: number, isWrite: boolean): Weighted {
    const idle = (far: number, lines: number): number => (lines === 0 ? 0 : this.idle(device, far, lines, isWrite))
    const [first, second] = mix.devices
    const together = (k - 1) * mix.sharedGap
    const chances = this.binomials.cumulative(k, mix.cumulative[0])
    const trips: number[] = []
    const weights: number[] = []
    for (let at = 0; at <= k; at += 1) {
      const chance = chances[at] - (at > 0 ? chances[at - 1] : 0)
      const longest = Math.max(idle(first, at), idle(second, k - at))
      trips.push(Math.max(longest, idle(first, 1) + together), Math.max(longest, idle(second, 1) + together))
      weights.push((chance * at) / k, (chance * (k - at)) / k)
    }
    return { trips, weights }
  }

  /** Round trip of `lines` lines read from, or written to, one device together on an idle rack, ps. */
  idle(device: number, far: number, lines: number, isWrite: boolean): number {
    const key = 2 * (device * this.machine.devices.names.length + far) + (isWrite ? 1 : 0)
    let known = this.known.get(key)
    if (known === undefined || known.length <= lines) {
      known = new Float64Array(Math.max(64, 2 * lines)).fill(-1)
      this.known.set(key, known)
    }
    if (known[lines] < 0) known[lines] = this.measureIdle(device, far, lines, isWrite)
    return known[lines]
  }

  private measureIdle(device: number, far: number, lines: number, isWrite: boolean): number {
    const { fabric, memory } = this.machine
    const { train } = this
    fabric.unloaded(fabric.routes.list[routeOf(this.machine, device, far)], lines, LINE_BYTES, 0, 0, train)
    const { first, last } = memory.unloaded(far, lines, 1, train.first, train.last)
    const back = fabric.routes.list[routeOf(this.machine, far, device)]
    fabric.unloaded(back, lines, isWrite ? 0 : LINE_BYTES, first, last, train)
    return train.last
  }
}

/** The same draws in every run. */
function seeded(): Int32Array {
  const state = new Int32Array(4)
  seedSmall(state, Uint32Array.of(0x9e3779b9, 0x243f6a88, 0xb7e15162, 1))
  return state
}
