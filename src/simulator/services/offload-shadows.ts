import type { EventQueue } from '../engine/event-queue'
import type { Saved } from '../engine/plain-state'
import type { Cores } from '../hardware/cores'
import type { Engines } from '../hardware/engines'
import type { Gpus } from '../hardware/gpu'
import { Records } from '../engine/records'
import { OpenChoices } from './open-choices'

/** How the server of a shadow is found: its cores, streams or engine. */
export const ShadowServer = { cores: 0, streams: 1, engine: 2 } as const

/**
 * What the places that a step was not sent to would have taken: a shadow of the step goes there, waits behind all who are
 * there when it comes, and starts when a server would have been its own. It takes no server from anybody. First come
 * first served; where a device shares its cores by time slices the shadow counts as starting with its first turn.
 */
export class OffloadShadows extends Records {
  /** The decision it belongs to and which life of that handle. */
  choice = this.int()
  life = this.int()
  device = this.int()
  server = this.int()
  engine = this.int()
  /** Its work, and the way of its output home, ps. */
  runPs = this.real()
  outPs = this.real()
  /** It starts when so many have started on its device. */
  target = this.real()
  next = this.int()
  /** Of each device: shadows that wait, first in first out; and how many have started since the first of them came. */
  head: Int32Array
  tail: Int32Array
  started: Float64Array

  /** The decisions that they belong to. */
  readonly open = new OpenChoices()

  constructor(
    private readonly queue: EventQueue,
    private readonly cores: Cores,
    private readonly gpus: Gpus,
    private readonly engines: Engines,
  ) {
    super(8)
    const devices = cores.count.length
    this.head = new Int32Array(devices).fill(-1)
    this.tail = new Int32Array(devices).fill(-1)
    this.started = new Float64Array(devices)
  }

  /** One more that is on its way. */
  send(choice: number, device: number, server: number, engine: number, runPs: number, outPs: number): number {
    const slot = this.take()
    this.choice[slot] = choice
    this.life[slot] = this.open.life[choice]!
    this.device[slot] = device
    this.server[slot] = server
    this.engine[slot] = engine
    this.runPs[slot] = runPs
    this.outPs[slot] = outPs
    this.target[slot] = 0
    this.next[slot] = -1
    return slot
  }

  /** Event `shadow`: it has come to its place, and starts or waits. */
  arrive(shadow: number): void {
    const { cores, gpus, engines } = this
    const now = this.queue.clock[0]
    const device = this.device[shadow]
    if (this.server[shadow] === ShadowServer.engine) {
      this.start(shadow, Math.max(now, engines.free[engines.first[device] + this.engine[shadow]]))
      return
    }
    const isCore = this.server[shadow] === ShadowServer.cores
    const free = isCore
      ? cores.waiting[device] === 0 && cores.busy[device] < cores.count[device]
      : gpus.head[device] < 0 && gpus.busy[device] < gpus.devices[device]!.streams
    if (free) this.start(shadow, now)
    else this.enqueue(shadow, 1 + (isCore ? cores.waiting[device] : this.batchesWaiting(device)))
  }

  /** Batches that wait for a stream of a GPU. */
  private batchesWaiting(device: number): number {
    let waiting = 0
    for (let batch = this.gpus.head[device]; batch >= 0; batch = this.gpus.next[batch]!) waiting += 1
    return waiting
  }

  /** It waits until so many more have started. */
  private enqueue(slot: number, ahead: number): void {
    const device = this.device[slot]
    if (this.head[device] < 0) {
      this.started[device] = 0
      this.head[device] = slot
    } else this.next[this.tail[device]] = slot
    this.tail[device] = slot
    this.target[slot] = this.started[device] + ahead
  }

  /** On a device with waiting shadows a job has started, or a server stands idle. */
  turn(device: number, idle: boolean): void {
    if (!idle) this.started[device] += 1
    for (let slot = this.head[device]; slot >= 0; slot = this.head[device]) {
      if (!idle && this.target[slot] > this.started[device]) return
      this.head[device] = this.next[slot]!
      if (this.head[device] < 0) this.tail[device] = -1
      this.start(slot, this.queue.clock[0])
    }
  }

  private start(slot: number, at: number): void {
    const { open } = this
    const choice = this.choice[slot]
    if (open.life[choice] === this.life[slot])
      open.other(choice, this.device[slot], at + this.runPs[slot] + this.outPs[slot] - open.since[choice])
    this.pool.release(slot)
  }

  override save(): Saved {
    return {
      ...super.save(),
      head: this.head.slice(),
      tail: this.tail.slice(),
      started: this.started.slice(),
      open: this.open.save(),
    }
  }

  override restore(saved: Saved): void {
    super.restore(saved)
    this.head = (saved['head'] as Int32Array).slice()
    this.tail = (saved['tail'] as Int32Array).slice()
    this.started = (saved['started'] as Float64Array).slice()
    this.open.restore(saved['open'] as Saved)
  }
}
