import * as EventKind from './engine/event-kind'
import type { Scenario } from '../scenario/scenario'
import { build } from './build'
import { Control } from './control'
import { CopyKeeper } from './copy-keeper'
import { Decisions } from './decisions'
import type { OccupancyChange, RunShape } from './display'
import { PARTS } from './engine/event-columns'
import { copyPlain, type Plain, type Saved } from './engine/plain-state'
import { Faults } from './faults'
import { Receiving } from './receiving'
import { Reclaiming } from './reclaiming'
import { Recovery } from './recovery'
import { Lifecycle } from './lifecycle'
import { Scaling } from './scaling'
import { Migrations } from './mechanisms/migrations'
import { memoryEvent } from './memory-events'
import { MemoryKeeper } from './memory-keeper'
import { Placing, policyNamed } from './placing'
import type { PlacementGap } from './placement-yardstick'
import { loadBalancingPolicies } from './policies/load-balancing/index'
import { Executor } from './services/executor'
import type { Machine } from './services/machine'
import { chooserOf } from './offload-chooser'
import { OffloadLog } from './offload-log'
import { Tiering } from './tiering'
import { Standstill } from './standstill'
import { TimelineRecorder } from './timeline'
import { resetMaxima, totals, type Totals } from './window'
import type { Sources } from './workloads/sources'

/** A part of a run that can be put back as it was. */
interface Saveable {
  save(): Saved
  restore(saved: Saved): void
}

/** One run of one scenario under one seed: a deterministic function of both, in whatever slices it is advanced. */
export class Run {
  readonly machine: Machine
  readonly shape: RunShape
  readonly decisions = new Decisions()
  readonly timeline: TimelineRecorder
  readonly migrations: Migrations
  readonly lifecycle: Lifecycle
  readonly scaling: Scaling
  occupancy: OccupancyChange[] = []
  /** Totals when the measured window began; null before. */
  warm: Totals | null = null
  readonly keeper: MemoryKeeper
  readonly tiering: Tiering
  readonly reclaiming: Reclaiming
  private readonly sources: Sources
  readonly executor: Executor
  readonly control: Control
  readonly faults: Faults
  private readonly recovery: Recovery
  readonly copying: CopyKeeper
  private readonly receiving: Receiving
  private readonly placing: Placing
  /** How far the instances stand from the best placement at the start; null where nobody asked. */
  placementGap: PlacementGap | null = null
  private done = false
  private readonly standstill = new Standstill()

  constructor(
    readonly scenario: Scenario,
    readonly seed: number,
  ) {
    const { machine, sources, shape } = build(scenario, seed)
    const balancing = policyNamed(loadBalancingPolicies, scenario.policies.loadBalancing.use, 'load-balancing')
    this.machine = machine
    this.shape = shape
    this.sources = sources
    this.executor = new Executor(
      machine,
      balancing,
      (execution) => this.answered(execution),
      chooserOf(scenario, machine),
      new OffloadLog(machine, this.decisions, scenario.policies.offload.use, shape.warmupPs),
    )
    const { downtimeTargetMs, maxRounds, stopWhenNotShrinking } = scenario.policies.migration
    this.migrations = new Migrations(
      machine,
      this.executor,
      {
        downtimeTargetPs: Number(downtimeTargetMs) * 1e9,
        maxRounds: Number(maxRounds),
        stopWhenNotShrinking: stopWhenNotShrinking === true,
      },
      {
        resumed: (instance) => {
          this.executor.offloads.holdings.moved(instance)
          this.noteOccupancy(instance)
          this.machine.caches.moved()
        },
        ended: (migration) => {
          this.control.ended(migration)
          this.lifecycle.roomAgain()
        },
      },
    )
    this.placing = new Placing(scenario, machine, this.decisions)
    this.lifecycle = new Lifecycle(machine, this.placing, this.executor, this.migrations, {
      occupancy: (instance) => {
        this.noteOccupancy(instance)
        this.keeper.ended(instance)
      },
      torn: (_, executions) => executions.forEach((execution) => this.executor.calls.fail(execution)),
      idle: (instance) => this.scaling.idle(instance),
      wanted: (service) => this.scaling.wanted(service),
      called: (service) => this.scaling.called(service),
      room: () => undefined,
    })
    this.keeper = new MemoryKeeper(scenario, machine, this.placing, this.lifecycle, this.migrations, this.decisions)
    this.tiering = new Tiering(scenario, machine, this.decisions, this.executor.far.access.windows.tiers)
    const { mirroring } = this.placing
    this.reclaiming = new Reclaiming(scenario, machine, this.lifecycle, this.migrations, mirroring, this.decisions)
    this.scaling = new Scaling(scenario, machine, this.lifecycle, this.decisions)
    this.control = new Control(scenario, machine, this.migrations, this.decisions, (device) => {
      this.executor.offloads.holdings.clear(device)
    })
    const { placing, executor, lifecycle, migrations, decisions } = this
    this.copying = new CopyKeeper(scenario, machine, executor, placing, lifecycle, migrations)
    this.receiving = new Receiving(machine, executor, this.tiering, this.reclaiming, migrations, this.copying.transfers)
    this.recovery = new Recovery(scenario, {
      ...{ machine, placing, executor, lifecycle, migrations, decisions },
      copying: this.copying,
      leaving: (device, isLeaving) => {
        this.control.setWarned(device, isLeaving)
      },
    })
    this.faults = new Faults(scenario, machine, decisions, this.recovery)
    this.timeline = new TimelineRecorder(
      machine,
      shape,
      scenario.topology.links.map((link) => link.id),
      this.keeper.account,
    )
    this.start()
  }

