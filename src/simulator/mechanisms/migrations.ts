import * as EventKind from '../engine/event-kind'
import * as Purpose from '../services/purpose'
import * as Stage from '../services/stage'
import * as SegmentKind from '../hardware/segment-kind'
import { copyPlain, type Plain, type Saved } from '../engine/plain-state'
import type { Executor } from '../services/executor'
import { routeOf, type Machine } from '../services/machine'
import type { Tokens } from '../services/tokens'
import { KernelRecall } from '../services/kernel-recall'
import { fallAsleep } from './fall-asleep'
import { CHUNK_BYTES, lastPacketPs } from './idle-way'
import { blank, type MigrationSettings, type MigrationState, type Mover } from './migration-state'
import { AUTO, HANDSHAKE_BYTES, MoveEstimates, mechanismNamed } from './move-estimates'
import { hindranceTo, unsuited } from './move-refusals'

/** Who is told that an instance goes on elsewhere, and that its move is over. */
export interface MoveTold {
  resumed(instance: number): void
  ended(migration: number): void
}

/** Carries out moves of instances: their traffic, the stop, the hand-over. */
export class Migrations {
  list: MigrationState[] = []
  readonly estimates: MoveEstimates
  private readonly recall: KernelRecall
  /** Moves that wait for launches; follows from `list`. */
  private draining = 0

  constructor(
    private readonly machine: Machine,
    private readonly executor: Executor,
    settings: MigrationSettings,
    private readonly told: MoveTold,
  ) {
    this.recall = new KernelRecall(machine, executor.kernels)
    this.estimates = new MoveEstimates(machine, this.recall, settings)
    executor.kernels.launchEnded = (device) => {
      if (this.draining > 0) this.drain(device)
    }
  }

  /** Why an instance cannot move to a device in one way; null: it can. `auto`: in whatever way. */
  refusal(instance: number, to: number, mechanism: string): string | null {
    const hindrance = this.isMoving(instance)
      ? `${this.machine.instances.name(instance)} is moving already`
      : hindranceTo(this.machine, instance, to)
    return hindrance ?? (mechanism === AUTO ? null : unsuited(this.machine, instance, mechanismNamed(mechanism)))
  }

  isMoving(instance: number): boolean {
    return this.list.some((move) => move.instance === instance && move.outcome === 'running')
  }

  /** Where an instance goes while it moves; else its device. */
  targetOf(instance: number): number {
    const move = this.list.find((one) => one.instance === instance && one.outcome === 'running')
    return move?.to ?? this.machine.instances.device[instance]
  }

  /** The instance ends: its move does too, if there is one. What is on its way still arrives, for nobody. */
  abandon(instance: number): void {
    const { local } = this.machine
    for (const move of this.list) {
      if (move.instance !== instance || move.outcome !== 'running') continue
      this.cease(move, 'abandoned')
      local.release(Number.isNaN(move.resume) ? move.to : move.from, move.held)
      this.executor.far.absent.end(instance)
    }
  }

  /** A move sends no more, and waits for no launches. */
  private cease(move: MigrationState, outcome: string): void {
    move.outcome = outcome
    move.left = 0
    this.draining -= move.draining
    move.draining = 0
  }

  /** Moves towards a device that has failed end, and their instances go on where they are. */
  cutOff(device: number): void {
    const { local, instances } = this.machine
    this.list.forEach((move, index) => {
      if (move.to !== device || move.outcome !== 'running' || !Number.isNaN(move.resume)) return
      this.cease(move, 'aborted')
      local.release(device, move.held)
      const isStopped = !Number.isNaN(move.stop)
      if (isStopped) instances.stopped[move.instance] = 0
      this.told.ended(index)
      if (isStopped) this.executor.thaw(move.instance)
    })
  }

  /** The old host of an instance whose state is not all with it yet; -1: all of it is. */
  oldHostOf(instance: number): number {
    return this.machine.instances.absent[instance] === 1 ? this.executor.far.absent.source[instance] : -1
  }

  /** Begins a move that is not refused; returns its index. */
  begin(instance: number, to: number, mechanism: string): number {
    const { instances, local, queue } = this.machine
    const move = blank(instance, instances.device[instance], to, mechanism, queue.clock[0])
    this.list.push(move)
    move.held = instances.localBytes[instance]
    local.reserve(to, move.held)
    const wakingPs = this.machine.sleep.wake(to, queue.clock[0])
    if (wakingPs === 0) this.woken(this.list.length - 1)
    else queue.schedule(queue.clock[0] + wakingPs, EventKind.woken, this.list.length - 1, 0, 0)
    return this.list.length - 1
  }

