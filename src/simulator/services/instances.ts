import type { MissCurve } from '../hardware/cache-sharing'
import type { Lease } from '../hardware/slabs'
import type { LocalitySpec } from './locality'
import { LeastTree } from './least-tree'
import * as State from './instance-state'
import { capture, reinstate, type Plain, type Saved } from '../engine/plain-state'

const FIELDS = [
  'device',
  'held',
  'waiting',
  'assigned',
  'head',
  'tail',
  'stopped',
  'frozenHead',
  'frozenTail',
  'missCarry',
  'missFactor',
  'missDemand',
  'dirtyCarry',
  'remoteCarry',
  'pages',
  'writeBacks',
  'localBytes',
  'footprint',
  'farNeed',
  'warmShare',
  'again',
  'far',
  'remoteShare',
  'nearShare',
  'cold',
  'absent',
  'writtenBack',
  'busyPs',
  'unassignedPs',
  'leases',
  'workers',
  'turn',
  'movedFrom',
  'state',
  'epoch',
  'alert',
  'rests',
  'lobbyHead',
  'lobbyTail',
  'lobbyCount',
  'credit',
] as const

/** A service as the machine is built; bytes and ps. */
export interface ServiceSpec {
  readonly id: string
  /** At the start. */
  readonly replicas: number
  /** The most there may be at once: so many have a place in the tables. */
  readonly slots: number
  /** Whether their number may change while the run goes on. */
  readonly isElastic: boolean
  /** From device and memory to taking requests, where it starts while the run goes on; ps. */
  readonly coldStartPs: number
  /** Infinity: unlimited. */
  readonly threads: number
  readonly queueLimit: number
  /** Sheds what comes while the first in line has waited for longer, ps; Infinity: never. */
  readonly shedAfterPs: number
  readonly dispatch: 'shared' | 'round-robin' | 'bound'
  /** Device kinds that can run it. */
  readonly runsOn: readonly string[]
  readonly footprintBytes: number
  readonly localShare: number
  /** Chance that a miss is remote, with that share local; and what it follows from. */
  readonly remoteShare: number
  readonly locality: LocalitySpec
  /** What a migration copies, bytes; -1: local bytes. */
  readonly stateBytes: number
  /** Registers, sockets and the like: what goes with it in any case, bytes. */
  readonly contextBytes: number
  readonly dirtyBytesPerSecond: number
  /** Infinity: all of it. */
  readonly writableBytes: number
  readonly pinned: boolean
  /** What a device must hold before a step runs there that was offloaded to it: once a service, once an instance. */
  readonly codeBytes: number
  readonly offloadStateBytes: number
  /** How its misses depend on cache; null: they do not. */
  readonly cache: MissCurve | null
}

/** The run queues of an instance whose workers have one each. */
export interface Workers {
  /** Execution in work per worker; -1: idle. */
  readonly busy: Int32Array
  readonly head: Int32Array
  readonly tail: Int32Array
}

