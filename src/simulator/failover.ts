import * as EventKind from './engine/event-kind'
import { LINE_BYTES, PAGE_BYTES } from './hardware/memory'
import type { Migrations } from './mechanisms/migrations'
import type { Machine } from './services/machine'
import type { Executor } from './services/executor'
import type { Mix } from './services/far-mixes'
import * as State from './services/instance-state'
import * as Origin from './services/origin'
import * as Purpose from './services/purpose'
import type { Restoring } from './restoring'
import { standStill } from './stand-still'

/** What was lost of a token's far access: lines or pages that are to be read anew, and messages that nobody waits for now. */
interface Lost {
  units: number
  messages: number
}

/**
 * Instances that read a copy of their far memory, as the device has failed that they read from. From the failure until it
 * is known they stand still, as they would with the first line that does not come; then what they had asked for is
 * asked for again where the copy is.
 */
export class Failover {
  constructor(
    private readonly machine: Machine,
    private readonly executor: Executor,
    private readonly migrations: Migrations,
    private readonly restoring: Restoring,
  ) {}

  /** The memory of an instance does not answer until `untilPs`. */
  begin(instance: number, untilPs: number): void {
    const { instances, copies, queue } = this.machine
    copies.answersAt[instance] = untilPs
    copies.counts[0] += 1
    if (this.migrations.oldHostOf(instance) < 0) this.migrations.abandon(instance)
    standStill(this.machine, this.executor, instance)
    queue.schedule(untilPs, EventKind.failover, instance, instances.epoch[instance], 0)
  }

  /** Event `failover`. */
  end(instance: number, epoch: number): void {
    const { instances, copies, queue } = this.machine
    if (instances.epoch[instance] !== epoch || copies.answersAt[instance] > queue.clock[0]) return
    this.askAgain(instance)
    if (instances.state[instance] === State.held) return
    if (copies.fetching[instance] === 1) this.restoring.fetch(instance, epoch)
    instances.stopped[instance] = 0
    this.executor.thaw(instance)
  }

  private askAgain(instance: number): void {
    const lost = this.takeLost(instance)
    const mix = lost.size > 0 ? this.executor.far.access.windows.mix(instance) : null
    for (const [token, { units, messages }] of lost) {
      const { outstanding } = this.machine.tokens
      outstanding[token] -= messages
      if (units > 0) this.readAgain(token, mix!, units)
      else if (outstanding[token] === 0) {
        outstanding[token] = 1
        this.executor.far.answered(token)
      }
    }
  }

  /** On an idle rack it would be there one round trip from now. */
  private readAgain(token: number, whole: Mix, units: number): void {
    const { tokens, fidelity, queue } = this.machine
    const mix = tokens.core[token] < 0 ? (whole.pages ?? whole) : whole
    const { far } = this.executor
    const { access, lines, trains } = far
    const oneByOne = far.isOneByOne(token)
    access.reseed(token)
    tokens.outstanding[token] +=
      fidelity === 'line'
        ? lines.ask(token, mix, units, LINE_BYTES, Purpose.memoryRead)
        : trains.ask(token, mix, units, mix.paging ? PAGE_BYTES : LINE_BYTES, Purpose.memoryRead, 0)
    if (tokens.core[token] < 0) return
    const end = queue.clock[0] + access.windows.idleSet(mix, tokens.device[token], units, 0)
    const usual = oneByOne ? tokens.expected[token] : tokens.stallEnd[token]
    if (end <= usual) return
    access.delayed(token, end - usual)
    tokens.expected[token] = end
    if (!oneByOne) tokens.stallEnd[token] = end
  }

  /** What is on its way to or from devices that hold nothing of the instance any more is for nobody from now on. */
  private takeLost(instance: number): ReadonlyMap<number, Lost> {
    const { fabric, executions, tokens, copies } = this.machine
    const { messages, routes } = fabric
    const here = new Set(copies.all(instance).map((lease) => lease.device))
    const lost = new Map<number, Lost>()
    const wholes = new Set<number>()
    for (const message of messages.underWay()) {
      const purpose = messages.purpose[message]
      if (!isAccess(purpose)) continue
      const token = messages.subject[message]
      const execution = tokens.execution[token]
      const { from, to } = routes.list[messages.route[message]]
      const far = purpose === Purpose.memoryAnswer ? from : to
      if (executions.instance[execution] !== instance || here.has(far)) continue
      if (executions.origin[execution] === Origin.ghost) continue
      const units = this.unitsRead(message)
      messages.purpose[message] = Purpose.nothing
      const whole = messages.whole[message]
      if (whole >= 0 && wholes.has(whole)) continue
      if (whole >= 0) wholes.add(whole)
      const sum = lost.get(token) ?? { units: 0, messages: 0 }
      sum.units += units
      sum.messages += 1
      lost.set(token, sum)
    }
    return lost
  }

  /** Lines or pages that a message asks for or brings; 0: it writes some, or says that they are written. */
  private unitsRead(message: number): number {
    const { messages, routes } = this.machine.fabric
    const purpose = messages.purpose[message]
    const { payloadBytes, paging } = routes.list[messages.route[message]]
    if (purpose === Purpose.memoryWrite || messages.full[message] === 0) return 0
    if (messages.whole[message] >= 0) return 1
    const unit = purpose === Purpose.memoryAnswer && paging ? PAGE_BYTES : LINE_BYTES
    return Math.round(messages.packets[message] / Math.max(1, Math.ceil(unit / payloadBytes)))
  }
}

function isAccess(purpose: number): boolean {
  return purpose === Purpose.memoryRead || purpose === Purpose.memoryWrite || purpose === Purpose.memoryAnswer
}
