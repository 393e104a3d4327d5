import * as EventKind from '../engine/event-kind'
import * as SegmentKind from '../hardware/segment-kind'
import * as Purpose from './purpose'
import * as Phase from './phase'
import * as Stage from './stage'
import { BatchState } from './batches'
import type { Calls } from './calls'
import { KernelPlaces, reasonOf } from './kernel-places'
import { homeOf, leadsTo, type Machine } from './machine'
import type { Offloads } from './offloads'
import { creditBatch, isLeaving } from './own-kernels'
import { HIDDEN, enter } from './phases'
import * as Wait from './wait'
import { noteWait, waitsSince } from './waits'
import type { KernelCode } from './kernel-code'

/**
 * Kernel steps. On a GPU: room in its memory, input there, one of its streams, output back; kernels of one step may
 * make a batch that is launched once. Or on a core of the device that the instance is on.
 */
export class Kernels {
  /** Batches that have got kernels during the present event. */
  private readonly touched: number[] = []
  private readonly gpuFor: KernelPlaces
  /** Told whenever a launch has ended on a device, and all that follows at once has happened. */
  launchEnded: (device: number) => void = () => undefined

  constructor(
    private readonly machine: Machine,
    private readonly calls: Calls,
    private readonly goOn: (token: number) => void,
    private readonly offloads: Offloads,
  ) {
    this.gpuFor = new KernelPlaces(machine, offloads.estimates)
  }

  /**
   * Sends a kernel to a GPU, or holds it until there is room in its memory.
   *
   * @returns false where all that could run it are known to be down or out of reach
   */
  leave(token: number, arg: number, runs: number, decided: number): boolean {
    const { tokens, program, gpus } = this.machine
    const code = program.kernels[arg]
    const from = tokens.device[token]
    const to = decided < 0 ? this.gpuFor.choose(from, code) : decided
    if (to < 0) return false
    if (from !== to && decided < 0)
      this.offloads.tell(token, code.name, to, reasonOf(code), `${gpus.kernels[to]} kernels`)
    tokens.runsLeft[token] = runs
    if (this.enterDevice(token, to, code)) this.send(token, code)
    return true
  }

  /** A kernel that was taken back goes on at the GPU where its instance is now, where the others come before one starts. */
  rejoin(token: number, arg: number): void {
    const { tokens, program, local } = this.machine
    const code = program.kernels[arg]
    const to = tokens.device[token]
    if (!this.enterDevice(token, to, code)) return
    local.reserve(to, code.inputBytes + code.outputBytes)
    this.gather(token, false)
  }

  /** Whether there is room for it; where there is none it waits. */
  private enterDevice(token: number, to: number, code: KernelCode): boolean {
    const { tokens, gpus, batches, queue, executions } = this.machine
    tokens.stage[token] = Stage.away
    tokens.device[token] = to
    gpus.kernels[to] += 1
    if (batches.heldHead[to] < 0 && this.fits(to, code)) return true
    tokens.next[token] = -1
    if (batches.heldHead[to] < 0) batches.heldHead[to] = token
    else tokens.next[batches.heldTail[to]] = token
    batches.heldTail[to] = token
    gpus.queue.add(to, 1, queue.clock[0])
    const instance = executions.instance[tokens.execution[token]]
    enter(this.machine, token, Phase.wait, SegmentKind.kernelQueue, to, instance)
    return false
  }

  private fits(device: number, code: KernelCode): boolean {
    return code.inputBytes + code.outputBytes <= this.machine.local.roomBytes(device)
  }

  /** Takes the memory for input and output, and sends the input. */
  private send(token: number, code: KernelCode): void {
    const { tokens, local, executions, gpus } = this.machine
    const to = tokens.device[token]
    const home = homeOf(this.machine, token)
    if (!leadsTo(this.machine, home, to)) {
      gpus.kernels[to] -= 1
      this.beginAgain(token)
      return
    }
    local.reserve(to, code.inputBytes + code.outputBytes)
    if (home === to) {
      this.arrive(token)
      return
    }
    this.waited(token)
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
    const brought = this.offloads.holdings.bring(to, executions.instance[tokens.execution[token]], token)
    this.calls.transfer(home, to, code.inputBytes + brought, Purpose.kernelIn, token)
  }

  /** The input is at the GPU. */
  arrive(token: number): void {
    const { tokens, executions } = this.machine
    const { holdings } = this.offloads
    const device = tokens.device[token]
    const waited = holdings.arrived(device, token)
    if (!holdings.waits(device, executions.instance[tokens.execution[token]], token)) this.gather(token, false)
    for (const other of waited) this.gather(other, false)
    this.dispatch(device)
  }

