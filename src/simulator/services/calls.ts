import * as EventKind from '../engine/event-kind'
import * as Purpose from './purpose'
import * as Origin from './origin'
import * as Phase from './phase'
import * as Stage from './stage'
import * as SegmentKind from '../hardware/segment-kind'
import { mix32 } from '../engine/random'
import { Attempts } from './attempts'
import type { CoreWork } from './core-work'
import { Lobby } from './lobby'
import * as Failure from './failure'
import type { LoadBalancer } from './load-balancer'
import { routeOf, type Machine } from './machine'
import { HIDDEN, enter, requestName, settle } from './phases'
import type { RecentPeers } from './recent-peers'
import type { RequestLog } from './request-log'
import { RpcOffload } from './rpc-offload'
import type { CallCode } from './program'
import type { Executions } from './executions'

/** Who is told when a request from outside has been answered. */
export type Answered = (execution: number) => void

/** A request from outside. */
export interface Offer {
  readonly source: number
  readonly operation: number
  readonly request: number
  /** NIC device; -1: none. */
  readonly nic: number
  readonly requestBytes: number
  readonly responseBytes: number
  /** Closed sources: who asks; -1 otherwise. */
  readonly user: number
}

/** Executions from being asked for to being answered: instances are chosen, messages sent, latencies told. */
export class Calls {
  readonly rpc: RpcOffload
  /** Requests that wait for an instance; whether they may, of a service that has none in use: the life cycle says. */
  readonly lobby: Lobby
  mayWait: (service: number) => boolean = () => false
  readonly attempts: Attempts
  /** A request comes for an instance of which somebody wants to know when it has nothing to do. */
  called: (service: number) => void = () => undefined
  /** Of the message sent last: filled anew for each, as there are many. */
  private readonly cargo = {
    purpose: 0,
    subject: 0,
    request: 0,
    operation: 0,
    shown: SegmentKind.link,
    atHead: false,
    bulk: false,
  }

  constructor(
    private readonly machine: Machine,
    cores: CoreWork,
    private readonly balancer: LoadBalancer,
    private readonly arrive: (token: number) => void,
    private readonly answered: Answered,
    returned: (token: number) => void,
  ) {
    this.lobby = new Lobby(machine)
    this.attempts = new Attempts(machine, {
      ask: (execution) => this.askAgain(execution),
      complete: (execution) => this.complete(execution),
      returned,
    })
    this.rpc = new RpcOffload(machine, cores, (from, to, bytes, purpose, token) => {
      this.transfer(from, to, bytes, purpose, token)
    })
  }

  /** A request arrives from outside now. */
  offer(offer: Offer): void {
    const { machine } = this
    const { executions } = machine
    const execution = this.open(offer.operation, offer.nic < 0 ? Origin.direct : Origin.nic)
    executions.source[execution] = offer.source
    executions.request[execution] = offer.request
    executions.rootOperation[execution] = offer.operation
    executions.lineage[execution] = 0
    executions.nic[execution] = offer.nic
    executions.user[execution] = offer.user
    executions.requestBytes[execution] = offer.requestBytes
    executions.responseBytes[execution] = offer.responseBytes
    executions.measured[execution] = machine.measures.offered(machine.queue.clock[0]) ? 1 : 0
    const rule = machine.sourceRules[offer.source]
    if (rule >= 0) this.attempts.begin(execution, rule)
    if (offer.nic < 0) this.dispatch(execution, -1)
    else this.enterByNic(execution)
  }

  private open(operation: number, origin: number): number {
    const { executions, tokens, program, queue } = this.machine
    const execution = executions.open()
    executions.operation[execution] = operation
    executions.origin[execution] = origin
    executions.start[execution] = queue.clock[0]!
    const token = tokens.open(execution, program.entry[operation], program.end[operation], queue.clock[0])
    executions.token[execution] = token
    tokens.stage[token] = Stage.arriving
    return execution
  }

  /** A request finds its NIC up, or fails at once. */
  private enterByNic(execution: number): void {
    const { executions, health } = this.machine
    if (health.down[executions.nic[execution]] === 0) {
      this.throughNic(execution, EventKind.nicIn)
      return
    }
    executions.failed[execution] = Failure.lost
    this.complete(execution)
  }

