import * as Op from './op'
import { roundHalfUp } from '../../units/time'
import { movingTrain } from '../hardware/train'
import type { FarMemory } from './far-memory'
import type { Machine } from './machine'
import type { Candidate } from './offload-choice'
import { OwnMemory } from './own-memory'
import type { KernelCode } from './kernel-code'
import type { ComputeCode } from './program'

const PS_PER_US = 1e6
/** A small message, for distances. */
export const PROBE_BYTES = 64
/** So many of a run queue are looked at one by one. */
const MOST_LISTED = 32

/** What steps would take where, from what can be seen: idle ways and what waits in their ports, means of work, queues. Times in ps. */
export class OffloadEstimates {
  /** Steps on their way to each device that were sent there by a decision. */
  bound: Int32Array
  private readonly own: OwnMemory
  /** Idle ways by pair of devices and bytes; forgotten when routes change. */
  private readonly ways = new Map<number, Map<number, number>>()
  private routesVersion = 0
  /** When each core of a device will be free; filled anew each time. */
  private readonly frees: number[] = []
  private readonly train = movingTrain()

  constructor(
    private readonly machine: Machine,
    private readonly far: FarMemory,
  ) {
    this.own = new OwnMemory(machine)
    this.bound = new Int32Array(machine.devices.names.length)
  }

  reaches(from: number, to: number): boolean {
    const { routes } = this.machine.fabric
    return from === to || (routes.between(from, to) >= 0 && routes.between(to, from) >= 0)
  }

  /** A message between two devices: its idle way, and what is before it in the ports. */
  messagePs(from: number, to: number, bytes: number): number {
    return from === to ? 0 : this.idlePs(from, to, bytes) + this.backlogPs(from, to)
  }

  idlePs(from: number, to: number, bytes: number): number {
    if (from === to) return 0
    const { fabric, devices } = this.machine
    if (this.routesVersion !== fabric.routes.version) this.ways.clear()
    this.routesVersion = fabric.routes.version
    const pair = from * devices.names.length + to
    let ways = this.ways.get(pair)
    if (ways === undefined) this.ways.set(pair, (ways = new Map<number, number>()))
    const known = ways.get(bytes)
    if (known !== undefined) return known
    fabric.unloaded(fabric.routes.list[fabric.routes.between(from, to)], 1, bytes, 0, 0, this.train)
    ways.set(bytes, this.train.last)
    return this.train.last
  }

  private backlogPs(from: number, to: number): number {
    const { fabric, queue } = this.machine
    const { ports } = fabric
    let sum = 0
    for (const channel of fabric.routes.list[fabric.routes.between(from, to)].channels)
      sum += Math.max(0, ports.freeAt[channel] - queue.clock[0]) + ports.queued[channel] * ports.psPerByte[channel]
    return sum
  }

  /** The work of a compute step on a device; `amount` in its own unit. @param engine of the device; -1: a core */
  computePs(device: number, code: ComputeCode, amount: number, instance: number, engine: number): number {
    const { cores, engines, devices, instances } = this.machine
    if (engine >= 0) return engines.workPs(device, engine, code.workBytes)
    const slow = cores.slow[device]
    if (code.timed) return ((amount * 1000) / cores.speed[device]) * slow
    const cycles = (amount * cores.cpi[device] * 1000) / cores.frequency[device]
    const misses = amount * code.misses
    if (misses <= 0) return cycles * slow
    if (device === instances.device[instance]) return cycles * slow + this.far.missesPs(instance, device, misses)
    const width = Math.max(1, devices.parallelism[device])
    return cycles * slow + (misses / width) * this.own.windowPs(device, width)
  }

  /** The work of a kernel on a GPU, or on a core of another device. */
  kernelPs(device: number, code: KernelCode, runs: number): number {
    const { gpus, cores, devices } = this.machine
    if (gpus.devices[device] !== null) return runs * gpus.kernelPs(device, code.flops, code.bytes)
    const cycles = (runs * code.flops) / devices.flopsPerCycle[device]
    const bus = (runs * code.bytes * this.own.linePs(device)) / 64
    return Math.max((cycles * 1000) / cores.frequency[device], bus) * cores.slow[device]
  }