  /** Puts a kernel into the batch that takes it in, or into a new one; one that goes on does not wait for a window. */
  private gather(token: number, goesOn: boolean): void {
    const { tokens, program, batches, queue } = this.machine
    const device = tokens.device[token]
    const arg = program.arg[tokens.pc[token]]
    const code = program.kernels[arg]
    let batch = code.batchSize > 1 ? batches.acceptingAt(device, arg) : -1
    if (batch < 0) {
      batch = batches.open(device, arg)
      batches.bytes[batch] = code.sharedBytes
      if (code.batchSize > 1) batches.accept(device, arg, batch)
      if (code.batchSize > 1 && code.batchWindowPs > 0 && !goesOn)
        queue.schedule(queue.clock[0] + code.batchWindowPs, EventKind.batchDue, batch, batches.generation[batch], 0)
    }
    this.add(token, batch, code)
    const isFull = batches.count[batch] >= code.batchSize
    if (isFull && code.batchSize > 1) batches.accept(device, arg, -1)
    if (batches.state[batch] === BatchState.gathers && (isFull || goesOn || code.batchWindowPs === 0)) this.ready(batch)
  }

  private add(token: number, batch: number, code: KernelCode): void {
    const { tokens, batches } = this.machine
    tokens.next[token] = -1
    if (batches.head[batch] < 0) batches.head[batch] = token
    else tokens.next[batches.tail[batch]] = token
    batches.tail[batch] = token
    batches.count[batch] += 1
    batches.fresh[batch] += 1
    this.touched.push(batch)
    batches.flops[batch] += code.flops
    batches.bytes[batch] += code.bytes - code.sharedBytes
    this.show(token, batch)
  }

  /** A kernel that waited here waits no more, or for something else. */
  private waited(token: number): void {
    const { tokens, queue } = this.machine
    const kind = tokens.shown[token + 1]
    if (kind !== SegmentKind.kernelQueue && kind !== SegmentKind.kernelBatch) return
    noteWait(this.machine, token, Wait.stream, queue.clock[0] - waitsSince(this.machine, token))
  }

  private show(token: number, batch: number): void {
    const { tokens, batches, executions } = this.machine
    this.waited(token)
    const kind = batches.state[batch] === BatchState.gathers ? SegmentKind.kernelBatch : SegmentKind.kernelQueue
    const instance = executions.instance[tokens.execution[token]]
    enter(this.machine, token, Phase.wait, kind, batches.device[batch], instance)
  }

  /** A batch waits for no others any more, only for a stream; those who come meanwhile are still taken in. */
  private ready(batch: number): void {
    const { batches, gpus, tokens } = this.machine
    batches.state[batch] = BatchState.waits
    gpus.enqueue(batches.device[batch], batch)
    for (let token = batches.head[batch]; token >= 0; token = tokens.next[token]!) this.show(token, batch)
  }

  /** Event `batchDue`: the window of a batch is over. */
  due(batch: number, generation: number): void {
    const { batches } = this.machine
    if (batches.generation[batch] !== generation || batches.state[batch] !== BatchState.gathers) return
    this.ready(batch)
    this.dispatch(batches.device[batch])
  }

  /** Starts what waits on the idle streams of a device; kernels that do not start at once are in the queue. */
  dispatch(device: number): void {
    const { gpus, queue, batches, shadows } = this.machine
    const now = queue.clock[0]
    for (let batch = gpus.begin(device, now); batch >= 0; batch = gpus.begin(device, now)) this.start(batch)
    if (shadows.head[device] >= 0 && gpus.head[device] < 0 && gpus.busy[device] < gpus.devices[device]!.streams)
      shadows.turn(device, true)
    for (const batch of this.touched) {
      if (batches.fresh[batch] > 0) gpus.queue.add(device, batches.fresh[batch], now)
      batches.fresh[batch] = 0
    }
    this.touched.length = 0
  }