  private throughNic(execution: number, event: number): void {
    const { executions, nics, queue } = this.machine
    const token = executions.token[execution]
    const nic = executions.nic[execution]
    enter(this.machine, token, Phase.network, SegmentKind.nic, nic, -1)
    queue.schedule(nics.pass(nic, queue.clock[0]), event, token, 0, 0)
  }

  /** Event `nicIn`. */
  fromNic(token: number): void {
    const execution = this.machine.tokens.execution[token]
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
    this.dispatch(execution, this.machine.executions.nic[execution])
  }

  /** Chooses an instance and sends the request there; from = -1: it is there at once. */
  dispatch(execution: number, from: number): void {
    const { executions, instances, program, measures } = this.machine
    const service = program.service[executions.operation[execution]]
    const instance = this.balancer.choose(service, execution, from)
    if (instance < 0) {
      if (!this.mayWait(service) || !this.lobby.join(execution, service, from))
        this.refuse(execution, from, Failure.unplaced)
      return
    }
    if (instances.alert[instance] === 2) this.called(service)
    executions.instance[execution] = instance
    instances.assign(instance, 1)
    if (measures.peersOf !== null && from >= 0) this.notePeers(measures.peersOf, execution, from)
    const token = executions.token[execution]
    if (from < 0) this.arrive(token)
    else {
      const to = instances.device[instance]
      const sender = executions.origin[execution] === Origin.nic ? -1 : this.rpc.nicOf(from)
      const bytes = executions.requestBytes[execution]
      this.rpc.carry(from, to, bytes, Purpose.request, token, sender, this.rpc.nicOf(to))
    }
  }

  /** Who talks with whom: the instance, and the one that asks it or the device where a client is. */
  private notePeers(peers: RecentPeers, execution: number, from: number): void {
    const { executions, tokens } = this.machine
    const caller = executions.caller[execution]
    const asker = caller < 0 ? -1 : executions.instance[tokens.execution[caller]]
    if (asker >= 0) peers.called(asker, executions.instance[execution])
    else peers.asked(executions.instance[execution], from)
  }

  private refuse(execution: number, from: number, why: number): void {
    this.machine.executions.failed[execution] = why
    this.respond(execution, from)
  }

  /** An instance of a service is up, or none will come: those who waited for one go on in order, or fail. */
  leaveLobby(service: number, isUp: boolean): void {
    const { instances, executions, tokens } = this.machine
    for (let left = instances.lobbyCount[service]; left > 0; left -= 1) {
      const execution = this.lobby.take(service)
      const from = tokens.device[executions.token[execution]]
      if (isUp) this.dispatch(execution, from)
      else this.refuse(execution, from, Failure.unplaced)
    }
  }

  /** The device that asked for an execution, and that hears first when its instance is lost; -1: none. */
  askerOf(execution: number): number {
    const { executions, tokens, instances } = this.machine
    const caller = executions.caller[execution]
    if (executions.origin[execution] === Origin.nic) return executions.nic[execution]
    return caller < 0 ? -1 : instances.device[executions.instance[tokens.execution[caller]]]
  }

  /** An execution that was torn from its instance fails: its asker finds the connection broken. */
  fail(execution: number, why: number = Failure.lost): void {
    this.refuse(execution, this.askerOf(execution), why)
  }

  /** As `fail`, but it is asked again, of another instance. */
  retry(execution: number): void {
    this.dispatch(execution, this.askerOf(execution))
  }

  /** A message between two devices for a token; on one device it skips the fabric. */
  transfer(from: number, to: number, bytes: number, purpose: number, token: number): void {
    const { fabric, queue, tokens, executions } = this.machine
    if (from === to) {
      queue.schedule(queue.clock[0], EventKind.handed, purpose, token, from)
      return
    }
    const execution = tokens.execution[token]
    const route = routeOf(this.machine, from, to)
    const { cargo } = this
    cargo.subject = token
    cargo.purpose = purpose
    cargo.request = requestName(this.machine, execution)
    cargo.operation = executions.rootOperation[execution]
    if (fabric.routes.free[route] < 0 || !this.machine.isSteady) fabric.send(route, bytes, cargo)
    else {
      const arrival = fabric.sendFree(route, bytes, SegmentKind.link, cargo.operation, cargo.request)
      queue.schedule(arrival, EventKind.handed, purpose, token, to)
    }
  }

