import { nextUniform32, seedSmall } from '../engine/random'
import { LINE_BYTES } from '../hardware/memory'
import type { Train } from '../hardware/train'
import { Binomials } from './binomials'
import { FarMixes, type Mix } from './far-mixes'
import { routeOf, type Machine } from './machine'
import { OwnMemory } from './own-memory'
import { Tiers } from './tiers'

/** What a full window of misses may turn out to be: how many are remote, and how long it takes on an idle rack. */
export interface WindowTable {
  readonly mix: Mix | null
  readonly home: number
  readonly width: number
  readonly share: number
  /** 2^32 times the chance of at most k remote misses, k = 0 … width. */
  readonly below: Float64Array
  /** First k that may be meant, by the upper eight bits of a draw. */
  readonly guide: Uint16Array
  /** Remote lines' round trip, and the whole window, by k; ps. */
  readonly trips: Float64Array
  readonly stalls: Float64Array
  /** Whether a remote line ends it. */
  readonly remoteEnds: Uint8Array
  /** Of the stall of a window: mean, variance, least; ps. */
  readonly mean: number
  readonly variance: number
  readonly least: number
  /** The part of the mean whose end is remote, ps. */
  readonly remoteMean: number
  /** Chance that none is remote. */
  readonly nearChance: number
  /** Its paths as a flow by the share of dirty misses, once they were asked for. */
  readonly flow: { readonly paths: Map<number, number>; generation: number }
}

/** Draws of the idle round trip over several devices that are averaged. */
const MOST_SAMPLES = 4000
const NONE = new Float64Array(0)

/** Tables of windows, made when first needed from the rack at rest; nothing here changes during a run. */
export class FarWindows {
  readonly binomials = new Binomials()
  readonly own: OwnMemory
  readonly tiers: Tiers
  private readonly train: Train = { packets: 1, first: 0, lastButOne: 0, last: 0 }
  private readonly mixes: FarMixes
  /** By instance; whether all misses are remote, as in memory steps; and whether they are written. */
  private readonly tables: (WindowTable | undefined)[] = []
  /** Idle round trips of lines read together, by home × devices + far and lines. */
  private readonly idleTrips = new Map<number, Float64Array>()

  private version = 0
  private paceChanges = 0

  constructor(private readonly machine: Machine) {
    this.own = new OwnMemory(machine)
    this.tiers = new Tiers(machine)
    this.mixes = new FarMixes(machine, this.tiers)
  }

  /** Forgets what followed from routes, or from the pace of memory devices, that may have changed. */
  private checkRoutes(): void {
    const { fabric, memory } = this.machine
    const { version } = fabric.routes
    if (version === this.version && memory.paceChanges === this.paceChanges) return
    this.version = version
    this.paceChanges = memory.paceChanges
    this.mixes.forget()
    this.tables.length = 0
    this.idleTrips.clear()
  }

  /** Where an instance's far memory lies; it must have some. */
  mix(instance: number): Mix {
    this.checkRoutes()
    return this.mixes.of(instance)
  }

  /** A memory device by the shares of the slabs. */
  pick(mix: Mix, uniform: number): number {
    return mix.devices[this.pickPlace(mix, uniform)]
  }

  /** The same, as the device's place in the mix. */
  pickPlace(mix: Mix, uniform: number): number {
    let i = 0
    while (i < mix.devices.length - 1 && uniform >= mix.cumulative[i]) i += 1
    return i
  }

  /** Windows of `width` misses of an instance on a device, a share of them remote. */
  table(instance: number, device: number, width: number, share: number, isWrite: boolean): WindowTable {
    this.checkRoutes()
    const mix = share > 0 ? this.mix(instance) : null
    const at = 4 * instance + (share === 1 ? 2 : 0) + (isWrite ? 1 : 0)
    const known = this.tables[at]
    if (known?.mix === mix && known.width === width && known.share === share && known.home === device) return known
    const made = this.makeTable(mix, device, width, share, isWrite)
    this.tables[at] = made
    return made
  }