  private start(batch: number): void {
    const { batches, gpus, queue, tokens, shadows } = this.machine
    const now = queue.clock[0]
    const device = batches.device[batch]
    if (shadows.head[device] >= 0) shadows.turn(device, false)
    const kernel = batches.kernel[batch]
    batches.state[batch] = BatchState.runs
    if (batches.acceptingAt(device, kernel) === batch) batches.accept(device, kernel, -1)
    gpus.queue.add(device, batches.fresh[batch] - batches.count[batch], now)
    batches.fresh[batch] = 0
    const stream = gpus.streamOf(device, batch)
    for (let token = batches.head[batch]; token >= 0; token = tokens.next[token]!) {
      this.waited(token)
      enter(this.machine, token, Phase.compute, SegmentKind.kernel, device, stream)
    }
    const length = gpus.kernelPs(device, batches.flops[batch], batches.bytes[batch])
    batches.since[batch] = now
    batches.end[batch] = now + length
    queue.schedule(now + length, EventKind.kernelDone, batch, 0, 0)
  }

  /** Event `kernelDone`: kernels that run once more join the next batch before it can start, the others leave. */
  done(batch: number): void {
    const { batches, gpus, queue, tokens } = this.machine
    const now = queue.clock[0]
    const device = batches.device[batch]
    if (gpus.off[device] === 1) {
      batches.state[batch] = BatchState.held
      return
    }
    creditBatch(this.machine, batch, now)
    gpus.end(device, batch, batches.count[batch], now)
    let leaving = -1
    let last = -1
    for (let token = batches.head[batch], following = -1; token >= 0; token = following) {
      following = tokens.next[token]
      tokens.runsLeft[token] -= 1
      if (tokens.runsLeft[token] > 0 && !isLeaving(this.machine, token)) {
        this.gather(token, true)
        continue
      }
      tokens.next[token] = -1
      if (last < 0) leaving = token
      else tokens.next[last] = token
      last = token
    }
    batches.close(batch)
    this.dispatch(device)
    for (let token = leaving, following = -1; token >= 0; token = following) {
      following = tokens.next[token]
      if (tokens.runsLeft[token] > 0) this.takeBack(token, true)
      else this.finish(token)
    }
    this.launchEnded(device)
  }

  /** A kernel leaves its GPU before it has run to its end; the instance stands still, so that it is held back. */
  takeBack(token: number, holdsRoom: boolean): void {
    const { tokens, gpus } = this.machine
    const device = tokens.device[token]
    gpus.kernels[device] -= 1
    tokens.stage[token] = Stage.recalled
    if (holdsRoom) this.giveRoom(token, device)
    this.goOn(token)
  }

  /** The device is up again: what ran when it failed ends, and what waits starts. */
  resume(device: number): void {
    const { batches, gpus } = this.machine
    gpus.off[device] = 0
    for (const batch of gpus.running(device)) if (batches.state[batch] === BatchState.held) this.done(batch)
    this.dispatch(device)
  }

  /** The kernel has run: its output goes home. */
  private finish(token: number): void {
    const { tokens, gpus, program } = this.machine
    const device = tokens.device[token]
    const home = homeOf(this.machine, token)
    gpus.kernels[device] -= 1
    if (home === device) {
      this.home(token)
      this.goOn(token)
      return
    }
    if (!leadsTo(this.machine, device, home)) {
      this.giveRoom(token, device)
      this.beginAgain(token)
      return
    }
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
    const { outputBytes } = program.kernels[program.arg[tokens.pc[token]]]
    this.calls.transfer(device, home, outputBytes, Purpose.kernelBack, token)
  }

  /** Its instance has moved to where no way leads to the GPU or back: the kernel begins again from there. */
  private beginAgain(token: number): void {
    this.offloads.decider.giveUp(token)
    this.machine.tokens.stage[token] = Stage.again
    this.goOn(token)
  }

  /** The output is home: its memory is free for those who wait for room. */
  home(token: number): void {
    const { tokens } = this.machine
    const device = tokens.device[token]
    this.offloads.decider.end(token)
    tokens.stage[token] = Stage.back
    this.giveRoom(token, device)
  }

  private giveRoom(token: number, device: number): void {
    const { tokens, local, program } = this.machine
    const code = program.kernels[program.arg[tokens.pc[token]]]
    local.release(device, code.inputBytes + code.outputBytes)
    this.admit(device)
  }

  /** There may be room for those who wait for it. */
  admit(device: number): void {
    const { tokens, program, batches, gpus, queue } = this.machine
    for (;;) {
      const held = batches.heldHead[device]
      if (held < 0) return
      const waiting = program.kernels[program.arg[tokens.pc[held]]]
      if (!this.fits(device, waiting)) return
      batches.heldHead[device] = tokens.next[held]!
      if (batches.heldHead[device] < 0) batches.heldTail[device] = -1
      gpus.queue.add(device, -1, queue.clock[0])
      this.send(held, waiting)
    }
  }
}
