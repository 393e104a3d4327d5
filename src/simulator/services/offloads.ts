import * as Purpose from './purpose'
import * as Phase from './phase'
import * as Stage from './stage'
import { roundHalfUp } from '../../units/time'
import type { Calls } from './calls'
import type { CoreWork } from './core-work'
import type { Machine } from './machine'
import { HIDDEN, enter } from './phases'
import { OwnMemory } from './own-memory'
import type { ComputeCode } from './program'

/** An offloaded step, told when it is back. Times in ps. */
export interface OffloadReport {
  readonly step: string
  readonly from: number
  readonly to: number
  readonly reason: string
  /** What is there already: `3 waiting`. */
  readonly busy: string
}
export type OffloadTold = (report: OffloadReport) => void

/** Single compute steps on the cores of a NIC pool: input there, the work, output back. */
export class Offloads {
  private readonly own: OwnMemory

  constructor(
    private readonly machine: Machine,
    private readonly calls: Calls,
    private readonly told: OffloadTold,
  ) {
    this.own = new OwnMemory(machine)
  }

  /** Sends the token's step to the device of the pool with the fewest jobs; ties to the lowest number. */
  leave(token: number, code: ComputeCode): void {
    const { tokens } = this.machine
    const from = tokens.device[token]
    const to = this.leastBusy(code.offloadTo)
    this.told({
      step: code.name,
      from,
      to,
      reason: 'in the static map',
      busy: `${this.machine.cores.waiting[to]} waiting`,
    })
    tokens.stage[token] = Stage.away
    tokens.device[token] = to
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
    this.calls.transfer(from, to, code.inputBytes, Purpose.offloadOut, token)
  }

  private leastBusy(node: number): number {
    const { devices, cores } = this.machine
    let best = devices.nodeFirst[node]
    for (let device = best + 1; device < devices.nodeFirst[node + 1]; device += 1) {
      const jobs = (at: number): number => cores.busy[at] + cores.waiting[at]
      if (jobs(device) < jobs(best)) best = device
    }
    return best
  }

  /** The input is there: the work is queued on the device's cores. */
  arrive(token: number, work: CoreWork, draw: (arg: number) => number): void {
    const { tokens, program, cores, executions, stack } = this.machine
    const arg = program.arg[tokens.pc[token]]
    const device = tokens.device[token]
    const amount = draw(arg)
    const { timed, misses } = program.computes[arg]
    if (timed) tokens.time[token] = roundHalfUp((amount * 1000) / cores.speed[device])
    else {
      const instance = executions.instance[tokens.execution[token]]
      tokens.cycles[token] = amount * cores.cpi[device]
      stack.computed(instance, amount, tokens.cycles[token])
      tokens.time[token] = this.own.stallPs(
        device,
        Math.floor(amount * misses + 1e-9),
        Math.max(1, this.machine.devices.parallelism[device]),
        this.machine.queue.clock[0],
        instance,
      )
    }
    if (!work.flush(token)) this.done(token, work)
  }

  /** The work is done: the output goes home. */
  done(token: number, work: CoreWork): void {
    const { tokens, executions, instances, program } = this.machine
    const from = tokens.device[token]
    work.release(token)
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
    const home = instances.device[executions.instance[tokens.execution[token]]]
    this.calls.transfer(
      from,
      home,
      program.computes[program.arg[tokens.pc[token]]].outputBytes,
      Purpose.offloadBack,
      token,
    )
  }

  /** The output is home. */
  home(token: number): void {
    this.machine.tokens.stage[token] = Stage.back
  }
}