  private start(): void {
    const { queue, instances } = this.machine
    this.placing.placeAll()
    this.placementGap = this.placing.gap()
    for (let i = 0; i < instances.count; i += 1) this.noteOccupancy(i)
    queue.schedule(this.shape.warmupPs, EventKind.warmup, 0, 0, 0)
    if (this.timeline.bucketPs < this.shape.endPs) queue.schedule(this.timeline.bucketPs, EventKind.bucket, 0, 0, 0)
    this.machine.caches.start()
    this.faults.start()
    this.control.start()
    this.lifecycle.begin()
    this.scaling.start()
    this.keeper.start()
    this.tiering.start(0)
    this.copying.restoring.start()
    this.reclaiming.start(0)
    this.sources.start()
  }

  get now(): number {
    return this.machine.queue.clock[0]
  }

  get events(): number {
    return this.machine.queue.counts[0]
  }

  get isDone(): boolean {
    return this.done
  }

  /**
   * Runs the events before `untilPs` (and before the end of the run), at most `mostEvents`.
   *
   * @returns whether none is left before `untilPs`
   */
  advance(untilPs: number, mostEvents: number): boolean {
    const { queue } = this.machine
    const limit = Math.min(untilPs, this.shape.endPs) - 1
    this.standstill.check(this.now, this.events)
    for (let count = 0; count < mostEvents; count += 1) {
      if ((count & 0xfffff) === 0xfffff) this.standstill.check(this.now, this.events)
      const slot = queue.next(limit)
      if (slot < 0) {
        if (untilPs >= this.shape.endPs) this.finish()
        return true
      }
      const at = slot * PARTS
      const data = queue.data
      this.dispatch(data[at], data[at + 1], data[at + 2], data[at + 3])
    }
    return false
  }

  private finish(): void {
    if (this.done) return
    this.done = true
    this.timeline.tick(this.machine, this.shape.endPs)
  }

  private dispatch(kind: number, a: number, b: number, c: number): void {
    const { fabric } = this.machine
    switch (kind) {
      case EventKind.arrival:
        this.executor.calls.offer(this.sources.arrival(a))
        return
      case EventKind.portArrival:
        fabric.enter(a)
        return
      case EventKind.portKick:
        fabric.kick(a)
        return
      case EventKind.delivered:
        this.receiving.take(a)
        return
      case EventKind.resend:
        fabric.resend(a)
        return
      case EventKind.coreDone:
        this.executor.coreDone(a, b)
        return
      case EventKind.sliceDone:
        this.executor.sliceDone(a, b)
        return
      case EventKind.stallDone:
      case EventKind.delayDone:
        this.executor.wake(a)
        return
      case EventKind.userReady:
        this.executor.calls.offer(this.sources.userReady(a, b))
        return
      case EventKind.nicIn:
        this.executor.calls.fromNic(a)
        return
      case EventKind.nicOut:
        this.executor.calls.complete(this.machine.tokens.execution[a])
        return
      case EventKind.bulkNext:
        if (a < 0) this.copying.transfers.next(-1 - a)
        else this.migrations.nextChunk(a)
        return
      case EventKind.engineDone:
        this.executor.engineDone(a)
        return
      case EventKind.kernelDone:
        this.executor.kernels.done(a)
        return
      case EventKind.handed:
        this.executor.deliveries.take(a, b, c)
        return
      default:
        this.dispatchRare(kind, a, b, c)
    }
  }