  private makeTable(mix: Mix | null, device: number, width: number, share: number, isWrite: boolean): WindowTable {
    const chances = this.binomials.cumulative(width, share)
    const trips = mix === null || mix.paging ? NONE : this.knownTrips(mix, device, width, isWrite)
    const stalls = Float64Array.from({ length: width + 1 }, (_, k) =>
      Math.max(this.nearPs(device, width - k), trips[k] ?? 0),
    )
    const below = chances.map((chance) => chance * 4294967296)
    let [mean, square, remoteMean, least] = [0, 0, 0, Infinity]
    const remoteEnds = Uint8Array.from(stalls, (_, k) =>
      k > 0 && (trips[k] ?? 0) > this.nearPs(device, width - k) ? 1 : 0,
    )
    stalls.forEach((stall, k) => {
      const chance = chances[k] - (k > 0 ? chances[k - 1] : 0)
      if (chance <= 0) return
      mean += chance * stall
      square += chance * stall * stall
      remoteMean += chance * stall * remoteEnds[k]
      least = Math.min(least, stall)
    })
    return {
      mix,
      home: device,
      width,
      share,
      remoteEnds,
      below,
      guide: guideOf(below),
      trips,
      stalls,
      mean,
      variance: Math.max(0, square - mean * mean),
      least,
      remoteMean,
      nearChance: chances[0],
      flow: { paths: new Map<number, number>(), generation: -1 },
    }
  }

  /** Remote misses of a full window, from one 32-bit draw. */
  remote(table: WindowTable, draw: number): number {
    let k = table.guide[draw >>> 24]
    while (k < table.width && draw >= table.below[k]) k += 1
    return k
  }

  /** What `lines` local misses of one window take on idle memory, ps. */
  nearPs(device: number, lines: number): number {
    return this.own.windowPs(device, lines)
  }

  /** As `trips`, kept for as long as the mix is the same: the share of remote misses may change often. */
  private knownTrips(mix: Mix, device: number, width: number, isWrite: boolean): Float64Array {
    const key = 2 * (width * this.machine.devices.names.length + device) + (isWrite ? 1 : 0)
    const known = mix.trips.get(key) ?? this.trips(mix, device, width, isWrite)
    mix.trips.set(key, known)
    return known
  }

  /** Round trip of one window of 0 … `width` lines on an idle rack, ps; what is written is over once all copies have it. */
  private trips(mix: Mix, device: number, width: number, isWrite: boolean): Float64Array {
    const trips = this.tripsOfOne(mix, device, width, isWrite)
    if (!isWrite) return trips
    mix.mirrors.forEach((mirror, i) => {
      const one = this.idle(device, mirror.devices[0], 1, true)
      this.tripsOfOne(mirror, device, width, true).forEach((trip, k) => {
        const together = k === 0 ? 0 : one + ((i + 2) * k - 1) * mix.mirrorShared
        trips[k] = Math.max(trips[k], k === 0 ? 0 : trip + (i + 1) * k * mix.mirrorGap, together)
      })
    })
    return trips
  }

  /** The same of one copy, averaged over which device has which line. */
  private tripsOfOne(mix: Mix, device: number, width: number, isWrite: boolean): Float64Array {
    if (mix.devices.length === 2 && !Number.isNaN(mix.nearShare)) return this.tripsOverTwo(mix, device, width, isWrite)
    if (mix.devices.length > 1) return this.tripsOverSeveral(mix, device, width, isWrite)
    return Float64Array.from({ length: width + 1 }, (_, k) =>
      k === 0 ? 0 : this.idle(device, mix.devices[0], k, isWrite),
    )
  }