/** The instances of all services, in order of the document. */
export class Instances {
  readonly service: Int32Array
  /** First instance of each service. */
  readonly first: Int32Array
  /** Device; -1: not placed. */
  device: Int32Array
  /** Executions that hold a worker; that wait for one; that are on their way, held or waiting. */
  held: Int32Array
  waiting: Int32Array
  assigned: Int32Array
  head: Int32Array
  tail: Int32Array
  /** Stopped for a migration. */
  stopped: Uint8Array
  /** Tokens that wait for the end of the stop, linked by Tokens.next. */
  frozenHead: Int32Array
  frozenTail: Int32Array
  /** Fractions of misses, of write-backs and of remote misses carried over. */
  missCarry: Float64Array
  dirtyCarry: Float64Array
  /** What cache shared with others does to its misses; its misses without that since shares were found last. */
  missFactor: Float64Array
  missDemand: Float64Array
  remoteCarry: Float64Array
  /** Since the start: remote misses that were pages; lines or pages written back. */
  pages: Float64Array
  writeBacks: Float64Array
  localBytes: Float64Array
  /** Per service: bytes that an instance needs now. Per instance: those of them in pools; `remoteShare` once it is warm. */
  footprint: Float64Array
  farNeed: Float64Array
  warmShare: Float64Array
  /** 1: it ends for want of memory, and starts again as soon as there is some. */
  again: Uint8Array
  /** 1 where part of its memory is leased from pools. */
  far: Uint8Array
  /** Chance that a miss is remote: that of its service, more while a cache that has moved is cold. */
  remoteShare: Float64Array
  /** Share of its remote misses that go to the nearest of its memory devices; NaN: as its slabs lie. */
  nearShare: Float64Array
  /** 1 while its cache of far memory warms after a move; while part of its state is still on the host before. */
  cold: Uint8Array
  absent: Uint8Array
  /** When its dirty cached bytes were written back last, ps. */
  writtenBack: Float64Array
  /** Core time used, ps; of visits still going on up to when the migration policy looked last. */
  busyPs: Float64Array
  /** Core time of each service for requests that no instance has: NICs carry its refusals too. */
  unassignedPs: Float64Array
  leases: (readonly Lease[])[]
  workers: readonly (Workers | null)[]
  /** Per service: who was chosen last. Per instance: worker that got the last request. */
  turn: Int32Array
  /** Device before the last migration; -1: none. */
  movedFrom: Int32Array
  /** What a load-balancing policy keeps for it. */
  credit: Float64Array

  /** See instance-state.ts. Counts its lives, so that what was meant for the one before is known as stale. */
  state: Uint8Array
  epoch: Int32Array
  /** Somebody wants to know when it has no requests left: 1 this time, 2 always. */
  alert: Uint8Array
  /** How often it has come to have nothing to do, where somebody wants to know. */
  rests: Int32Array
  /** Per service: executions that wait for an instance of it, linked by Executions.next. */
  lobbyHead: Int32Array
  lobbyTail: Int32Array
  lobbyCount: Int32Array

  /** Per service: who of its usable instances has the fewest requests, from when somebody asks; follows from `assigned` and `state`. */
  private readonly fewest: (LeastTree | null)[]

  constructor(readonly services: readonly ServiceSpec[]) {
    const owners = services.flatMap((service, index) => Array.from({ length: service.slots }, () => index))
    const n = owners.length
    this.service = Int32Array.from(owners)
    this.first = new Int32Array(services.length + 1)
    services.forEach((service, i) => (this.first[i + 1] = this.first[i] + service.slots))
    this.device = new Int32Array(n).fill(-1)
    this.held = new Int32Array(n)
    this.waiting = new Int32Array(n)
    this.assigned = new Int32Array(n)
    this.head = new Int32Array(n).fill(-1)
    this.tail = new Int32Array(n).fill(-1)
    this.stopped = new Uint8Array(n)
    this.frozenHead = new Int32Array(n).fill(-1)
    this.frozenTail = new Int32Array(n).fill(-1)
    this.missCarry = new Float64Array(n)
    this.missFactor = new Float64Array(n).fill(1)
    this.missDemand = new Float64Array(n)
    this.dirtyCarry = new Float64Array(n)
    this.remoteCarry = new Float64Array(n)
    this.pages = new Float64Array(n)
    this.writeBacks = new Float64Array(n)
    this.localBytes = new Float64Array(n)
    this.footprint = Float64Array.from(services, (service) => service.footprintBytes)
    this.farNeed = new Float64Array(n)
    this.warmShare = Float64Array.from(owners, (owner) => services[owner].remoteShare)
    this.again = new Uint8Array(n)
    this.far = new Uint8Array(n)
    this.remoteShare = Float64Array.from(owners, (index) => services[index].remoteShare)
    this.nearShare = new Float64Array(owners.length).fill(NaN)
    this.cold = new Uint8Array(n)
    this.absent = new Uint8Array(n)
    this.writtenBack = new Float64Array(n)
    this.busyPs = new Float64Array(n)
    this.unassignedPs = new Float64Array(services.length)
    this.leases = Array.from({ length: n }, () => [])
    this.turn = new Int32Array(services.length + n).fill(-1)
    this.movedFrom = new Int32Array(n).fill(-1)
    this.state = new Uint8Array(n)
    this.epoch = new Int32Array(n)
    this.alert = new Uint8Array(n)
    this.rests = new Int32Array(n)
    this.lobbyHead = new Int32Array(services.length).fill(-1)
    this.lobbyTail = new Int32Array(services.length).fill(-1)
    this.lobbyCount = new Int32Array(services.length)
    this.credit = new Float64Array(n)
    this.workers = owners.map((index) => workersOf(services[index]))
    this.fewest = services.map(() => null)
  }

