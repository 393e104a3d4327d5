import * as EventKind from '../engine/event-kind'
import type { EventQueue } from '../engine/event-queue'
import { capture, reinstate, type Plain, type Saved } from '../engine/plain-state'
import { missFactor, shareCache, type Sharer } from '../hardware/cache-sharing'
import type { DeviceTable } from './device-table'
import type { Instances } from './instances'

/** Shares are found anew this often, ps (5 ms): about as long as it takes to fill a last-level cache. */
const EPOCH_PS = 5_000_000_000

interface Parts {
  readonly queue: EventQueue
  readonly devices: DeviceTable
  readonly instances: Instances
}

/** Last-level caches shared by instances whose services say how their misses depend on it; all others never come here. */
export class CacheShares {
  /** Misses per ps at multiplier 1, of late, per instance; its cache, MiB; and that summed over time, MiB × ps. */
  private pressure: Float64Array
  private held: Float64Array
  private integral: Float64Array
  private since = 0
  private epochs = 0

  constructor(private readonly machine: Parts) {
    const n = machine.instances.count
    this.pressure = new Float64Array(n)
    this.held = new Float64Array(n)
    this.integral = new Float64Array(n)
  }

  /** All instances are placed. */
  start(): void {
    if (!this.machine.instances.services.some((service) => service.cache !== null)) return
    this.share()
    this.machine.queue.schedule(this.machine.queue.clock[0] + EPOCH_PS, EventKind.cacheEpoch, 0, 0, 0)
  }

  /** Event `cacheEpoch`: pressures follow what was missed since the last, half old and half new. */
  epoch(): void {
    const { instances, queue } = this.machine
    const { missDemand } = instances
    for (let i = 0; i < missDemand.length; i += 1) {
      const now = missDemand[i] / EPOCH_PS
      this.pressure[i] = this.epochs === 0 ? now : (this.pressure[i] + now) / 2
    }
    missDemand.fill(0)
    this.epochs += 1
    this.share()
    queue.schedule(queue.clock[0] + EPOCH_PS, EventKind.cacheEpoch, 0, 0, 0)
  }

  /** An instance has moved. */
  moved(): void {
    if (this.machine.instances.services.some((service) => service.cache !== null)) this.share()
  }

  private share(): void {
    const { devices } = this.machine
    this.settle()
    for (let device = 0; device < devices.llcMib.length; device += 1) this.shareDevice(device, devices.llcMib[device])
  }

  private shareDevice(device: number, totalMib: number): void {
    const { instances } = this.machine
    const sharing: number[] = []
    const sharers: Sharer[] = []
    for (let i = 0; i < instances.count; i += 1) {
      if (instances.device[i] < 0) this.held[i] = 0
      const curve = instances.spec(i).cache
      if (curve === null || instances.device[i] !== device) continue
      sharing.push(i)
      sharers.push({ curve, pressure: this.pressure[i] })
    }
    if (sharing.length === 0) return
    const shares = totalMib < 0 ? [] : shareCache(totalMib, sharers)
    sharing.forEach((instance, k) => {
      this.held[instance] = totalMib < 0 ? 0 : shares[k]
      instances.missFactor[instance] = totalMib < 0 ? 1 : missFactor(sharers[k].curve, shares[k])
    })
  }

  private settle(): void {
    const now = this.machine.queue.clock[0]
    for (let i = 0; i < this.held.length; i += 1) this.integral[i] += this.held[i] * (now - this.since)
    this.since = now
  }

  /** Cache of each instance summed over time until now, MiB × ps. */
  total(now: number): Float64Array {
    return this.integral.map((integral, i) => integral + this.held[i] * (now - this.since))
  }

  save(): Saved {
    return capture(this as unknown as Record<string, Plain>, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, FIELDS, saved)
  }
}

const FIELDS = ['pressure', 'held', 'integral', 'since', 'epochs']