  /** Event `woken`: the target of a move can be used. */
  woken(index: number): void {
    const move = this.list[index]
    if (move.outcome === 'running') mechanismNamed(move.mechanism).begin(move, this.mover(move))
  }

  /** Notes a move that was refused; returns its index. */
  refuse(instance: number, to: number, mechanism: string): number {
    const { instances, queue } = this.machine
    this.list.push({
      ...blank(instance, instances.device[instance], to, mechanism, queue.clock[0]),
      outcome: 'refused',
    })
    return this.list.length - 1
  }

  private mover(move: MigrationState): Mover {
    return {
      ...this.estimates.figures(move.instance, move.from, move.to),
      send: (bytes) => this.send(move, bytes),
      stop: () => this.stop(move),
      handOver: () => this.shakeHands(move, 1),
      pushBehind: (bytes) => this.pushBehind(move, bytes),
      coolCache: (bytes) => {
        this.machine.instances.writtenBack[move.instance] = this.machine.queue.clock[0]!
        this.executor.far.access.warmth.begin(move.instance, bytes)
      },
      complete: () => this.complete(move),
    }
  }

  private send(move: MigrationState, bytes: number): void {
    move.volume = bytes
    if (move.draining === 1) {
      if (this.recall.runsUntil(move.instance) < 0) this.drained(move)
      return
    }
    move.left = bytes
    move.roundStart = this.machine.queue.clock[0]!
    if (bytes > 0) this.nextChunk(this.list.indexOf(move))
    else this.roundDone(move)
  }

  /** Event `bulkNext`: the first port is ready for the next piece. */
  nextChunk(index: number): void {
    const move = this.list[index]
    if (move.left <= 0) return
    if (!Number.isNaN(move.resume)) {
      move.left = Math.min(move.left, this.executor.far.absent.left(move.instance))
      if (move.left <= 0) {
        if (move.inFlight === 0) this.roundDone(move)
        return
      }
    }
    const { fabric } = this.machine
    const route = routeOf(this.machine, move.from, move.to)
    const payload = Math.min(fabric.routes.list[route].payloadBytes, CHUNK_BYTES)
    const bytes = Math.min(move.left, Math.max(1, Math.floor(CHUNK_BYTES / payload)) * payload)
    move.left -= bytes
    if (!Number.isNaN(move.resume)) this.executor.far.absent.pushed[move.instance] += bytes
    move.inFlight += 1
    fabric.send(route, bytes, {
      purpose: Purpose.bulk,
      subject: index,
      request: index,
      operation: -1,
      shown: SegmentKind.bulkLink,
      atHead: false,
      bulk: true,
    })
  }

  /** A piece has arrived. */
  chunkArrived(index: number): void {
    const move = this.list[index]
    move.inFlight -= 1
    if (move.outcome !== 'running') return
    if (move.left <= 0 && move.inFlight === 0) this.roundDone(move)
  }

  private roundDone(move: MigrationState): void {
    const now = this.machine.queue.clock[0]
    move.bytes += move.volume
    move.detail.push({
      startPs: move.roundStart,
      endPs: now,
      bytes: move.volume,
      live: Number.isNaN(move.stop) || !Number.isNaN(move.resume),
    })
    const sending = Math.max(0, now - move.roundStart - lastPacketPs(this.machine, move.from, move.to, move.volume))
    mechanismNamed(move.mechanism).sent(move, this.mover(move), sending)
  }

  /** Stops the instance: its core work is interrupted, whatever comes for it waits. */
  private stop(move: MigrationState): void {
    const { instances, cores, tokens, executions, queue } = this.machine
    move.stop = queue.clock[0]!
    instances.stopped[move.instance] = 1
    if (this.isOnGpu(move.from)) {
      this.recall.recall(move.instance)
      move.draining = 1
      this.draining += 1
      return
    }
    const mine = (token: number): boolean =>
      executions.instance[tokens.execution[token]] === move.instance && !isElsewhere(tokens, token)
    for (let token = cores.head[move.from]; token >= 0;) {
      const following = cores.jobs.behind[token]
      if (mine(token)) this.holdBack(token, move.instance)
      token = following
    }
    const first = cores.first[move.from]
    const running = [...cores.owner.subarray(first, first + cores.count[move.from])]
    for (const token of running)
      if (token >= 0 && tokens.flushing[token] && mine(token)) this.holdBack(token, move.instance)
  }

