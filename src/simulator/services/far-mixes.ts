import { LINE_BYTES } from '../hardware/memory'
import { slabsOf, type Lease } from '../hardware/slabs'
import { routeOf, type Machine } from './machine'
import type { Trips } from './outcomes'
import { bySlabs, byTier, ratioOf, type Split, type Tiers } from './tiers'

/** Where the far memory of an instance lies that is reached in one way, or one copy of it. */
export interface Mix {
  readonly leases: readonly Lease[]
  /** Home for which it was made. */
  readonly home: number
  /** Share of the misses that go to the near ones of its devices; NaN: by the slabs on them. */
  readonly nearShare: number
  /** Memory devices, and the shares of the misses that go there, summed up. */
  readonly devices: Int32Array
  readonly cumulative: Float64Array
  /** Whether its ways are paging ways. */
  readonly paging: boolean
  /** Where some of the ways are paging ways: this mix is what the others lead to, that what those lead to; null otherwise. */
  readonly pages: Mix | null
  /** Share of the misses that are pages, that of `pages` included. */
  readonly pageShare: number
  /** Time of a line on the first wire of all ways, and on the slowest wire that all ways share; ps. */
  readonly firstGap: number
  readonly sharedGap: number
  /** Time of a line at the slowest place of the ways, its share of the lines considered; ps. */
  readonly slowGap: number
  /** Whether a train of many lines is too much for a buffer on the ways, or may be dropped there. */
  readonly tight: boolean
  /** Most lines, or pages, of a window that go as one train where windows go one by one: half as many as its devices have banks. */
  readonly mostLines: number
  /** Further copies, which all writes go to as well; `firstGap` and `sharedGap` of the ways to all copies. */
  readonly held: readonly (readonly Lease[])[]
  readonly mirrors: readonly Mix[]
  readonly mirrorGap: number
  readonly mirrorShared: number
  /** Its devices, and those of the copies. */
  readonly reached: Int32Array
  /** Of a further copy: the share of the slabs that has it. */
  readonly part: number
  /** Idle round trips of windows by width, home and whether they write, as far as asked for. */
  readonly trips: Map<number, Trips>
}

/** What a mix is made of. */
interface Place {
  readonly leases: readonly Lease[]
  readonly home: number
  readonly nearShare: number
  readonly held: readonly (readonly Lease[])[]
  readonly split: Split | null
}

/** A buffer that is not some times as large as a train of many lines. */
const TIGHT_BYTES = 65_536

/** Most lines of a train where windows go one by one: longer ones let too few of others between their lines. */
export const MOST_LINES = 8
/** The same of pages, of windows that are alike, and where links may drop lines or have small buffers. */
export const MOST_IN_STEP = 2

const NO_MIRRORS: readonly Mix[] = []

/** Mixes of instances, made when first needed. */
export class FarMixes {
  private readonly known: (Mix | undefined)[] = []

  constructor(
    private readonly machine: Machine,
    private readonly tiers: Tiers,
  ) {}

  forget(): void {
    this.known.length = 0
  }

  of(instance: number): Mix {
    const { instances, copies } = this.machine
    const known = this.known[instance]
    const leases = instances.leases[instance]
    const home = instances.device[instance]
    const nearShare = instances.nearShare[instance]
    const held = copies.held[instance]
    if (known?.leases === leases && known.home === home && known.held === held && Object.is(known.nearShare, nearShare))
      return known
    const split = Number.isNaN(nearShare) ? null : this.tiers.split(instance)
    const made = this.byAccess({ leases, home, nearShare, held, split })
    this.known[instance] = made
    return made
  }

  /** What is reached by lines; where the rest is reached by pages, with that beside it. */
  private byAccess(place: Place): Mix {
    const { leases, home, nearShare, held, split } = place
    const paged = leases.map(({ device }) => this.isPaged(home, device))
    if (paged.every((one) => one === paged[0])) return { ...this.part(place, () => true), leases, held }
    const weight = ({ device, slabs }: Lease): number => slabs * ratioOf(device, split, nearShare)
    const sum = (of: readonly Lease[]): number => of.reduce((total, lease) => total + weight(lease), 0)
    const pageShare = sum(leases.filter((_, i) => paged[i])) / sum(leases)
    const lines = this.part(place, (i) => !paged[i])
    return { ...lines, leases, held, pages: this.part(place, (i) => paged[i]), pageShare }
  }

  /** The mix of some of the leases, and of the copies of their slabs. */
  private part({ leases, home, nearShare, held, split }: Place, isIn: (i: number) => boolean): Mix {
    const there = leases.filter((_, i) => isIn(i))
    const slabs = byDevice(there, () => 1)
    const shares = split === null ? bySlabs(slabs) : byTier(slabs, split, nearShare)
    const own = there.length === leases.length ? shares : wholeOf(shares)
    const copies = held.map((level) => level.filter((_, i) => isIn(i)))
    return this.mirrored(this.make(there, home, nearShare, slabs, own), copies, split)
  }

  private isPaged(home: number, far: number): boolean {
    return this.machine.fabric.routes.list[routeOf(this.machine, home, far)].paging
  }

