import type { Candidate } from './offload-choice'
import type { DecisionView, OffloadDecider } from './offload-decider'
import { PROBE_BYTES, type OffloadEstimates } from './offload-estimates'
import { ShadowServer } from './offload-shadows'
import type { Holdings } from './holdings'
import type { Machine } from './machine'
import type { KernelCode } from './kernel-code'
import type { ComputeCode } from './program'

const PS_PER_US = 1e6

/** Where the steps can run that are decided while the run goes on: the places are described, one is chosen, the others are followed. */
export class OffloadPlaces {
  constructor(
    private readonly machine: Machine,
    private readonly decider: OffloadDecider,
    private readonly estimates: OffloadEstimates,
    private readonly holdings: Holdings,
  ) {}

  /** Device for a compute step. @param amount its work, in its own unit, which the policy does not see */
  compute(token: number, code: ComputeCode, amount: number): number {
    const { tokens, devices } = this.machine
    const home = tokens.device[token]
    const view = this.decider.begin(token, code)
    this.describeCompute(view.add(), token, code, home, home)
    for (const pool of code.pools) {
      if (devices.kinds[devices.nodeFirst[pool]] === devices.kinds[home]) continue
      this.nearest(view, pool, home, (candidate, device) => this.describeCompute(candidate, token, code, home, device))
    }
    if (view.candidates.length === 1) return home
    const chosen = this.decider.choose(token)
    for (const place of view.candidates)
      if (place !== chosen) this.followCompute(token, code, home, place.device, amount)
    return chosen.device
  }

  /** Device for a kernel: a GPU, or that of its instance, where a core may do it. */
  kernel(token: number, code: KernelCode, isOnCore: boolean, runs: number): number {
    const { tokens, gpus } = this.machine
    const home = tokens.device[token]
    const view = this.decider.begin(token, code)
    if (isOnCore || gpus.devices[home] !== null) this.describeKernel(view.add(), token, code, home, home)
    for (const pool of code.pools)
      this.nearest(view, pool, home, (candidate, device) => this.describeKernel(candidate, token, code, home, device))
    if (view.candidates.length === 0) return -1 // where it can go if need be
    if (view.candidates.length === 1) return view.candidates[0].device
    const chosen = this.decider.choose(token)
    for (const place of view.candidates) if (place !== chosen) this.followKernel(token, code, home, place.device, runs)
    return chosen.device
  }

  /** Of a pool the device that takes it and where it would be done first is a candidate; ties to the lowest number. */
  private nearest(
    view: DecisionView,
    pool: number,
    home: number,
    describe: (candidate: Candidate, device: number) => void,
  ): void {
    const { devices } = this.machine
    const candidate = view.add()
    let best = -1
    let least = Infinity
    for (let device = devices.nodeFirst[pool]; device < devices.nodeFirst[pool + 1]; device += 1) {
      if (device === home || this.machine.health.isShunned(device)) continue
      if (!this.estimates.reaches(home, device)) continue
      describe(candidate, device)
      if (candidate.estimateUs >= least) continue
      best = device
      least = candidate.estimateUs
    }
    if (best < 0) view.candidates.pop()
    else if (candidate.device !== best) describe(candidate, best)
  }

  private describe(candidate: Candidate, token: number, home: number, device: number): number {
    const { devices, tokens, executions } = this.machine
    const instance = executions.instance[tokens.execution[token]]
    candidate.target = devices.names[device]
    candidate.device = device
    candidate.pool = devices.node[device]
    candidate.kind = devices.kinds[device]
    candidate.isHome = device === home
    candidate.distanceUs = this.estimates.idlePs(home, device, PROBE_BYTES) / PS_PER_US
    const missing = device === home ? 0 : this.holdings.missingBytes(device, instance)
    candidate.holds = missing === 0
    return missing
  }

  private describeCores(candidate: Candidate, device: number): void {
    const { cores } = this.machine
    candidate.servers = cores.count[device]
    candidate.busy = cores.busy[device]
    candidate.waiting = cores.waiting[device] + this.estimates.bound[device]
  }

