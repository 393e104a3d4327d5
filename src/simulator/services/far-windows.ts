import { Binomials } from './binomials'
import { FarMixes, type Mix } from './far-mixes'
import { IdleTrips } from './idle-trips'
import type { Machine } from './machine'
import type { Outcomes, Trips } from './outcomes'
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
  /** Remote lines' round trip by k, on average, ps; and what it may turn out to be where that is not the same. */
  readonly trips: Float64Array
  readonly outcomes: Trips['outcomes']
  /** The whole window by k, ps: what of it ends with a local, and what with a remote line. */
  readonly nearStalls: Float64Array
  readonly farStalls: Float64Array
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

const NONE: Trips = { mean: new Float64Array(0), outcomes: [] }

/** Tables of windows, made when first needed from the rack at rest; nothing here changes during a run. */
export class FarWindows {
  readonly binomials = new Binomials()
  readonly own: OwnMemory
  readonly tiers: Tiers
  private readonly mixes: FarMixes
  readonly idleTrips: IdleTrips
  /** By instance; whether all misses are remote, as in memory steps; and whether they are written. */
  private readonly tables: (WindowTable | undefined)[] = []
  private version = 0
  private paceChanges = 0

  constructor(private readonly machine: Machine) {
    this.own = new OwnMemory(machine)
    this.tiers = new Tiers(machine)
    this.mixes = new FarMixes(machine, this.tiers)
    this.idleTrips = new IdleTrips(machine, this.binomials)
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
    this.idleTrips.forget()
  }

  /** Where an instance's far memory lies; it must have some. */
  mix(instance: number): Mix {
    this.checkRoutes()
    return this.mixes.of(instance)
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
    const trips = mix === null || mix.paging ? NONE : this.idleTrips.of(mix, device, width, isWrite)
    const nearStalls = new Float64Array(width + 1)
    const farStalls = new Float64Array(width + 1)
    let [mean, square, remoteMean, least] = [0, 0, 0, Infinity]
    for (let k = 0; k <= width; k += 1) {
      const chance = chances[k] - (k > 0 ? chances[k - 1] : 0)
      const near = this.nearPs(device, width - k)
      eachTrip(trips, k, (trip, part) => {
        const stall = Math.max(near, trip)
        const ends = k > 0 && trip > near ? farStalls : nearStalls
        ends[k] += part * stall
        if (chance <= 0) return
        mean += chance * part * stall
        square += chance * part * stall * stall
        if (ends === farStalls) remoteMean += chance * part * stall
        least = Math.min(least, stall)
      })
    }
    const below = chances.map((chance) => chance * 4294967296)
    return {
      mix,
      home: device,
      width,
      share,
      nearStalls: nearStalls.map(Math.round),
      farStalls: farStalls.map(Math.round),
      below,
      guide: guideOf(below),
      trips: trips.mean,
      outcomes: trips.outcomes,
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

  /** Round trip of `lines` lines read from, or written to, one device together on an idle rack, ps. */
  idle(device: number, far: number, lines: number, isWrite: boolean): number {
    return this.idleTrips.idle(device, far, lines, isWrite)
  }

  /** How many of `count` units go to the first devices of a mix, up to number `i`: by their shares, rounded by `start`. */
  dealtUntil(mix: Mix, i: number, count: number, start: number): number {
    return i === mix.devices.length - 1 ? count : Math.floor(mix.cumulative[i] * count + start)
  }
}

/** What a trip of so many lines may be, with its chance. */
function eachTrip({ mean, outcomes }: Trips, k: number, told: (trip: number, chance: number) => void): void {
  const spread = outcomes[k] as Outcomes | null | undefined
  if (!spread) told(mean[k] ?? 0, 1)
  else spread.values.forEach((trip, i) => told(trip, spread.chances[i]))
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
