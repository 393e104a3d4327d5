import * as Purpose from './purpose'
import * as Phase from './phase'
import * as Stage from './stage'
import type { Saved } from '../engine/plain-state'
import type { Calls } from './calls'
import type { CoreWork } from './core-work'
import { useEngine } from './engine-work'
import type { FarMemory } from './far-memory'
import { Holdings } from './holdings'
import { homeOf, leadsTo, type Machine } from './machine'
import type { OffloadChooser } from '../policies/offload/offload-policy'
import type { OffloadListener } from './offload-choice'
import { OffloadDecider } from './offload-decider'
import { OffloadEstimates } from './offload-estimates'
import { OffloadPlaces } from './offload-places'
import { HIDDEN, enter } from './phases'
import { OffloadWork } from './offload-work'
import type { ComputeCode } from './program'

/** Single compute steps on the cores or engines of a NIC pool, or on cores elsewhere: input there, the work, output back. */
export class Offloads {
  readonly decider: OffloadDecider
  readonly places: OffloadPlaces
  readonly holdings: Holdings
  private readonly work: OffloadWork
  readonly estimates: OffloadEstimates

  constructor(
    private readonly machine: Machine,
    private readonly calls: Calls,
    far: FarMemory,
    private readonly goOn: (token: number) => void,
    chooser: OffloadChooser | null,
    private readonly listener: OffloadListener,
  ) {
    this.work = new OffloadWork(machine, far)
    this.holdings = new Holdings(machine)
    this.estimates = new OffloadEstimates(machine, far)
    this.decider = new OffloadDecider(machine, chooser, this.estimates, listener)
    this.places = new OffloadPlaces(machine, this.decider, this.estimates, this.holdings)
  }

  /** Sends the token's step to a device of the pool that the map names; false: none of them takes it. */
  leaveByMap(token: number, code: ComputeCode): boolean {
    const to = this.choose(token, code)
    if (to < 0) return false
    this.tell(token, code.name, to, 'in the static map', `${this.machine.cores.waiting[to]} waiting`)
    this.leave(token, code, to)
    return true
  }

  /** Sends the token's step to a device. */
  leave(token: number, code: ComputeCode, to: number): void {
    const { tokens, executions } = this.machine
    const from = tokens.device[token]
    tokens.stage[token] = Stage.away
    tokens.device[token] = to
    this.estimates.bound[to] += 1
    const brought = this.holdings.bring(to, executions.instance[tokens.execution[token]], token)
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
    this.calls.transfer(from, to, code.inputBytes + brought, Purpose.offloadOut, token)
  }

  /** A step that no policy is asked about goes elsewhere. */
  tell(token: number, step: string, to: number, reason: string, busy: string): void {
    const from = this.machine.tokens.device[token]
    const decision = this.listener.decided({ step, from, to, reason, busy, view: null, candidate: -1 })
    this.decider.note(token, decision, to)
  }

  /**
   * Next to the data the device that holds most of it; else the one with the least to do; ties to the lowest number; -1: all
   * are known to be down, to be emptied or out of reach.
   */
  private choose(token: number, code: ComputeCode): number {
    const { devices, cores, engines, slabs, tokens, executions, health } = this.machine
    const instance = executions.instance[tokens.execution[token]]
    const jobs = (at: number): number => {
      if (slabs.devices[at]) return -this.slabsOn(at, instance)
      const engine = code.work === null ? -1 : engines.pick(at, code.work)
      return engine < 0 ? cores.busy[at] + cores.waiting[at] : engines.free[engines.first[at] + engine]
    }
    let best = -1
    for (let device = devices.nodeFirst[code.offloadTo]; device < devices.nodeFirst[code.offloadTo + 1]; device += 1) {
      if (health.isShunned(device) || !leadsTo(this.machine, tokens.device[token], device)) continue
      if (best < 0 || jobs(device) < jobs(best)) best = device
    }
    return best
  }

  private slabsOn(device: number, instance: number): number {
    const { leases } = this.machine.instances
    return leases[instance].reduce((sum, lease) => sum + (lease.device === device ? lease.slabs : 0), 0)
  }

  /** The input is there: an engine that is for such work does it, else it is queued on the device's cores. */
  arrive(token: number, work: CoreWork, draw: (token: number, arg: number) => number): void {
    const { tokens, executions } = this.machine
    const device = tokens.device[token]
    const waited = this.holdings.arrived(device, token)
    if (!this.holdings.waits(device, executions.instance[tokens.execution[token]], token)) this.begin(token, work, draw)
    for (const other of waited) this.begin(other, work, draw)
  }

  private begin(token: number, work: CoreWork, draw: (token: number, arg: number) => number): void {
    const { tokens, program } = this.machine
    const arg = program.arg[tokens.pc[token]]
    const code = program.computes[arg]
    this.estimates.bound[tokens.device[token]] -= 1
    if (this.takeEngine(token, code)) return
    if (!this.work.begin(token, code, draw(token, arg), work)) this.done(token, work)
  }

  /** A core has done what was gathered of a step that is away. */
  worked(token: number, work: CoreWork): void {
    if (!this.work.worked(token, work)) this.done(token, work)
  }

  /** The misses of a step that is away are there: event `stallDone`. */
  stalled(token: number, work: CoreWork): void {
    if (!this.work.stalled(token, work)) this.done(token, work)
  }

  private takeEngine(token: number, { work, workBytes }: ComputeCode): boolean {
    const { engines, tokens } = this.machine
    const engine = work === null ? -1 : engines.pick(tokens.device[token], work)
    if (engine >= 0) useEngine(this.machine, token, engine, workBytes)
    return engine >= 0
  }

  /** The work is done: the output goes home; where no way leads there any more the step is done again, there. */
  done(token: number, work: CoreWork): void {
    const { tokens, program } = this.machine
    const from = tokens.device[token]
    work.release(token)
    const home = homeOf(this.machine, token)
    if (!leadsTo(this.machine, from, home)) {
      this.decider.giveUp(token)
      tokens.stage[token] = Stage.again
      this.goOn(token)
      return
    }
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
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
    this.decider.end(token)
    this.machine.tokens.stage[token] = Stage.back
  }

  save(): Saved {
    return { decider: this.decider.save(), holdings: this.holdings.save() }
  }

  restore(saved: Saved): void {
    this.decider.restore(saved['decider'] as Saved)
    this.holdings.restore(saved['holdings'] as Saved)
  }
}