  /**
   * Which device has which line is drawn, the same draws in every run. A window is as long as that of the device whose
   * lines come last, but not shorter than all lines on the wires that the ways to all devices share.
   */
  private tripsOverSeveral(mix: Mix, device: number, width: number, isWrite: boolean): Float64Array {
    const gap = mix.sharedGap
    const one = Array.from(mix.devices, (far) => this.idle(device, far, 1, isWrite))
    const counts = new Int32Array(mix.devices.length)
    const state = new Int32Array(4)
    seedSmall(state, Uint32Array.of(0x9e3779b9, 0x243f6a88, 0xb7e15162, 1))
    return Float64Array.from({ length: width + 1 }, (_, k) => {
      if (k === 0) return 0
      const samples = Math.max(4, Math.floor(MOST_SAMPLES / k))
      let sum = 0
      for (let s = 0; s < samples; s += 1) {
        counts.fill(0)
        let longest = 0
        for (let line = 0; line < k; line += 1) {
          const at = this.pickPlace(mix, nextUniform32(state) / 4294967296)
          counts[at] += 1
          if (line === k - 1) longest = one[at] + (k - 1) * gap
        }
        counts.forEach((count, at) => {
          if (count > 0) longest = Math.max(longest, this.idle(device, mix.devices[at], count, isWrite))
        })
        sum += longest
      }
      return Math.round(sum / samples)
    })
  }

  /** As `tripsOverSeveral`, for two devices without drawing: tiers differ so much that draws would show. */
  private tripsOverTwo(mix: Mix, device: number, width: number, isWrite: boolean): Float64Array {
    const [first, second] = mix.devices
    const idle = (far: number, lines: number): number => (lines === 0 ? 0 : this.idle(device, far, lines, isWrite))
    return Float64Array.from({ length: width + 1 }, (_, k) => {
      if (k === 0) return 0
      const chances = this.binomials.cumulative(k, mix.cumulative[0])
      const together = (k - 1) * mix.sharedGap
      let sum = 0
      for (let at = 0; at <= k; at += 1) {
        const longest = Math.max(idle(first, at), idle(second, k - at))
        const ends = [Math.max(longest, idle(first, 1) + together), Math.max(longest, idle(second, 1) + together)]
        sum += (chances[at] - (at > 0 ? chances[at - 1] : 0)) * ((at * ends[0] + (k - at) * ends[1]) / k)
      }
      return Math.round(sum)
    })
  }

  /**
   * When the last of `count` lines is back on an idle rack that are read as one train per device of a mix, ps: the
   * trains leave one after another, and all of them pass the wires that their ways share.
   *
   * @param start from 0 to 1, see `dealtUntil`
   */
  idleSet(mix: Mix, device: number, count: number, start: number): number {
    if (mix.devices.length === 1) return this.idle(device, mix.devices[0], count, false)
    let dealt = 0
    let end = 0
    for (let i = 0; i < mix.devices.length; i += 1) {
      const until = this.dealtUntil(mix, i, count, start)
      if (until === dealt) continue
      const far = mix.devices[i]
      end = Math.max(
        end,
        dealt * mix.firstGap + this.idle(device, far, until - dealt, false),
        this.idle(device, far, 1, false) + (until - 1) * mix.sharedGap,
      )
      dealt = until
    }
    return end
  }

  /** How many of `count` units go to the first devices of a mix, up to number `i`: by their shares, rounded by `start`. */
  dealtUntil(mix: Mix, i: number, count: number, start: number): number {
    return i === mix.devices.length - 1 ? count : Math.floor(mix.cumulative[i] * count + start)
  }

  /** Round trip of `lines` lines read from, or written to, one device together on an idle rack, ps. */
  idle(device: number, far: number, lines: number, isWrite: boolean): number {
    const key = 2 * (device * this.machine.devices.names.length + far) + (isWrite ? 1 : 0)
    let known = this.idleTrips.get(key)
    if (known === undefined || known.length <= lines) {
      known = new Float64Array(Math.max(64, 2 * lines)).fill(-1)
      this.idleTrips.set(key, known)
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

function guideOf(below: Float64Array): Uint16Array {
  const guide = new Uint16Array(256)
  let k = 0
  for (let i = 0; i < 256; i += 1) {
    while (k < below.length - 1 && i * 16777216 >= below[k]) k += 1
    guide[i] = k
  }
  return guide
}
