import * as Phase from './phase'
import * as SegmentKind from '../hardware/segment-kind'
import { mix32 } from '../engine/random'
import type { Workers } from './instances'
import type { Machine } from './machine'
import { enter } from './phases'
import * as Wait from './wait'
import { noteWait, waitsSince } from './waits'

/** What becomes of an execution at the door. */
type Admitted = 'in' | 'waits' | 'full' | 'shed'

/** The door of an instance: its workers, and those who wait for one. */
export class Admission {
  constructor(private readonly machine: Machine) {}

  /** Lets an execution in, or has it wait, or turns it away. */
  admit(execution: number): Admitted {
    const { instances, executions } = this.machine
    const instance = executions.instance[execution]
    const spec = instances.spec(instance)
    const workers = instances.workers[instance]
    if (workers !== null) return this.admitByWorker(execution, instance, workers)
    if (instances.held[instance] < spec.threads) {
      this.hold(execution, instance)
      return 'in'
    }
    if (this.isFull(execution, instance)) return 'full'
    if (spec.shedAfterPs < Infinity && this.isLate(instances.head[instance], spec.shedAfterPs)) return 'shed'
    this.wait(execution, instance)
    if (instances.head[instance] < 0) instances.head[instance] = execution
    else executions.next[instances.tail[instance]] = execution
    instances.tail[instance] = execution
    return 'waits'
  }

  private admitByWorker(execution: number, instance: number, { busy, head, tail }: Workers): Admitted {
    const { executions } = this.machine
    const worker = this.pickWorker(execution, instance, busy.length)
    executions.worker[execution] = worker
    if (busy[worker] < 0) {
      busy[worker] = execution
      this.hold(execution, instance)
      return 'in'
    }
    if (this.isFull(execution, instance)) return 'full'
    const { shedAfterPs } = this.machine.instances.spec(instance)
    if (shedAfterPs < Infinity && this.isLate(head[worker], shedAfterPs)) return 'shed'
    this.wait(execution, instance)
    if (head[worker] < 0) head[worker] = execution
    else executions.next[tail[worker]] = execution
    tail[worker] = execution
    return 'waits'
  }

  /** Requests that came during a downtime wait, however many: a migration loses none. */
  private isFull(execution: number, instance: number): boolean {
    const { instances, executions } = this.machine
    return instances.waiting[instance] >= instances.spec(instance).queueLimit && executions.excused[execution] === 0
  }

  /** Whether the first in line has waited for longer than that; -1: nobody is in line. */
  private isLate(first: number, ps: number): boolean {
    if (first < 0) return false
    return this.machine.queue.clock[0] - waitsSince(this.machine, this.machine.executions.token[first]) > ps
  }

  /**
   * `round-robin`: the next worker. `bound`: a connection keeps its worker; the connections are the workers of calling
   * instances, the users of a closed source, and otherwise the single requests.
   */
  private pickWorker(execution: number, instance: number, workers: number): number {
    const { instances, executions, tokens } = this.machine
    const turn = instances.services.length + instance
    if (instances.spec(instance).dispatch === 'round-robin') {
      instances.turn[turn] = (instances.turn[turn] + 1) % workers
      return instances.turn[turn]
    }
    const caller = executions.caller[execution]
    const asking = caller < 0 ? -1 : executions.worker[tokens.execution[caller]]
    if (asking >= 0) return scatter(executions.instance[tokens.execution[caller]] * 65536 + asking, workers)
    const user = executions.user[execution]
    return user >= 0 ? user % workers : scatter(executions.request[execution], workers)
  }

  private hold(execution: number, instance: number): void {
    const { instances, executions, stack, queue } = this.machine
    instances.held[instance] += 1
    executions.admitted[execution] = 1
    stack.came(instance, instances.held[instance], queue.clock[0])
  }

  private wait(execution: number, instance: number): void {
    const { instances, executions } = this.machine
    instances.waiting[instance] += 1
    executions.next[execution] = -1
    this.machine.measures.waits(1, this.machine.queue.clock[0])
    enter(
      this.machine,
      executions.token[execution],
      Phase.wait,
      SegmentKind.workerQueue,
      instances.device[instance],
      instance,
    )
  }

  /** An execution leaves its worker; returns the one that gets it, -1: nobody waits. */
  leave(execution: number): number {
    const { instances, executions } = this.machine
    const now = this.machine.queue.clock[0]
    const instance = executions.instance[execution]
    instances.held[instance] -= 1
    this.machine.stack.went(instance, now)
    const worker = executions.worker[execution]
    const workers = worker < 0 ? null : instances.workers[instance]
    const head = workers ? workers.head : instances.head
    const tail = workers ? workers.tail : instances.tail
    const queue = workers ? worker : instance
    if (workers) workers.busy[worker] = -1
    const next = head[queue]
    if (next < 0) return -1
    head[queue] = executions.next[next]!
    if (head[queue] < 0) tail[queue] = -1
    instances.waiting[instance] -= 1
    this.machine.measures.waits(-1, now)
    const heir = executions.token[next]
    noteWait(this.machine, heir, Wait.worker, now - waitsSince(this.machine, heir))
    if (workers) workers.busy[worker] = next
    this.hold(next, instance)
    return next
  }
}

/** One of so many places for a number, as if drawn. */
function scatter(n: number, places: number): number {
  return Math.floor(((mix32(n | 0, places) >>> 0) * places) / 4294967296)
}
