import { capture, reinstate, type Saved } from '../engine/plain-state'
import { TimeWeighted } from '../statistics/time-weighted'

const FIELDS = [
  'owner',
  'busy',
  'head',
  'tail',
  'waiting',
  'waited',
  'served',
  'slow',
  'room',
  'last',
  'lastLife',
] as const

/** What the cores keep of jobs, by handle: who waits behind each in its run queue (-1: nobody), and since when it waits there, ps. */
export interface Jobs {
  readonly behind: Int32Array
  readonly joined: Float64Array
}

/** What a device's cores are; 0 cores where it has none. */
export interface CoreSpec {
  readonly cores: number
  readonly frequencyGHz: number
  readonly baseCpi: number
  readonly speed: number
  /** Infinity: run to completion. */
  readonly quantumPs: number
  readonly switchPs: number
}

/**
 * The cores of every device, with one run queue first come first served. Jobs are integer handles ("tokens") of the
 * services; a job waits in its device's one run queue or holds one core.
 */
export class Cores {
  readonly count: Int32Array
  readonly frequency: Float64Array
  readonly cpi: Float64Array
  readonly speed: Float64Array
  /** First core of a device in `owner`. */
  readonly first: Int32Array
  /** Job on each core; -1: idle. */
  owner: Int32Array
  busy: Int32Array
  head: Int32Array
  tail: Int32Array
  waiting: Int32Array
  /** The time that those who left the run queue have waited, ps, per device. */
  waited: Float64Array
  /** Core visits finished. */
  served: Float64Array
  /** How many times slower the device works now; 1 is normal. */
  slow: Float64Array
  /** Cores that work: all, or none while the device is down. */
  room: Int32Array
  /** Longest run before others who wait take their turn; Infinity: none. Cost of a switch between jobs. */
  readonly quantumPs: Float64Array
  readonly switchPs: Float64Array
  /** 1 where there is a quantum or a switch cost. */
  readonly sliced: Uint8Array
  /** Job that each core ran last, and which life of its handle it was; -1: none. Kept where a device is sliced. */
  last: Int32Array
  lastLife: Int32Array
  readonly busyCores: TimeWeighted
  readonly queue: TimeWeighted

  constructor(
    specs: readonly CoreSpec[],
    readonly jobs: Jobs,
  ) {
    const n = specs.length
    this.count = Int32Array.from(specs, (spec) => spec.cores)
    this.frequency = Float64Array.from(specs, (spec) => spec.frequencyGHz)
    this.cpi = Float64Array.from(specs, (spec) => spec.baseCpi)
    this.speed = Float64Array.from(specs, (spec) => spec.speed)
    this.first = new Int32Array(n)
    for (let d = 1; d < n; d += 1) this.first[d] = this.first[d - 1] + this.count[d - 1]
    this.owner = new Int32Array(n === 0 ? 0 : this.first[n - 1] + this.count[n - 1]).fill(-1)
    this.quantumPs = Float64Array.from(specs, (spec) => spec.quantumPs)
    this.switchPs = Float64Array.from(specs, (spec) => spec.switchPs)
    this.sliced = Uint8Array.from(specs, (spec) => (spec.quantumPs < Infinity || spec.switchPs > 0 ? 1 : 0))
    this.last = this.owner.slice()
    this.lastLife = this.owner.slice()
    this.busy = new Int32Array(n)
    this.head = new Int32Array(n).fill(-1)
    this.tail = new Int32Array(n).fill(-1)
    this.waiting = new Int32Array(n)
    this.served = new Float64Array(n)
    this.waited = new Float64Array(n)
    this.slow = new Float64Array(n).fill(1)
    this.room = this.count.slice()
    this.busyCores = new TimeWeighted(n)
    this.queue = new TimeWeighted(n)
  }

  /** Takes the lowest idle core; -1 when all are busy. */
  take(device: number, job: number, now: number): number {
    if (this.busy[device] >= this.room[device]) return -1
    let core = this.first[device]
    while (this.owner[core] >= 0) core += 1
    this.occupy(device, core - this.first[device], job, now)
    return core - this.first[device]
  }

  /** Gives an idle core to a job. */
  occupy(device: number, core: number, job: number, now: number): void {
    this.owner[this.first[device] + core] = job
    this.busy[device] += 1
    this.busyCores.add(device, 1, now)
  }

  /** Takes a core back. The caller then asks `nextWaiting`. */
  vacate(device: number, core: number, now: number): void {
    this.owner[this.first[device] + core] = -1
    this.busy[device] -= 1
    this.busyCores.add(device, -1, now)
  }

  enqueue(device: number, job: number, now: number): void {
    const { behind, joined } = this.jobs
    behind[job] = -1
    joined[job] = now
    if (this.head[device] < 0) this.head[device] = job
    else behind[this.tail[device]] = job
    this.tail[device] = job
    this.waiting[device] += 1
    this.queue.add(device, 1, now)
  }

  /** Takes the first waiting job off the run queue; -1: none waits. */
  nextWaiting(device: number, now: number): number {
    const job = this.head[device]
    if (job < 0) return -1
    this.head[device] = this.jobs.behind[job]!
    if (this.head[device] < 0) this.tail[device] = -1
    this.left(device, job, now)
    return job
  }

  private left(device: number, job: number, now: number): void {
    this.waiting[device] -= 1
    this.waited[device] += now - this.jobs.joined[job]
    this.queue.add(device, -1, now)
  }

  /** Takes one job out of the middle of a run queue; says whether it was there. */
  remove(device: number, job: number, now: number): boolean {
    const { behind } = this.jobs
    let before = -1
    for (let at = this.head[device]; at >= 0; at = behind[at]!) {
      if (at === job) {
        const following = behind[at]
        if (before < 0) this.head[device] = following
        else behind[before] = following
        if (following < 0) this.tail[device] = before
        this.left(device, job, now)
        return true
      }
      before = at
    }
    return false
  }

  save(): Saved {
    return {
      ...capture(this, FIELDS),
      busyCores: this.busyCores.save(),
      queue: this.queue.save(),
    }
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
    this.busyCores.restore(saved['busyCores'] as Float64Array)
    this.queue.restore(saved['queue'] as Float64Array)
  }
}