  /**
   * Wait for a core of a device: who works there has still to do what was expected of its step less what that has had, a
   * quarter at least, and the steps behind it that keep the core; those that wait or are on their way take the core that is
   * free first. Of steps that were decided on the expected work is known; others take what visits there took on average,
   * `own` before there were any.
   */
  coreWaitPs(device: number, own: number): number {
    const { cores, queue } = this.machine
    const servers = cores.count[device]
    const queued = cores.waiting[device] + this.bound[device]
    if (cores.busy[device] + queued < servers) return 0
    const now = queue.clock[0]
    const each = cores.served[device] > 0 ? cores.busyCores.integralAt(device, now) / cores.served[device] : own
    const { frees } = this
    frees.length = servers
    for (let core = 0; core < servers; core += 1) {
      const token = cores.owner[cores.first[device] + core]
      frees[core] = token < 0 ? 0 : this.leftPs(token, each, now)
    }
    let listed = 0
    for (let token = cores.head[device]; token >= 0 && listed < MOST_LISTED; token = cores.jobs.behind[token]!) {
      takeFirst(frees, this.expectedPs(token, each))
      listed += 1
    }
    return freeAfter(frees, queued - listed, each)
  }

  /** What is expected of a visit that has not begun. */
  private expectedPs(token: number, otherwise: number): number {
    const { work, rest } = this.machine.shadows.open
    const choice = this.machine.tokens.choice[token]
    return choice < 0 || Number.isNaN(work[choice]) ? otherwise : work[choice] + rest[choice]
  }

  /** What is left of a visit that goes on. */
  private leftPs(token: number, otherwise: number, now: number): number {
    const { tokens, shadows } = this.machine
    const { work, rest, since } = shadows.open
    const choice = tokens.choice[token]
    if (choice < 0 || Number.isNaN(work[choice]))
      return Math.max(otherwise / 4, otherwise - (now - tokens.busySince[token]))
    const had = now - Math.max(tokens.busySince[token], since[choice])
    return Math.max(work[choice] / 4, work[choice] - had) + rest[choice]
  }

  /**
   * Work of the compute steps behind the token's step that its core goes on with at once. A step that is decided on goes on
   * there as often as it has stayed so far.
   *
   * @param stays share of the decisions on a step, by its number, that left it where it was
   */
  followingPs(token: number, stays: (chooses: number) => number): number {
    const { tokens, program, executions } = this.machine
    const instance = executions.instance[tokens.execution[token]]
    const device = tokens.device[token]
    let chance = 1
    let sum = 0
    for (let pc = tokens.pc[token] + 1; program.code[pc] === Op.compute; pc += 1) {
      const code = program.computes[program.arg[pc]]
      if (code.offloadTo >= 0 || code.access !== 'none') break
      if (code.chooses >= 0) chance *= stays(code.chooses)
      sum += chance * this.computePs(device, code, code.sampler.mean, instance, -1)
    }
    return sum
  }

  streamWaitPs(device: number, code: KernelCode): number {
    const { gpus } = this.machine
    const { streams } = gpus.devices[device]!
    const batch = Math.max(1, code.batchSize)
    const ahead = Math.max(0, gpus.kernels[device] - gpus.busy[device] * batch)
    const each = gpus.kernelPs(device, code.flops * batch, code.sharedBytes + (code.bytes - code.sharedBytes) * batch)
    return waitPs(streams, gpus.busy[device], Math.ceil(ahead / batch), each)
  }

  engineWaitPs(device: number, engine: number): number {
    const { engines, queue } = this.machine
    return Math.max(0, engines.free[engines.first[device] + engine] - queue.clock[0])
  }

  /** Writes times into a candidate; the wait goes by while the input is on its way. */
  write(candidate: Candidate, inPs: number, outPs: number, firstUsePs: number, waitPs: number, runPs: number): void {
    const wait = Math.max(0, waitPs - inPs - firstUsePs)
    candidate.firstUseUs = firstUsePs / PS_PER_US
    candidate.transferUs = (inPs + outPs) / PS_PER_US
    candidate.queueUs = wait / PS_PER_US
    candidate.runUs = runPs / PS_PER_US
    candidate.estimateUs = roundHalfUp(inPs + outPs + firstUsePs + wait + runPs) / PS_PER_US
  }
}

function takeFirst(frees: number[], ps: number): void {
  let first = 0
  for (let i = 1; i < frees.length; i += 1) if (frees[i] < frees[first]) first = i
  frees[first] += ps
}

/** When a server is free after `queued` jobs of length `each` have each taken the one that was free first. */
function freeAfter(frees: number[], queued: number, each: number): number {
  const rounds = Math.floor(queued / frees.length)
  for (let job = rounds * frees.length; job < queued; job += 1) takeFirst(frees, each)
  return Math.min(...frees) + rounds * each
}

/** Wait for one of `servers` with `ahead` jobs before that take `each`; those at work are spread evenly over their time. */
function waitPs(servers: number, busy: number, ahead: number, each: number): number {
  const queued = ahead - (servers - busy)
  return queued < 0 ? 0 : each / (servers + 1) + (queued * each) / servers
}