  private describeCompute(candidate: Candidate, token: number, code: ComputeCode, home: number, device: number): void {
    const { tokens, executions, engines } = this.machine
    const { estimates } = this
    const instance = executions.instance[tokens.execution[token]]
    const missing = this.describe(candidate, token, home, device)
    const engine = this.engineFor(code, home, device)
    const run = estimates.computePs(device, code, code.sampler.mean, instance, engine)
    if (engine < 0) this.describeCores(candidate, device)
    else {
      candidate.servers = engines.count(device)
      candidate.busy = engines.busyAt(device, this.machine.queue.clock[0])
      candidate.waiting = estimates.bound[device]
    }
    const wait =
      device === home && tokens.core[token] >= 0
        ? 0
        : engine < 0
          ? estimates.coreWaitPs(device, run)
          : estimates.engineWaitPs(device, engine)
    this.write(candidate, home, device, code, missing, wait, run)
  }

  private engineFor(code: ComputeCode, home: number, device: number): number {
    return code.work === null || device === home ? -1 : this.machine.engines.pick(device, code.work)
  }

  private describeKernel(candidate: Candidate, token: number, code: KernelCode, home: number, device: number): void {
    const { gpus, tokens } = this.machine
    const missing = this.describe(candidate, token, home, device)
    const run = this.estimates.kernelPs(device, code, code.runs === null ? 1 : code.runs.sampler.mean)
    const gpu = gpus.devices[device]
    if (gpu === null) this.describeCores(candidate, device)
    else {
      candidate.servers = gpu.streams
      candidate.busy = gpus.busy[device]
      candidate.waiting = Math.max(0, gpus.kernels[device] - gpus.busy[device])
    }
    const wait =
      gpu !== null
        ? this.estimates.streamWaitPs(device, code)
        : tokens.core[token] >= 0
          ? 0
          : this.estimates.coreWaitPs(device, run)
    this.write(candidate, home, device, code, missing, wait, run)
  }

  private write(
    candidate: Candidate,
    home: number,
    device: number,
    code: { readonly inputBytes: number; readonly outputBytes: number },
    missing: number,
    waitPs: number,
    runPs: number,
  ): void {
    const { estimates } = this
    const input = estimates.messagePs(home, device, code.inputBytes)
    const first =
      missing === 0
        ? 0
        : estimates.idlePs(home, device, code.inputBytes + missing) - estimates.idlePs(home, device, code.inputBytes)
    estimates.write(candidate, input, estimates.messagePs(device, home, code.outputBytes), first, waitPs, runPs)
  }

  private followCompute(token: number, code: ComputeCode, home: number, device: number, amount: number): void {
    const { tokens, executions } = this.machine
    const instance = executions.instance[tokens.execution[token]]
    const engine = this.engineFor(code, home, device)
    const run = this.estimates.computePs(device, code, amount, instance, engine)
    this.follow(token, code, home, device, engine < 0 ? ShadowServer.cores : ShadowServer.engine, engine, run)
  }

  private followKernel(token: number, code: KernelCode, home: number, device: number, runs: number): void {
    const run = this.estimates.kernelPs(device, code, runs)
    const server = this.machine.gpus.devices[device] === null ? ShadowServer.cores : ShadowServer.streams
    this.follow(token, code, home, device, server, -1, run)
  }

  private follow(
    token: number,
    code: { readonly inputBytes: number; readonly outputBytes: number },
    home: number,
    device: number,
    server: number,
    engine: number,
    runPs: number,
  ): void {
    const { tokens, executions } = this.machine
    const { estimates } = this
    if (device === home) {
      if (tokens.core[token] >= 0) this.decider.known(token, home, runPs)
      else this.decider.follow(token, home, server, engine, runPs, 0, 0)
      return
    }
    const missing = this.holdings.missingBytes(device, executions.instance[tokens.execution[token]])
    const input = estimates.messagePs(home, device, code.inputBytes + missing)
    this.decider.follow(
      token,
      device,
      server,
      engine,
      runPs,
      input,
      estimates.messagePs(device, home, code.outputBytes),
    )
  }
}
