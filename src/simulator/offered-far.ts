import type { MemoryStep } from '../scenario/scenario'
import { LINE_BYTES, PAGE_BYTES } from './hardware/memory'
import { slabsOf, type Lease } from './hardware/slabs'
import type { Machine } from './services/machine'
import { accessesOf, nothingFar, type Far } from './step-seconds'
import { accessPs, readPs } from './unloaded'

/** What misses and memory steps ask of memory devices and of the links there, on average. */
export class OfferedFar {
  /** Per memory device, bytes a second. */
  readonly bytes: Float64Array

  /**
   * @param localBytes per device, bytes a second of its own memory: what is accessed there is added
   * @param addBytes adds messages of one size, so many a second, to the links between two devices
   */
  constructor(
    private readonly machine: Machine,
    private readonly localBytes: Float64Array,
    private readonly addBytes: (from: number, to: number, bytes: number, perSecond: number) => void,
  ) {
    this.bytes = new Float64Array(machine.devices.names.length)
  }

  /** Adds the misses of a compute step that is executed `rate` times a second. */
  addMisses(instance: number, device: number, misses: number, dirtyRatio: number, rate: number): Far {
    const { instances, fabric } = this.machine
    const share = instances.spec(instance).remoteShare
    const leases = instances.leases[instance]
    if (misses === 0 || share === 0 || leases.length === 0) return nothingFar
    const slabs = slabsOf(leases)
    let seconds = 0
    let pageShare = 0
    for (const lease of leases) {
      const route = fabric.routes.between(device, lease.device)
      if (route < 0) continue
      const isPaged = fabric.routes.list[route].paging
      const bytes = isPaged ? PAGE_BYTES : LINE_BYTES
      const perSecond = (rate * misses * share * lease.slabs) / slabs
      this.bytes[lease.device] += perSecond * bytes * (1 + dirtyRatio)
      this.addBytes(device, lease.device, LINE_BYTES, perSecond)
      this.addBytes(lease.device, device, bytes, perSecond)
      this.addBytes(device, lease.device, bytes, perSecond * dirtyRatio)
      if (isPaged) pageShare += lease.slabs / slabs
      else seconds += ((readPs(this.machine, route, lease.device, device) * lease.slabs) / slabs) * 1e-12
    }
    return { share, pageShare, seconds: pageShare < 1 ? seconds / (1 - pageShare) : 0 }
  }

  /** Adds a memory step that is executed `rate` times a second. Core seconds of one execution, its stalls included. */
  addAccess(step: MemoryStep, instance: number, device: number, rate: number): number {
    const { instances, copies } = this.machine
    const leases = instances.leases[instance]
    if (instances.far[instance] === 0 || leases.length === 0) return this.addNear(step, device, rate)
    if (step.access === 'write') for (const copy of copies.held[instance]) this.addTo(step, copy, device, rate)
    return this.addTo(step, leases, device, rate)
  }

  /** Bytes a second of a device's own memory: of a memory device its channels, which others use too. */
  addOwn(device: number, bytes: number): void {
    if (this.machine.memory.devices[device]) this.bytes[device] += bytes
    else this.localBytes[device] += bytes
  }

  private addNear(step: MemoryStep, device: number, rate: number): number {
    const lines = accessesOf(step, false)
    this.addOwn(device, rate * lines * LINE_BYTES)
    const width = this.width(device)
    const { local, memory } = this.machine
    const latency = (local.devices[device]?.latencyPs ?? memory.devices[device]?.nearPs ?? 0) * 1e-12
    return Math.ceil(lines / width) * latency
  }

  /** Accesses that are spread over the slabs of some leases. */
  private addTo(step: MemoryStep, leases: readonly Lease[], device: number, rate: number): number {
    const { routes } = this.machine.fabric
    const isWrite = step.access === 'write'
    const slabs = slabsOf(leases)
    let seconds = 0
    for (const lease of leases) {
      const route = lease.device < 0 ? -1 : routes.between(device, lease.device)
      if (route < 0) continue
      const { paging } = routes.list[route]
      const count = accessesOf(step, paging)
      const bytes = paging ? PAGE_BYTES : LINE_BYTES
      const perSecond = (rate * count * lease.slabs) / slabs
      this.bytes[lease.device] += perSecond * bytes
      this.addBytes(device, lease.device, isWrite ? bytes : LINE_BYTES, perSecond)
      this.addBytes(lease.device, device, isWrite ? 0 : bytes, perSecond)
      const each = paging
        ? count * this.machine.devices.pageFaultPs[device]
        : this.windowsPs(route, lease, device, count, isWrite)
      seconds += ((each * lease.slabs) / slabs) * 1e-12
    }
    return seconds
  }

  /** Windows of lines one after another, all of one device; ps. */
  private windowsPs(route: number, lease: Lease, device: number, lines: number, isWrite: boolean): number {
    const width = this.width(device)
    const rest = lines % width
    const window = (count: number): number =>
      count === 0 ? 0 : accessPs(this.machine, route, lease.device, device, count, isWrite)
    return Math.floor(lines / width) * window(width) + window(rest)
  }

  private width(device: number): number {
    return Math.max(1, this.machine.devices.parallelism[device])
  }
}
