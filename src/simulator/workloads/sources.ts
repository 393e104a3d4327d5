import * as EventKind from '../engine/event-kind'
import { PS_PER_MS, roundHalfUp } from '../../units/time'
import { compileDistribution, type Sampler } from '../engine/distributions'
import type { EventQueue } from '../engine/event-queue'
import type { Plain, Saved } from '../engine/plain-state'
import type { Health } from '../hardware/health'
import type { RandomStreams } from '../engine/random'
import type { ArrivalProcess, ArrivalsSpec } from './arrival-process'
import { arrivalProcess } from './index'

export interface SourceSpec {
  readonly stream: string
  readonly operation: number
  /** NIC devices that take its requests in turn; none: no NIC. */
  readonly nics: readonly number[]
  readonly requestBytes: number
  readonly responseBytes: number
  readonly arrivals: ArrivalsSpec
}

/** One request that is due. */
export interface Due {
  readonly source: number
  readonly operation: number
  /** Number for the random draws: independent of the order in which users ask. */
  readonly request: number
  readonly nic: number
  readonly requestBytes: number
  readonly responseBytes: number
  readonly user: number
}

/** Users who ask more often at one instant, and more than so often each, will not stop. */
const MOST_AT_ONCE = 100_000
const MOST_EACH_AT_ONCE = 10

/** Who asks, and when. */
export class Sources {
  private readonly processes: readonly (ArrivalProcess | null)[]
  private readonly think: readonly (Sampler | null)[]
  /** Requests so far per source; think times so far per user of a closed one. */
  private issued: number[]
  private cycles: Int32Array[]
  private turn: number[]
  /** Per closed source: how often its users have asked at this very instant, ps. Only to notice what would never end. */
  private readonly atOnce: { now: number; count: number }[]

  constructor(
    readonly specs: readonly SourceSpec[],
    private readonly streams: RandomStreams,
    private readonly queue: EventQueue,
    untilPs: number,
    private readonly health: Health,
  ) {
    this.processes = specs.map((spec) => arrivalProcess(spec.arrivals, streams, spec.stream, untilPs))
    this.think = specs.map((spec) =>
      spec.arrivals.process === 'closed' ? compileDistribution(spec.arrivals.thinkTimeNs) : null,
    )
    this.issued = specs.map(() => 0)
    this.turn = specs.map(() => -1)
    this.atOnce = specs.map(() => ({ now: -1, count: 0 }))
    this.cycles = specs.map((spec) => new Int32Array(spec.arrivals.process === 'closed' ? spec.arrivals.users : 0))
  }

  /** Schedules the first request of each source; users of closed sources think first. */
  start(): void {
    this.specs.forEach((spec, source) => {
      if (spec.arrivals.process !== 'closed') this.scheduleNext(source)
      else for (let user = 0; user < spec.arrivals.users; user += 1) this.thinks(source, user)
    })
  }

  private scheduleNext(source: number): void {
    const time = this.processes[source]!.next()
    if (time < Infinity) this.queue.schedule(time, EventKind.arrival, source, 0, 0)
  }

  /** A user thinks before asking (again). */
  thinks(source: number, user: number): void {
    const spec = this.specs[source]
    const request = this.requestOf(source, user)
    const key = this.streams.key(`source:${spec.stream}`)
    const ns = this.think[source]!.sample(this.streams, key, request, 0, 0)
    this.queue.schedule(this.queue.clock[0] + roundHalfUp(ns * 1000), EventKind.userReady, source, user, 0)
  }

  private requestOf(source: number, user: number): number {
    const users = this.cycles[source]
    return user + users[user] * users.length
  }

  /** Event `arrival`: the request that is due; the next one is scheduled. */
  arrival(source: number): Due {
    this.scheduleNext(source)
    return this.due(source, this.issued[source], -1)
  }

  /** Event `userReady`. */
  userReady(source: number, user: number): Due {
    const request = this.requestOf(source, user)
    this.cycles[source][user] += 1
    this.expectTimeToPass(source)
    return this.due(source, request, user)
  }

  /** @throws Error where users ask on and on at one instant, since neither thinking nor the answer takes time */
  private expectTimeToPass(source: number): void {
    const asked = this.atOnce[source]
    const now = this.queue.clock[0]
    asked.count = asked.now === now ? asked.count + 1 : 0
    asked.now = now
    if (asked.count < MOST_AT_ONCE + MOST_EACH_AT_ONCE * this.cycles[source].length) return
    const when = `at ${(now / PS_PER_MS).toFixed(3)} ms`
    const who = `the users of source "${this.specs[source].stream}"`
    throw new Error(`${when}: ${who} ask without end, as neither their thinking nor the answer takes time`)
  }

  private due(source: number, request: number, user: number): Due {
    const { operation, nics, requestBytes, responseBytes } = this.specs[source]
    this.issued[source] += 1
    const nic = nics.length > 0 ? this.nextNic(source, nics) : -1
    return { source, operation, request, nic, requestBytes, responseBytes, user }
  }

  /** Its NICs in turn, those left out that are down; where all are, the next one all the same. */
  private nextNic(source: number, nics: readonly number[]): number {
    for (let tries = 0; tries < nics.length; tries += 1) {
      this.turn[source] = (this.turn[source] + 1) % nics.length
      if (this.health.down[nics[this.turn[source]]] === 0) break
    }
    return nics[this.turn[source]]
  }

  save(): Saved {
    return {
      processes: this.processes.map((process): Plain => process?.save() ?? null),
      issued: this.issued.slice(),
      turn: this.turn.slice(),
      cycles: this.cycles.map((column) => column.slice()),
    }
  }

  restore(saved: Saved): void {
    this.processes.forEach((process, i) => process?.restore((saved['processes'] as readonly Saved[])[i]))
    this.issued = (saved['issued'] as readonly number[]).slice()
    this.turn = (saved['turn'] as readonly number[]).slice()
    this.cycles = (saved['cycles'] as readonly Int32Array[]).map((column) => column.slice())
  }
}
