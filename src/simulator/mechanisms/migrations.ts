import * as EventKind from '../engine/event-kind'
import * as Purpose from '../services/purpose'
import * as Stage from '../services/stage'
import * as SegmentKind from '../hardware/segment-kind'
import { copyPlain, type Plain, type Saved } from '../engine/plain-state'
import type { Executor } from '../services/executor'
import { routeOf, type Machine } from '../services/machine'
import type { Tokens } from '../services/tokens'
import { fallAsleep } from './fall-asleep'
import { CHUNK_BYTES, lastPacketPs, payloadRate, wayPs } from './idle-way'
import { mechanisms } from './index'
import { blank, type Mechanism, type MigrationSettings, type MigrationState } from './migration-state'
import type { Mover, MoverFigures } from './migration-state'
import { hindranceTo, stateBytesOf, unsuited } from './move-refusals'

/** Chooses the mechanism by what it is expected to cost. */
export const AUTO = 'auto'

/** Uncontended, ps. */
export interface MoveEstimate {
  readonly total: number
  readonly downtime: number
}

const HANDSHAKE_BYTES = 64

/** Who is told that an instance goes on elsewhere, and that its move is over. */
export interface MoveTold {
  resumed(instance: number): void
  ended(migration: number): void
}

/** Carries out moves of instances: their traffic, the stop, the hand-over. */
export class Migrations {
  list: MigrationState[] = []

  constructor(
    private readonly machine: Machine,
    private readonly executor: Executor,
    private readonly settings: MigrationSettings,
    private readonly told: MoveTold,
  ) {}

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
      move.outcome = 'abandoned'
      move.left = 0
      local.used[Number.isNaN(move.resume) ? move.to : move.from] -= move.held
      this.executor.far.absent.end(instance)
    }
  }

  /** Moves towards a device that has failed end, and their instances go on where they are. */
  cutOff(device: number): void {
    const { local, instances } = this.machine
    this.list.forEach((move, index) => {
      if (move.to !== device || move.outcome !== 'running' || !Number.isNaN(move.resume)) return
      move.outcome = 'aborted'
      move.left = 0
      local.used[device] -= move.held
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
    local.used[to] += move.held
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

  /** Uncontended total and downtime of a move, ps. */
  estimate(instance: number, to: number, mechanism: string): MoveEstimate {
    const { instances, sleep, queue } = this.machine
    const figures = this.figures(instance, instances.device[instance], to)
    const { total, downtime } = mechanismNamed(mechanism).estimate(figures)
    return { total: total + sleep.wakingPs(to, queue.clock[0]), downtime }
  }

  /** As `estimate`, with the mechanism chosen for `auto`. */
  estimateBy(instance: number, to: number, asked: string): MoveEstimate {
    return this.estimate(instance, to, asked === AUTO ? this.quickest(instance, to) : asked)
  }

  /** The way with the shortest downtime of those that can move an instance, then with the shortest total, then the first. */
  quickest(instance: number, to: number): string {
    let best = ''
    let least: MoveEstimate = { total: Infinity, downtime: Infinity }
    for (const { name } of mechanisms) {
      if (unsuited(this.machine, instance, mechanismNamed(name)) !== null) continue
      const estimate = this.estimate(instance, to, name)
      const less = estimate.downtime - least.downtime || estimate.total - least.total
      if (best !== '' && !(less < 0)) continue
      best = name
      least = estimate
    }
    return best
  }

  private figures(instance: number, from: number, to: number): MoverFigures {
    const { instances, queue } = this.machine
    const spec = instances.spec(instance)
    const stateBytes = stateBytesOf(this.machine, instance)
    const dirtyBytesPerPs = spec.dirtyBytesPerSecond / 1e12
    const writableBytes = Math.min(stateBytes, spec.writableBytes)
    const dirtied = Math.round(dirtyBytesPerPs * (queue.clock[0] - instances.writtenBack[instance]))
    return {
      settings: this.settings,
      rate: payloadRate(this.machine, from, to),
      lastPacketPs: lastPacketPs(this.machine, from, to, CHUNK_BYTES),
      handshakePs: wayPs(this.machine, from, to, HANDSHAKE_BYTES) + wayPs(this.machine, to, from, HANDSHAKE_BYTES),
      stateBytes,
      contextBytes: spec.contextBytes,
      dirtyCachedBytes: Math.floor(Math.min(writableBytes, instances.localBytes[instance], dirtied)),
      dirtyBytesPerPs,
      writableBytes,
    }
  }

  private mover(move: MigrationState): Mover {
    return {
      ...this.figures(move.instance, move.from, move.to),
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
    const mine = (token: number): boolean =>
      executions.instance[tokens.execution[token]] === move.instance && !isElsewhere(tokens, token)
    for (let token = cores.head[move.from]; token >= 0;) {
      const following = cores.next[token]
      if (mine(token)) this.holdBack(token, move.instance)
      token = following
    }
    const first = cores.first[move.from]
    const running = [...cores.owner.subarray(first, first + cores.count[move.from])]
    for (const token of running)
      if (token >= 0 && tokens.flushing[token] && mine(token)) this.holdBack(token, move.instance)
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
    local.used[move.from] -= move.held
    this.executor.far.absent.end(move.instance)
    fallAsleep(this.machine, this.list)
    this.told.ended(this.list.indexOf(move))
  }

  /** Interrupted work was counted in the old device's time and clock. */
  private rescale(move: MigrationState): void {
    const { instances, tokens, cores } = this.machine
    const ratio = cores.speed[move.from] / cores.speed[move.to]
    const cpi = cores.cpi[move.to] / cores.cpi[move.from]
    if (ratio === 1 && cpi === 1) return
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
  }
}

function mechanismNamed(name: string): Mechanism {
  const found = mechanisms.find((mechanism) => mechanism.name === name)
  if (!found) throw new RangeError(`no migration mechanism "${name}"`)
  return found
}

/** An offloaded step, or a message on a NIC that does RPC work for others: neither stops with the instance. */
function isElsewhere(tokens: Tokens, token: number): boolean {
  return tokens.stage[token] === Stage.away || tokens.via[token] > 0
}