  private isOnGpu(device: number): boolean {
    return this.machine.gpus.devices[device] !== null
  }

  /** A launch has ended on a GPU: instances that stand still there and run nothing more are sent on. */
  private drain(device: number): void {
    for (const move of this.list)
      if (move.draining === 1 && move.from === device && this.recall.runsUntil(move.instance) < 0) this.drained(move)
  }

  /** What was written while the last launches ran, and the input of kernels that wait, is to be sent as well. */
  private drained(move: MigrationState): void {
    const { dirtyBytesPerPs, writableBytes } = this.estimates.figures(move.instance, move.from, move.to)
    const written = Math.round(dirtyBytesPerPs * (this.machine.queue.clock[0] - move.stop))
    const state = Math.max(move.volume, Math.min(writableBytes, move.volume + written))
    move.draining = 0
    this.draining -= 1
    this.send(move, state + this.recall.inputBytes(move.instance))
  }

  private holdBack(token: number, instance: number): void {
    this.executor.cores.interrupt(token)
    this.executor.freeze(token, instance)
  }

  private shakeHands(move: MigrationState, direction: number): void {
    const [from, to] = direction === 1 ? [move.from, move.to] : [move.to, move.from]
    move.handshake = direction
    const subject = this.list.indexOf(move)
    const cargo = {
      purpose: Purpose.handshake,
      subject,
      request: subject,
      operation: -1,
      shown: SegmentKind.bulkLink,
      atHead: false,
      bulk: false,
    }
    this.machine.fabric.send(routeOf(this.machine, from, to), HANDSHAKE_BYTES, cargo)
  }

  /** A handshake has arrived: the answer, then the instance goes on at the target. */
  handshakeArrived(index: number): void {
    const move = this.list[index]
    if (move.outcome !== 'running') return
    if (move.handshake === 1) this.shakeHands(move, 2)
    else this.resume(move)
  }

  private resume(move: MigrationState): void {
    const { instances, queue } = this.machine
    move.resume = queue.clock[0]!
    instances.movedFrom[move.instance] = move.from
    instances.device[move.instance] = move.to
    instances.stopped[move.instance] = 0
    instances.writtenBack[move.instance] += move.resume - move.stop
    this.rescale(move)
    mechanismNamed(move.mechanism).resumed(move, this.mover(move))
    this.executor.thaw(move.instance)
    this.told.resumed(move.instance)
  }

  /** The state is still on the old host. */
  private pushBehind(move: MigrationState, bytes: number): void {
    this.executor.far.absent.begin(move.instance, move.from, bytes)
    this.send(move, bytes)
  }

  private complete(move: MigrationState): void {
    const { local, queue } = this.machine
    move.end = queue.clock[0]!
    move.outcome = 'completed'
    local.release(move.from, move.held)
    this.executor.far.absent.end(move.instance)
    fallAsleep(this.machine, this.list)
    this.told.ended(this.list.indexOf(move))
  }

  /** Interrupted work was counted in the old device's time and clock. */
  private rescale(move: MigrationState): void {
    const { instances, tokens, cores } = this.machine
    const ratio = cores.speed[move.from] / cores.speed[move.to]
    const cpi = cores.cpi[move.to] / cores.cpi[move.from]
    if (this.isOnGpu(move.from) || (ratio === 1 && cpi === 1)) return
    for (let token = instances.frozenHead[move.instance]; token >= 0; token = tokens.next[token]!) {
      tokens.time[token] = Math.floor(tokens.time[token] * ratio + 0.5)
      tokens.cycles[token] *= cpi
    }
  }

  save(): Saved {
    return { list: copyPlain(this.list as unknown as Plain) }
  }

  restore(saved: Saved): void {
    this.list = copyPlain(saved['list']) as unknown as MigrationState[]
    this.draining = this.list.reduce((sum, move) => sum + move.draining, 0)
  }
}

/** An offloaded step, or a message on a NIC that does RPC work for others: neither stops with the instance. */
function isElsewhere(tokens: Tokens, token: number): boolean {
  return tokens.stage[token] === Stage.away || tokens.via[token] > 0
}
