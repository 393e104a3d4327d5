import * as Purpose from './purpose'
import * as Phase from './phase'
import * as Stage from './stage'
import { roundHalfUp } from '../../units/time'
import type { Calls } from './calls'
import type { CoreWork } from './core-work'
import { useEngine } from './engine-work'
import { homeOf, type Machine } from './machine'
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

/** Single compute steps on the cores or engines of a NIC pool, or on the cores of a memory pool: input there, the work, output back. */
export class Offloads {
  private readonly own: OwnMemory

  constructor(
    private readonly machine: Machine,
    private readonly calls: Calls,
    private readonly told: OffloadTold,
  ) {
    this.own = new OwnMemory(machine)
  }

  /** Sends the token's step to a device of the pool. */
  leave(token: number, code: ComputeCode): void {
    const { tokens, cores } = this.machine
    const from = tokens.device[token]
    const to = this.choose(token, code)
    this.told({ step: code.name, from, to, reason: 'in the static map', busy: `${cores.waiting[to]} waiting` })
    tokens.stage[token] = Stage.away
    tokens.device[token] = to
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
    this.calls.transfer(from, to, code.inputBytes, Purpose.offloadOut, token)
  }

  /** Next to the data the device that holds most of it; else the one with the least to do; ties to the lowest number. */
  private choose(token: number, code: ComputeCode): number {
    const { devices, cores, engines, slabs, tokens, executions } = this.machine
    const instance = executions.instance[tokens.execution[token]]
    const jobs = (at: number): number => {
      if (slabs.devices[at]) return -this.slabsOn(at, instance)
      const engine = code.work === null ? -1 : engines.pick(at, code.work)
      return engine < 0 ? cores.busy[at] + cores.waiting[at] : engines.free[engines.first[at] + engine]
    }
    let best = devices.nodeFirst[code.offloadTo]
    for (let device = best + 1; device < devices.nodeFirst[code.offloadTo + 1]; device += 1)
      if (jobs(device) < jobs(best)) best = device
    return best
  }

  private slabsOn(device: number, instance: number): number {
    const { leases } = this.machine.instances
    return leases[instance].reduce((sum, lease) => sum + (lease.device === device ? lease.slabs : 0), 0)
  }

  /** The input is there: an engine that is for such work does it, else it is queued on the device's cores. */
  arrive(token: number, work: CoreWork, draw: (arg: number) => number): void {
    const { tokens, program, cores, executions, stack } = this.machine
    const arg = program.arg[tokens.pc[token]]
    const device = tokens.device[token]
    if (this.takeEngine(token, program.computes[arg])) return
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

  private takeEngine(token: number, { work, workBytes }: ComputeCode): boolean {
    const { engines, tokens } = this.machine
    const engine = work === null ? -1 : engines.pick(tokens.device[token], work)
    if (engine >= 0) useEngine(this.machine, token, engine, workBytes)
    return engine >= 0
  }

  /** The work is done: the output goes home. */
  done(token: number, work: CoreWork): void {
    const { tokens, program } = this.machine
    const from = tokens.device[token]
    work.release(token)
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
    const home = homeOf(this.machine, token)
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
