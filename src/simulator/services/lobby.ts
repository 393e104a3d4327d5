import * as Phase from './phase'
import type { Machine } from './machine'
import { HIDDEN, enter } from './phases'
import * as Wait from './wait'
import { noteWait, waitsSince } from './waits'

/** Where requests wait, first come first served, for an instance of a service that has none in use. */
export class Lobby {
  constructor(private readonly machine: Machine) {}

  /**
   * A request waits; false where as many wait as one instance could hold and queue.
   *
   * @param from device that it is at; -1: none
   */
  join(execution: number, service: number, from: number): boolean {
    const { instances, executions, tokens, measures, queue } = this.machine
    const { threads, queueLimit } = instances.services[service]
    if (instances.lobbyCount[service] >= threads + queueLimit) return false
    const token = executions.token[execution]
    tokens.device[token] = from
    executions.next[execution] = -1
    if (instances.lobbyCount[service] === 0) instances.lobbyHead[service] = execution
    else executions.next[instances.lobbyTail[service]] = execution
    instances.lobbyTail[service] = execution
    instances.lobbyCount[service] += 1
    measures.waits(1, queue.clock[0])
    enter(this.machine, token, Phase.wait, HIDDEN, -1, -1)
    return true
  }

  /** The request that came first goes on; -1: none waits. It has waited long enough: no queue limit turns it away. */
  take(service: number): number {
    const { instances, executions, measures, queue } = this.machine
    if (instances.lobbyCount[service] === 0) return -1
    const execution = instances.lobbyHead[service]
    instances.lobbyHead[service] = executions.next[execution]!
    instances.lobbyCount[service] -= 1
    executions.next[execution] = -1
    executions.excused[execution] = 1
    const token = executions.token[execution]
    const now = queue.clock[0]
    measures.waits(-1, now)
    noteWait(this.machine, token, Wait.instance, now - waitsSince(this.machine, token))
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
    return execution
  }
}
