import { capture, reinstate, type Saved } from '../engine/plain-state'
import { EpochRates } from './epoch-rates'
import { lately, RecentUse } from './recent-use'
import type { Slabs } from './slabs'

const FIELDS = ['free', 'used', 'held', 'worked'] as const

/** A device's own DRAM; times in ps. */
export interface LocalMemory {
  readonly latencyPs: number
  /** Time of one 64-byte line at full bandwidth; not rounded. */
  readonly linePs: number
  readonly capacityBytes: number
  /** Loaded latency, `a * u / (c - u)` at utilization u; a = 0: none. */
  readonly loadedPs: number
  readonly loadedPole: number
}

/**
 * Local memory of every device: bandwidth shared first come first served, capacity handed out to instances. What runs on
 * the cores of a memory device is local in whole slabs of it.
 */
export class LocalMemories {
  free: Float64Array
  /** Bytes that instances, moves and kernels have. */
  used: Float64Array
  /** Bytes of what is kept for offloaded steps while nobody else needs the room; of memory devices too. */
  held: Float64Array
  /** Told when `used` of a device has grown. */
  taken: (index: number) => void = () => undefined
  /** Bus time taken on, ps. */
  worked: Float64Array
  /** Lines per ps. */
  readonly rates: EpochRates
  private readonly recent: RecentUse

  constructor(
    readonly devices: readonly (LocalMemory | null)[],
    private readonly slabs: Slabs | null = null,
  ) {
    this.free = new Float64Array(devices.length)
    this.used = new Float64Array(devices.length)
    this.held = new Float64Array(devices.length)
    this.worked = new Float64Array(devices.length)
    this.rates = new EpochRates(devices.length)
    this.recent = new RecentUse(devices.length)
  }

  /** Takes `lines` lines of `windows` windows from the bus; returns how long they wait for those before them, ps. */
  take(index: number, lines: number, now: number, windows = 1): number {
    const device = this.devices[index]!
    const start = Math.max(now, this.free[index])
    const work = Math.round(lines * device.linePs)
    this.free[index] = start + work
    this.worked[index] += work
    this.recent.add(index, work, now)
    if (device.loadedPs === 0) return start - now
    this.rates.add(index, lines, now)
    return Math.max(start - now, windows * this.loadedDelay(index, now))
  }

  /** Whether the bus of a device has been busy for more than a share of the time of late. */
  isUsed(index: number, now: number, share: number): boolean {
    return this.recent.isOver(index, share * lately(now), now)
  }

  /** Bus time worked until `now`, ps. */
  workedUntil(index: number, now: number): number {
    return this.worked[index] - Math.max(0, this.free[index] - now)
  }

  /** What a loaded memory controller adds to a miss, ps; see docs/model.md. */
  loadedDelay(index: number, now: number): number {
    const device = this.devices[index]!
    if (device.loadedPs === 0) return 0
    const use = Math.min(1, this.rates.at(index, now) * device.linePs)
    return Math.round((device.loadedPs * use) / (device.loadedPole - use))
  }

  /** Takes room for an instance or a kernel. */
  reserve(index: number, bytes: number): void {
    this.resize(index, bytes)
    if (this.held[index] > 0) this.taken(index)
  }

  /** Gives room back. */
  release(index: number, bytes: number): void {
    this.resize(index, -bytes)
  }

  private resize(index: number, bytes: number): void {
    this.used[index] += bytes
    if (this.slabs?.devices[index]) this.slabs.keep(index, this.used[index])
  }

  /** What is held makes room. */
  roomBytes(index: number): number {
    const device = this.devices[index]
    if (device) return device.capacityBytes - this.used[index]
    return this.slabs?.devices[index] ? this.slabs.roomFor(index, this.used[index]) : 0
  }

  capacityBytes(index: number): number {
    const slabs = this.slabs?.devices[index]
    return this.devices[index]?.capacityBytes ?? (slabs ? slabs.slabs * slabs.slabBytes : 0)
  }

  save(): Saved {
    return { ...capture(this, FIELDS), rates: this.rates.save(), recent: this.recent.save() }
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
    this.rates.restore(saved['rates'] as Saved)
    this.recent.restore(saved['recent'] as Saved)
  }
}
