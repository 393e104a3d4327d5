import { capture, reinstate, type Saved } from '../engine/plain-state'
import type { MemoryDevice } from './memory-device'

const FIELDS = ['owner', 'free', 'kept'] as const
/** Owner of the slabs that a device keeps for what runs on its own cores. */
const OWN = 0x7fffffff

/** A run of neighboring slabs leased to one owner. */
export interface Lease {
  readonly device: number
  readonly firstSlab: number
  readonly slabs: number
}

/** How many slabs some leases are. */
export function slabsOf(leases: readonly Lease[]): number {
  return leases.reduce((sum, lease) => sum + lease.slabs, 0)
}

/** Who holds which slab of the memory devices. */
export class Slabs {
  private readonly first: Int32Array
  /** Owner of each slab; -1: free. */
  owner: Int32Array
  /** Free slabs per device. */
  free: Int32Array
  /** Told when slabs of a device have been leased. */
  taken: (device: number) => void = () => undefined
  /** Slabs per device that it keeps for what runs on its own cores. */
  kept: Int32Array

  constructor(readonly devices: readonly (MemoryDevice | null)[]) {
    this.first = new Int32Array(devices.length)
    let slabs = 0
    devices.forEach((device, index) => {
      this.first[index] = slabs
      slabs += device?.slabs ?? 0
    })
    this.owner = new Int32Array(slabs).fill(-1)
    this.free = Int32Array.from(devices, (device) => device?.slabs ?? 0)
    this.kept = new Int32Array(devices.length)
  }

  /** Leases `counts[i]` slabs of device i, lowest first. There must be as many free. */
  lease(owner: number, counts: ReadonlyMap<number, number>): Lease[] {
    const leases: Lease[] = []
    for (const [device, count] of counts) this.leaseFrom(owner, device, count, leases)
    return leases
  }

  private leaseFrom(owner: number, device: number, count: number, leases: Lease[]): void {
    if (this.free[device] < count)
      throw new RangeError(`device ${device} has ${this.free[device]} free slabs; asked for ${count}`)
    const base = this.first[device]
    let left = count
    for (let slab = 0; left > 0; slab += 1) {
      if (this.owner[base + slab] >= 0) continue
      let end = slab
      while (left > 0 && end < this.devices[device]!.slabs && this.owner[base + end] < 0) {
        this.owner[base + end] = owner
        end += 1
        left -= 1
      }
      leases.push({ device, firstSlab: slab, slabs: end - slab })
      slab = end
    }
    this.free[device] -= count
    this.taken(device)
  }

  /** Keeps as many slabs of a device, the lowest free, as `bytes` of what runs on its own cores fill. There must be room. */
  keep(device: number, bytes: number): void {
    const count = Math.ceil(bytes / this.devices[device]!.slabBytes)
    if (count > this.kept[device]) this.leaseFrom(OWN, device, count - this.kept[device], [])
    else this.dropKept(device, this.kept[device] - count)
    this.kept[device] = count
  }

  private dropKept(device: number, count: number): void {
    const base = this.first[device]
    let left = count
    for (let slab = this.devices[device]!.slabs - 1; left > 0; slab -= 1) {
      if (this.owner[base + slab] !== OWN) continue
      this.owner[base + slab] = -1
      left -= 1
    }
    this.free[device] += count
  }

  /** Bytes that what runs on a device's own cores may still take there, beside `used`. */
  roomFor(device: number, used: number): number {
    return (this.kept[device] + this.free[device]) * this.devices[device]!.slabBytes - used
  }

  /** Leases end: their slabs are free again. */
  giveBack(leases: readonly Lease[]): void {
    for (const { device, firstSlab, slabs } of leases) {
      const from = this.first[device] + firstSlab
      this.owner.fill(-1, from, from + slabs)
      this.free[device] += slabs
    }
  }

  bytesOf(leases: readonly Lease[]): number {
    return leases.reduce((sum, { device, slabs }) => sum + slabs * this.devices[device]!.slabBytes, 0)
  }

  /** Gives back whole slabs, those leased last first, as long as `bytes` are left. Returns what is kept. */
  shrink(leases: readonly Lease[], bytes: number): Lease[] {
    const kept: Lease[] = []
    this.eachSpare(leases, bytes, (lease, spare) => {
      const slabs = lease.slabs - spare
      this.giveBack([{ device: lease.device, firstSlab: lease.firstSlab + slabs, slabs: spare }])
      if (slabs > 0) kept.unshift({ ...lease, slabs })
    })
    return kept
  }

  /** What `shrink` would give back, bytes. */
  spareBytes(leases: readonly Lease[], bytes: number): number {
    let sum = 0
    this.eachSpare(leases, bytes, ({ device }, spare) => (sum += spare * this.devices[device]!.slabBytes))
    return sum
  }

  private eachSpare(leases: readonly Lease[], bytes: number, tell: (lease: Lease, spare: number) => void): void {
    let surplus = this.bytesOf(leases) - bytes
    for (let i = leases.length - 1; i >= 0; i -= 1) {
      const { slabBytes } = this.devices[leases[i].device]!
      const spare = Math.max(0, Math.min(leases[i].slabs, Math.floor(surplus / slabBytes)))
      surplus -= spare * slabBytes
      tell(leases[i], spare)
    }
  }

  /** Bytes leased from a device. */
  usedBytes(device: number): number {
    const memory = this.devices[device]
    return memory ? (memory.slabs - this.free[device]) * memory.slabBytes : 0
  }

  save(): Saved {
    return capture(this, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
  }
}