  private dispatchRare(kind: number, a: number, b: number, c: number): void {
    const { queue } = this.machine
    switch (kind) {
      case EventKind.attempt:
        this.executor.calls.attempts.due(a, b, c)
        return
      case EventKind.woken:
        this.migrations.woken(a)
        return
      case EventKind.cacheEpoch:
        this.machine.caches.epoch()
        return
      case EventKind.order:
        this.control.order(a)
        return
      case EventKind.control:
        this.control.look()
        return
      case EventKind.warmup:
        this.warm = totals(this.machine, this.now)
        resetMaxima(this.machine)
        this.keeper.account.begin()
        return
      case EventKind.bucket:
        this.timeline.tick(this.machine, this.now)
        if (this.now + this.timeline.bucketPs < this.shape.endPs)
          queue.schedule(this.now + this.timeline.bucketPs, EventKind.bucket, 0, 0, 0)
        return
      case EventKind.idle:
        this.lifecycle.idle(a, b)
        return
      case EventKind.scaling:
        this.scaling.look()
        return
      case EventKind.expired:
        this.scaling.expired(a, b, c)
        return
      case EventKind.prewarm:
        this.scaling.prewarm(a, b)
        return
      case EventKind.started:
        this.lifecycle.started(a, b)
        return
      case EventKind.batchDue:
        this.executor.kernels.due(a, b)
        return
      case EventKind.fault:
        this.faults.turn(a, b, c)
        this.keeper.account.reach()
        return
      case EventKind.recover:
        this.recovery.recover(a, b)
        return
      case EventKind.detected:
        this.recovery.detected(a, b)
        return
      case EventKind.failover:
        this.recovery.answers(a, b)
        return
      case EventKind.fetch:
        this.copying.restoring.fetch(a, b)
        return
      case EventKind.writeBack:
        this.copying.restoring.writeBack()
        return
      case EventKind.lossKnown:
        this.recovery.lossKnown(a)
        return
      case EventKind.shadow:
        this.machine.shadows.arrive(a)
        return
      default:
        if (!memoryEvent(this, kind, a, b, c)) throw new RangeError(`no such event: ${kind}`)
    }
  }

  private noteOccupancy(instance: number): void {
    const { instances } = this.machine
    this.occupancy.push({
      timePs: this.now,
      instance,
      device: instances.device[instance],
      localBytes: instances.localBytes[instance],
      leases: this.machine.copies.all(instance),
    })
    this.keeper.account.note(instance)
  }

  private answered(execution: number): void {
    const { executions } = this.machine
    const user = executions.user[execution]
    if (user >= 0) this.sources.thinks(executions.source[execution], user)
  }

  /** The whole run as plain data. */
  save(): Saved {
    return {
      ...this.saveMotion(),
      measures: this.machine.measures.save(),
      stack: this.machine.stack.save(),
      lives: this.machine.lives.save(),
      timeline: this.timeline.save(),
      warm: this.warm as unknown as Plain,
      decisions: copyPlain(this.decisions.save() as unknown as Plain),
    }
  }

  /** All that decides how the run goes on, without what it has measured: enough to run a stretch again. */
  saveMotion(): Saved {
    const saved: Record<string, Plain> = { queue: this.machine.queue.save() as unknown as Saved, done: this.done }
    for (const [name, part] of this.moving()) saved[name] = part.save()
    saved['occupancy'] = copyPlain(this.occupancy as unknown as Plain)
    return saved
  }

  restore(saved: Saved): void {
    this.restoreMotion(saved)
    this.machine.measures.restore(saved['measures'] as Saved)
    this.machine.stack.restore(saved['stack'] as Saved)
    this.machine.lives.restore(saved['lives'] as Saved)
    this.timeline.restore(saved['timeline'] as Saved)
    this.warm = copyPlain(saved['warm']) as unknown as Totals | null
    this.decisions.restore(copyPlain(saved['decisions']) as never)
  }

  restoreMotion(saved: Saved): void {
    this.machine.queue.restore(saved['queue'] as never)
    for (const [name, part] of this.moving()) part.restore(saved[name] as Saved)
    this.occupancy = copyPlain(saved['occupancy']) as unknown as OccupancyChange[]
    this.done = saved['done'] as boolean
  }

  /** The parts whose state changes as the run goes on, in the order in which they are put back. */
  private moving(): [string, Saveable][] {
    const { fabric, cores, memory, local, nics, engines, gpus, slabs, instances, executions, tokens, batches } =
      this.machine
    const { health, sleep, caches, attempts, copies } = this.machine
    const { sources, control, migrations, placing, keeper, tiering, reclaiming, scaling, faults } = this
    const { transfers } = this.copying
    const { far, offloads } = this.executor
    return Object.entries({
      ...{ fabric, cores, memory, local, nics, engines, gpus, slabs, health, sleep, caches },
      ...{ instances, copies, executions, tokens, batches, attempts, transfers },
      ...{ sources, control, migrations, placing, keeper, tiering, reclaiming, scaling, far, offloads, faults },
    })
  }
}

/** One run, standing at time 0. */
export function createRun(scenario: Scenario, options: { readonly seed?: number } = {}): Run {
  return new Run(scenario, options.seed ?? scenario.run.seed)
}
