import { roundHalfUp } from '../../units/time'
import { capture, reinstate, type Saved } from '../engine/plain-state'

const FIELDS = ['free', 'worked', 'served', 'waited'] as const

/** What a fixed-function engine does. */
export type EngineWork = 'serialization' | 'compression' | 'crypto'

export interface EngineSpec {
  readonly work: EngineWork
  readonly bandwidthGBps: number
}

/** The fixed-function engines of NIC devices: each works off bytes at its rate, first come first served. */
export class Engines {
  /** First engine of a device, and their number at the end. */
  readonly first: Int32Array
  private readonly specs: readonly EngineSpec[]
  /** When each engine has done what it has taken on, ps. */
  free: Float64Array
  /** Work taken on per engine, ps. */
  worked: Float64Array
  /** Jobs taken per device, and the time that they have waited, ps. */
  served: Float64Array
  waited: Float64Array

  /** @param devices one list per device of the rack */
  constructor(devices: readonly (readonly EngineSpec[])[]) {
    this.first = new Int32Array(devices.length + 1)
    devices.forEach((engines, i) => (this.first[i + 1] = this.first[i] + engines.length))
    this.specs = devices.flat()
    this.free = new Float64Array(this.specs.length)
    this.worked = new Float64Array(this.specs.length)
    this.served = new Float64Array(devices.length)
    this.waited = new Float64Array(devices.length)
  }

  /** The engine for some work of a device that is free first, as its number there; -1: none is for that work. */
  pick(device: number, work: EngineWork): number {
    let best = -1
    for (let engine = this.first[device]; engine < this.first[device + 1]; engine += 1)
      if (this.specs[engine].work === work && (best < 0 || this.free[engine] < this.free[best])) best = engine
    return best < 0 ? -1 : best - this.first[device]
  }

  /** How long an engine works on `bytes` bytes, ps. */
  workPs(device: number, engine: number, bytes: number): number {
    return roundHalfUp((bytes * 1000) / this.specs[this.first[device] + engine].bandwidthGBps)
  }

  /** Gives an engine `bytes` bytes; returns when they are done, ps. */
  take(device: number, engine: number, bytes: number, now: number): number {
    const at = this.first[device] + engine
    const work = this.workPs(device, engine, bytes)
    const start = Math.max(now, this.free[at])
    this.waited[device] += start - now
    this.free[at] = start + work
    this.worked[at] += work
    this.served[device] += 1
    return start + work
  }

  /** Time that the engines of a device have worked until `now`, all together, ps. */
  workedUntil(device: number, now: number): number {
    let sum = 0
    for (let engine = this.first[device]; engine < this.first[device + 1]; engine += 1)
      sum += this.worked[engine] - Math.max(0, this.free[engine] - now)
    return sum
  }

  /** How many of a device's engines have work at `now`. */
  busyAt(device: number, now: number): number {
    let busy = 0
    for (let engine = this.first[device]; engine < this.first[device + 1]; engine += 1)
      if (this.free[engine] > now) busy += 1
    return busy
  }

  /** How many a device has. */
  count(device: number): number {
    return this.first[device + 1] - this.first[device]
  }

  save(): Saved {
    return capture(this, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
  }
}