  /** Starts the execution that a `call` or `send` step asks for. */
  issue(token: number, code: CallCode, waits: boolean): void {
    const { executions, tokens } = this.machine
    const parent = tokens.execution[token]
    const execution = this.open(code.operation, waits ? Origin.call : Origin.send)
    copyRoot(executions, parent, execution)
    executions.lineage[execution] = mix32(executions.lineage[parent], code.path)
    executions.requestBytes[execution] = code.requestBytes
    executions.responseBytes[execution] = code.responseBytes
    if (waits) {
      executions.caller[execution] = token
      enter(this.machine, token, Phase.elsewhere, HIDDEN, -1, -1)
    }
    if (code.rule >= 0) this.attempts.begin(execution, code.rule)
    this.dispatch(execution, tokens.device[token])
  }

  /** Another attempt, from where the asker is now. */
  private askAgain(execution: number): void {
    if (this.machine.executions.origin[execution] === Origin.nic) this.enterByNic(execution)
    else this.dispatch(execution, this.askerOf(execution))
  }

  /** Sends the answer of a finished or failed execution back from a device. */
  respond(execution: number, from: number): void {
    const { executions, tokens, instances } = this.machine
    const token = executions.token[execution]
    tokens.stage[token] = Stage.ended
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
    const bytes = executions.failed[execution] ? 0 : executions.responseBytes[execution]
    switch (executions.origin[execution]) {
      case Origin.nic:
        this.rpc.carry(from, executions.nic[execution], bytes, Purpose.leave, token, this.rpc.nicOf(from), -1)
        break
      case Origin.call: {
        const caller = tokens.execution[executions.caller[execution]]
        if (executions.origin[caller] === Origin.ghost) {
          this.transfer(from, from, 0, Purpose.response, token)
          break
        }
        const to = instances.device[executions.instance[caller]]
        this.rpc.carry(from, to, bytes, Purpose.response, token, this.rpc.nicOf(from), this.rpc.nicOf(to))
        break
      }
      default:
        this.complete(execution)
    }
  }

  /** The response is at the NIC that it leaves by. */
  leave(token: number): void {
    this.throughNic(this.machine.tokens.execution[token], EventKind.nicOut)
  }

  /** Tells the measures, and whoever waits, that an execution is over; then forgets it. */
  complete(execution: number): void {
    const { executions, tokens, measures, queue } = this.machine
    const root = executions.origin[execution] <= Origin.nic
    if (root && executions.tries[execution] >= 0 && !this.attempts.answered(execution)) return
    const token = executions.token[execution]
    settle(this.machine, token)
    const latency = queue.clock[0] - executions.start[execution]
    measures.finished(
      executions.operation[execution],
      latency,
      tokens.times,
      token,
      executions.failed[execution],
      executions.measured[execution] === 1,
      root,
    )
    if (executions.measured[execution] === 1 && executions.failed[execution] === 0)
      measures.operations[executions.operation[execution]].recordWaits(tokens.waited, token)
    if (root && measures.log !== null) this.note(execution, latency, measures.log)
    if (measures.recentOf !== null && executions.instance[execution] >= 0 && executions.failed[execution] === 0)
      measures.recentOf.note(executions.instance[execution], latency)
    if (root) this.answered(execution)
    tokens.close(token)
    executions.close(execution)
  }

  private note(execution: number, latency: number, log: RequestLog): void {
    const { executions } = this.machine
    const name = requestName(this.machine, execution)
    log.note(name, executions.start[execution], executions.failed[execution] === 1 ? NaN : latency)
  }
}

function copyRoot(executions: Executions, from: number, to: number): void {
  executions.source[to] = executions.source[from]!
  executions.request[to] = executions.request[from]!
  executions.rootOperation[to] = executions.rootOperation[from]!
  executions.measured[to] = executions.measured[from]!
  executions.nic[to] = executions.nic[from]!
}