  private make(
    leases: readonly Lease[],
    home: number,
    nearShare: number,
    slabs: ReadonlyMap<number, number>,
    cumulative: Float64Array,
  ): Mix {
    const devices = Int32Array.from(slabs.keys())
    const paging = this.isPaged(home, devices[0])
    const shared = this.sharedGaps(devices, home)
    const tight = Array.from(devices).some((far) => this.isTight(home, far) || this.isTight(far, home))
    return {
      leases,
      home,
      nearShare,
      devices,
      cumulative,
      paging,
      pages: null,
      pageShare: paging ? 1 : 0,
      firstGap: shared.first,
      sharedGap: shared.slowest,
      slowGap: Math.max(shared.slowest, this.slowestGap(devices, cumulative, home)),
      tight,
      mostLines: Math.min(tight || paging ? MOST_IN_STEP : MOST_LINES, Math.floor(this.fewestBanks(devices) / 2)),
      held: [],
      mirrors: NO_MIRRORS,
      reached: devices,
      mirrorGap: 0,
      mirrorShared: 0,
      part: 1,
      trips: new Map<number, Trips>(),
    }
  }

  /** As many as all channels of a device have, 2 at least. */
  private fewestBanks(devices: Int32Array): number {
    const banks = Array.from(
      devices,
      (far) => this.machine.memory.devices[far]!.channels * this.machine.memory.devices[far]!.banks,
    )
    return Math.max(2, Math.min(...banks))
  }

  private isTight(from: number, to: number): boolean {
    const { fabric } = this.machine
    const { ports } = fabric
    const route = routeOf(this.machine, from, to)
    const least = fabric.leastBuffer(route)
    const isLossy = Array.from(fabric.routes.list[route].channels).some((at) => ports.lossless[at] === 0)
    return least < Infinity && (isLossy || least < TIGHT_BYTES)
  }

  /** A further copy gets of what is written as much as is written to the slabs that it is of. */
  private mirrored(mix: Mix, held: readonly (readonly Lease[])[], split: Split | null): Mix {
    const mirrors = held.flatMap((level) => {
      const there = level.filter((lease) => lease.device >= 0)
      if (there.length === 0) return []
      const slabs = byDevice(level, (i) => ratioOf(mix.leases[i].device, split, mix.nearShare))
      slabs.delete(-1)
      const part = there.length === level.length ? 1 : sumOf(slabs) / slabsOf(level)
      return [{ ...this.make(there, mix.home, NaN, slabs, bySlabs(slabs)), part }]
    })
    if (mirrors.length === 0) return { ...mix, held }
    const reached = Int32Array.from(new Set([mix, ...mirrors].flatMap((each) => [...each.devices])))
    const shared = this.sharedGaps(reached, mix.home)
    return { ...mix, held, mirrors, reached, mirrorGap: shared.first, mirrorShared: shared.slowest }
  }

  private sharedGaps(devices: Int32Array, home: number): { readonly first: number; readonly slowest: number } {
    const { fabric } = this.machine
    const ways = Array.from(devices, (far) => [
      ...fabric.routes.list[routeOf(this.machine, home, far)].channels,
      ...fabric.routes.list[routeOf(this.machine, far, home)].channels,
    ])
    const shared = ways[0].filter((channel) => ways.every((way) => way.includes(channel)))
    const first = shared.includes(ways[0][0]) ? lineOn(this.machine, ways[0][0]) : 0
    return { first, slowest: Math.max(0, ...shared.map((channel) => lineOn(this.machine, channel))) }
  }

  private slowestGap(devices: Int32Array, cumulative: Float64Array, home: number): number {
    const { fabric, memory } = this.machine
    let slowest = 0
    devices.forEach((far, i) => {
      const weight = cumulative[i] - (i > 0 ? cumulative[i - 1] : 0)
      const { linePs, channels } = memory.devices[far]!
      const ways = [routeOf(this.machine, home, far), routeOf(this.machine, far, home)]
      const wires = ways.flatMap((route) =>
        Array.from(fabric.routes.list[route].channels, (at) => lineOn(this.machine, at)),
      )
      slowest = Math.max(slowest, (weight * linePs) / channels, ...wires.map((gap) => weight * gap))
    })
    return slowest
  }
}

/** The place of a memory device in a mix, by the shares of the slabs. */
export function placeOf(mix: Mix, uniform: number): number {
  let i = 0
  while (i < mix.devices.length - 1 && uniform >= mix.cumulative[i]) i += 1
  return i
}

/** Time of a line on a channel, ps. */
function lineOn({ fabric }: Machine, channel: number): number {
  const { gbps, header } = fabric.ports
  return gbps[channel] === Infinity ? 0 : Math.round(((LINE_BYTES + header[channel]) * 8000) / gbps[channel])
}

/** Slabs by device, each run of them times something. */
function byDevice(leases: readonly Lease[], weight: (i: number) => number): Map<number, number> {
  const slabs = new Map<number, number>()
  leases.forEach((lease, i) => slabs.set(lease.device, (slabs.get(lease.device) ?? 0) + lease.slabs * weight(i)))
  return slabs
}

function sumOf(slabs: ReadonlyMap<number, number>): number {
  return [...slabs.values()].reduce((sum, count) => sum + count, 0)
}

/** Shares of a part of the devices, as of a whole. */
function wholeOf(cumulative: Float64Array): Float64Array {
  return cumulative.map((sum) => sum / cumulative[cumulative.length - 1])
}