  get count(): number {
    return this.service.length
  }

  spec(instance: number): ServiceSpec {
    return this.services[this.service[instance]]
  }

  name(instance: number): string {
    return `${this.spec(instance).id}.${instance - this.first[this.service[instance]]}`
  }

  /** Requests on their way to, held by, or waiting at an instance change by one. */
  assign(instance: number, change: number): void {
    this.assigned[instance] += change
    this.rank(instance)
  }

  private rank(instance: number): void {
    const service = this.service[instance]
    const tree = this.fewest[service]
    if (tree !== null)
      tree.set(instance - this.first[service], this.usable(instance) ? this.assigned[instance] : Infinity)
  }

  private rankAll(service: number): LeastTree {
    const tree = new LeastTree(this.services[service].slots)
    this.fewest[service] = tree
    for (let instance = this.first[service]; instance < this.first[service + 1]; instance += 1) this.rank(instance)
    return tree
  }

  /** Whether it takes requests. */
  usable(instance: number): boolean {
    return this.state[instance] === State.up
  }

  /** The usable instance of a service with the fewest requests, the next from `start` on in turn; -1: none is. */
  leastLoaded(service: number, start: number): number {
    return (this.fewest[service] ?? this.rankAll(service)).firstLeast(start)
  }

  place(instance: number, device: number, leases: readonly Lease[], localBytes: number): void {
    this.device[instance] = device
    this.localBytes[instance] = localBytes
    this.cold[instance] = 0
    this.absent[instance] = 0
    this.hold(instance, leases)
  }

  /** What it needs in pools, and the chance that a miss is remote, from now on. */
  need(instance: number, farBytes: number, remoteShare: number): void {
    this.farNeed[instance] = farBytes
    this.warmShare[instance] = remoteShare
    this.remoteShare[instance] =
      this.cold[instance] === 1 ? Math.max(this.remoteShare[instance], remoteShare) : remoteShare
  }

  /** Its far memory is that from now on. */
  hold(instance: number, leases: readonly Lease[]): void {
    this.far[instance] = leases.length > 0 ? 1 : 0
    this.leases[instance] = leases
  }

  enter(instance: number, state: number): void {
    this.state[instance] = state
    this.rank(instance)
  }

  /** It is nowhere any more, and has nothing to do with any request. */
  forget(instance: number): void {
    for (const column of [this.head, this.tail, this.frozenHead, this.frozenTail, this.device, this.movedFrom])
      column[instance] = -1
    for (const column of [this.held, this.waiting, this.assigned, this.stopped, this.far, this.localBytes, this.credit])
      column[instance] = 0
    this.leases[instance] = []
    this.nearShare[instance] = NaN
    const workers = this.workers[instance]
    if (workers) for (const column of [workers.busy, workers.head, workers.tail]) column.fill(-1)
    if (this.alert[instance] === 1) this.alert[instance] = 0
    this.epoch[instance] += 1
    this.enter(instance, State.absent)
  }

  save(): Saved {
    return capture(this as unknown as Record<string, Plain>, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, FIELDS, saved)
    for (let instance = 0; instance < this.count; instance += 1) this.rank(instance)
  }
}

function workersOf(service: ServiceSpec): Workers | null {
  if (service.dispatch === 'shared' || service.threads === Infinity) return null
  const column = (): Int32Array => new Int32Array(service.threads).fill(-1)
  return { busy: column(), head: column(), tail: column() }
}
