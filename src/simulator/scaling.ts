import type { Scenario } from '../scenario/scenario'
import { PS_PER_MS, roundHalfUp } from '../units/time'
import type { Decisions } from './decisions'
import * as EventKind from './engine/event-kind'
import { capture, reinstate, type Plain, type Saved } from './engine/plain-state'
import type { Lifecycle } from './lifecycle'
import { policyNamed } from './policy-named'
import { scalingPolicies } from './policies/scaling/index'
import type { Keep, Resize, ScalingService, ScalingWatch } from './policies/scaling/scaling-policy'
import { creditRunning } from './services/busy-time'
import * as State from './services/instance-state'
import type { Machine } from './services/machine'

const FIELDS = ['seen', 'idleSince', 'serial', 'thenKeepMs', 'prewarmed']

/** Has instances come and go as the scaling policy says: at each look, and when services have nothing to do. */
export class Scaling {
  private readonly watch: ScalingWatch | null
  private readonly periodPs: number
  /** Core time of each instance up to the last look, ps. */
  private seen: Float64Array
  /** Per service: since when it has nothing to do, ps, NaN: it has; how often that has been; how long a pre-warmed one stays; whether there is one. */
  private idleSince: Float64Array
  private serial: Int32Array
  private thenKeepMs: Float64Array
  private prewarmed: Uint8Array

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly lifecycle: Lifecycle,
    private readonly decisions: Decisions,
  ) {
    const { scaling } = scenario.policies
    const services = scenario.application.services.length
    this.watch = policyNamed(scalingPolicies, scaling.use, 'scaling').watch(scaling, services)
    this.periodPs = roundHalfUp(Number(scaling['controlPeriodMs']) * PS_PER_MS)
    this.seen = new Float64Array(machine.instances.count)
    this.idleSince = new Float64Array(services).fill(NaN)
    this.serial = new Int32Array(services)
    this.thenKeepMs = new Float64Array(services)
    this.prewarmed = new Uint8Array(services)
  }

  /** Schedules the first look; services that may have no instance have nothing to do at first. */
  start(): void {
    if (this.watch === null) return
    const { queue, instances } = this.machine
    queue.schedule(this.periodPs, EventKind.scaling, 0, 0, 0)
    if (!this.watch.toZero) return
    instances.alert.fill(2)
    for (let i = 0; i < instances.count; i += 1) if (instances.state[i] === State.up) this.idle(i)
  }

  /** Another policy begins at this moment of a run: it looks for the first time one period later, as at the start. */
  takeUp(now: number): void {
    const { queue, instances } = this.machine
    creditRunning(this.machine, now)
    this.seen.set(instances.busyPs)
    for (let i = 0; i < instances.count; i += 1)
      instances.alert[i] = this.watch?.toZero === true ? 2 : instances.state[i] === State.draining ? 1 : 0
    this.idleSince.fill(NaN)
    this.prewarmed.fill(0)
    if (this.watch === null) return
    queue.schedule(now + this.periodPs, EventKind.scaling, 0, 0, 0)
    for (let i = 0; i < instances.count; i += 1)
      if (instances.state[i] === State.up && instances.assigned[i] === 0) this.idle(i)
  }

  /** Event `scaling`. */
  look(): void {
    const { queue } = this.machine
    const now = queue.clock[0]
    creditRunning(this.machine, now)
    const services = this.scenario.application.services.map((_, service) => this.view(service))
    this.seen.set(this.machine.instances.busyPs)
    const view = { timeMs: now / PS_PER_MS, periodMs: this.periodPs / PS_PER_MS, services }
    for (const resize of this.watch!.decide(view)) this.resize(resize, services[resize.service])
    queue.schedule(now + this.periodPs, EventKind.scaling, 0, 0, 0)
  }

  private view(service: number): ScalingService {
    const { instances } = this.machine
    const { id, minReplicas, maxReplicas, replicas } = this.scenario.application.services[service]
    const spec = instances.services[service]
    let [up, coming, requests, busyPs] = [0, 0, instances.lobbyCount[service], 0]
    for (let i = instances.first[service]; i < instances.first[service + 1]; i += 1) {
      if (instances.state[i] === State.up) up += 1
      else if (instances.state[i] === State.starting || instances.state[i] === State.waiting) coming += 1
      requests += instances.assigned[i]
      busyPs += instances.busyPs[i] - this.seen[i]
    }
    return {
      name: id,
      up,
      coming,
      min: Math.max(this.watch?.toZero === true ? 0 : 1, minReplicas ?? replicas),
      max: maxReplicas ?? replicas,
      threads: spec.threads,
      requests,
      busyCores: busyPs / this.periodPs,
      coldStartMs: spec.coldStartPs / PS_PER_MS,
    }
  }

  private resize({ service, replicas, reason, saw }: Resize, seen: ScalingService): void {
    const now = seen.up + seen.coming
    const wanted = Math.min(seen.max, Math.max(seen.min, replicas))
    if (wanted === now) return
    this.tell(service, now, wanted, reason, saw)
    for (let count = now; count < wanted; count += 1) this.startOne(service, reason)
    for (let count = now; count > wanted; count -= 1) this.releaseOne(service)
  }

  /** One that is draining is kept, else the first absent one starts. */
  private startOne(service: number, why: string): void {
    const { instances } = this.machine
    const first = instances.first[service]
    const draining = instances.state.subarray(first, instances.first[service + 1]).indexOf(State.draining)
    const instance = draining >= 0 ? first + draining : this.lifecycle.firstAbsent(service)
    if (instance >= 0) this.lifecycle.start(instance, why)
  }

  /** One that is not up yet goes first, then the one with the fewest requests, of equals the last. */
  private releaseOne(service: number): void {
    const { instances } = this.machine
    let best = -1
    const rank = (i: number): number => (instances.state[i] === State.up ? 1 + instances.assigned[i] : 0)
    for (let i = instances.first[service]; i < instances.first[service + 1]; i += 1) {
      const state = instances.state[i]
      if (state === State.absent || state === State.draining) continue
      if (best < 0 || rank(i) <= rank(best)) best = i
    }
    if (best >= 0) this.lifecycle.release(best)
  }

  private tell(service: number, from: number, to: number, reason: string, saw: Resize['saw']): void {
    const { queue } = this.machine
    const count = (replicas: number): string => `${replicas} replica${replicas === 1 ? '' : 's'}`
    this.decisions.add(queue.clock[0], {
      kind: 'scaling',
      subject: this.scenario.application.services[service].id,
      from: count(from),
      to: count(to),
      policy: this.scenario.policies.scaling.use,
      reason,
      saw,
    })
  }

  /** An instance has nothing to do: it stays for as long as the policy says. */
  idle(instance: number): void {
    if (this.watch?.toZero !== true) return
    const { instances, queue } = this.machine
    const service = instances.service[instance]
    if (this.prewarmed[service] === 1) {
      this.expireAfter(instance, this.thenKeepMs[service])
      return
    }
    const seen = this.view(service)
    if (seen.requests === 0) {
      this.idleSince[service] = queue.clock[0]!
      this.serial[service] += 1
    }
    this.expireAfter(instance, this.watch.keep(seen, service).keepMs)
  }

  private expireAfter(instance: number, keepMs: number): void {
    if (keepMs === Infinity) return
    const { queue, instances } = this.machine
    instances.rests[instance] += 1
    const at = queue.clock[0] + roundHalfUp(keepMs * PS_PER_MS)
    queue.schedule(at, EventKind.expired, instance, instances.epoch[instance], instances.rests[instance])
  }

  /** Event `expired`: the time of an idle instance is over, unless something came for it. */
  expired(instance: number, epoch: number, rest: number): void {
    const { instances } = this.machine
    if (instances.epoch[instance] !== epoch || instances.rests[instance] !== rest) return
    if (instances.state[instance] !== State.up || instances.assigned[instance] > 0) return
    const service = instances.service[instance]
    const seen = this.view(service)
    if (seen.up + seen.coming <= seen.min) return
    const keep = this.watch!.keep(seen, service)
    const isVain = this.prewarmed[service] === 1
    const reason = isVain ? 'pre-warmed, and nothing came' : keep.reason
    this.tell(service, seen.up + seen.coming, seen.up + seen.coming - 1, reason, keep.saw)
    this.lifecycle.release(instance)
    if (seen.up + seen.coming === 1 && !isVain) this.planPrewarm(service, keep)
  }

  private planPrewarm(service: number, { prewarmMs, thenKeepMs }: Keep): void {
    if (prewarmMs === Infinity || Number.isNaN(this.idleSince[service])) return
    const { queue } = this.machine
    this.thenKeepMs[service] = thenKeepMs
    const at = Math.max(queue.clock[0], this.idleSince[service] + roundHalfUp(prewarmMs * PS_PER_MS))
    queue.schedule(at, EventKind.prewarm, service, this.serial[service], 0)
  }

  /** Event `prewarm`: a request is likely soon, unless one has come. */
  prewarm(service: number, serial: number): void {
    const { instances } = this.machine
    if (this.serial[service] !== serial || Number.isNaN(this.idleSince[service])) return
    const instance = this.lifecycle.firstAbsent(service)
    const seen = this.view(service)
    if (instance < 0 || seen.up + seen.coming > 0) return
    const reason = 'a request is likely soon after so long a rest'
    const restMs = (this.machine.queue.clock[0] - this.idleSince[service]) / PS_PER_MS
    this.tell(service, 0, 1, reason, [{ name: 'nothing to do for', value: `${restMs.toFixed(1)} ms` }])
    this.prewarmed[service] = 1
    this.lifecycle.start(instance, `pre-warmed: ${instances.spec(instance).id}`)
  }

  /** A request found no instance of a service: why one is to start; null: none is. */
  wanted(service: number): string | null {
    if (this.watch?.toZero !== true) return null
    if (this.lifecycle.firstAbsent(service) < 0) return null
    this.tell(service, 0, 1, 'a request found no instance', [])
    return 'cold start for a request'
  }

  /** A request comes for a service that may have had nothing to do. */
  called(service: number): void {
    if (this.watch?.toZero !== true) return
    const since = this.idleSince[service]
    if (Number.isNaN(since)) return
    this.idleSince[service] = NaN
    this.prewarmed[service] = 0
    this.watch.cameAfter(service, (this.machine.queue.clock[0] - since) / PS_PER_MS)
  }

  save(): Saved {
    return { ...capture(this as unknown as Record<string, Plain>, FIELDS), watch: this.watch?.save() ?? {} }
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, FIELDS, saved)
    this.watch?.restore(saved['watch'] as never)
  }
}
