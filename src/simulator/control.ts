import * as EventKind from './engine/event-kind'
import type { PolicyUse, Scenario } from '../scenario/scenario'
import { PS_PER_MS, PS_PER_SECOND, PS_PER_US, roundHalfUp } from '../units/time'
import { customMigration } from './custom/migration'
import { isCustom } from './custom/rules'
import { outcomeWithout } from './decision-outcome'
import type { Decisions } from './decisions'
import { copyPlain, type Plain, type Saved } from './engine/plain-state'
import { AUTO, type Migrations, type MoveEstimate } from './mechanisms/migrations'
import { deviceIndex, policyNamed } from './placing'
import { migrationPolicies } from './policies/migration/index'
import type { MigrationInstance, MigrationView, MigrationWatch, Move } from './policies/migration/migration-policy'
import { creditRunning } from './services/busy-time'
import type { Machine } from './services/machine'

interface Awaited {
  readonly migration: number
  readonly decision: number
  readonly totalPs: number
  readonly downtimePs: number
}

/** Has instances moved: by order, and whenever the migration policy looks. */
export class Control {
  private readonly watch: MigrationWatch | null
  private readonly periodPs: number
  /** Core time of each device, and of each instance, up to the last look, ps. */
  private seen: Float64Array
  private seenOf: Float64Array
  /** Moves under way by order of their beginning: their decisions, and what was expected of them. */
  private awaited: Awaited[] = []

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly migrations: Migrations,
    private readonly decisions: Decisions,
  ) {
    const { migration } = scenario.policies
    this.watch = isCustom(migration)
      ? customMigration(migration, machine.streams)
      : policyNamed(migrationPolicies, migration.use, 'migration').watch(migration)
    this.periodPs = roundHalfUp(Number(migration['controlPeriodMs']) * PS_PER_MS)
    this.seen = new Float64Array(machine.devices.names.length)
    this.seenOf = new Float64Array(machine.instances.count)
  }

  /** Schedules the orders and the first look. */
  start(): void {
    const { queue } = this.machine
    this.scenario.policies.orders.forEach((order, i) => {
      queue.schedule(roundHalfUp(order.atSeconds * PS_PER_SECOND), EventKind.order, i, 0, 0)
    })
    if (this.watch) queue.schedule(this.periodPs, EventKind.control, 0, 0, 0)
  }

  /** How often the policy looks, ps; 0: never. */
  get rhythmPs(): number {
    return this.watch ? this.periodPs : 0
  }

  /** The policy begins to look at this moment of a run: for the first time one period later, as at the start of a run. */
  takeUp(now: number): void {
    const { queue, cores, instances } = this.machine
    this.seen = this.seen.map((_, i) => cores.busyCores.integralAt(i, now))
    creditRunning(this.machine, now)
    this.seenOf.set(instances.busyPs)
    if (this.watch) queue.schedule(now + this.periodPs, EventKind.control, 0, 0, 0)
  }

  /** Event `order`. */
  order(index: number): void {
    const order = this.scenario.policies.orders[index]
    const { instances } = this.machine
    const service = this.scenario.application.services.findIndex((candidate) => candidate.id === order.service)
    const instance = instances.first[service] + order.instance
    this.move(instance, deviceIndex(this.scenario, this.machine, order.to), order.mechanism, {
      policy: 'order',
      reason: 'by order',
      saw: [],
      candidates: null,
    })
  }

  /** Event `control`. */
  look(): void {
    const { queue } = this.machine
    const view = this.view()
    for (const move of this.watch!.decide(view)) this.carryOut(move)
    this.seenOf.set(this.machine.instances.busyPs)
    queue.schedule(queue.clock[0] + this.periodPs, EventKind.control, 0, 0, 0)
  }

  private carryOut(move: Move): void {
    const { migration } = this.scenario.policies
    this.move(move.instance, move.target, mechanismOf(migration), {
      policy: migration.use,
      reason: move.reason,
      saw: move.saw,
      candidates: move.candidates,
    })
  }

  private move(
    instance: number,
    to: number,
    asked: string,
    why: { policy: string; reason: string; saw: Move['saw']; candidates: Move['candidates'] | null },
  ): void {
    const { instances, devices, queue } = this.machine
    const now = queue.clock[0]
    const from = instances.device[instance]
    const refusal = this.migrations.refusal(instance, to, asked)
    const mechanism = asked === AUTO && !refusal ? this.migrations.quickest(instance, to) : asked
    const estimate = refusal ? null : this.migrations.estimate(instance, to, mechanism)
    const estimateUs = estimate ? estimate.total / PS_PER_US : NaN
    const candidates = why.candidates ?? [
      {
        target: devices.names[to],
        estimateUs,
        chosen: true,
        note: estimate ? `downtime about ${(estimate.downtime / PS_PER_MS).toFixed(2)} ms` : '',
      },
    ]
    const migration = refusal ? this.migrations.refuse(instance, to, mechanism) : this.migrations.list.length
    const decision = this.decisions.add(now, {
      kind: 'migration',
      subject: instances.name(instance),
      from: from < 0 ? '' : devices.names[from],
      to: devices.names[to],
      policy: why.policy,
      mechanism,
      reason: refusal ? `refused: ${refusal}` : why.reason,
      estimateUs,
      saw: why.saw,
      candidates,
      migration,
    })
    if (refusal) return
    if (estimate) this.awaited.push({ migration, decision, totalPs: estimate.total, downtimePs: estimate.downtime })
    this.migrations.begin(instance, to, mechanism)
  }

  /** A move has ended: its times beside those expected. */
  ended(migration: number): void {
    const at = this.awaited.findIndex((each) => each.migration === migration)
    if (at < 0) return
    const [{ decision, totalPs, downtimePs }] = this.awaited.splice(at, 1)
    const { start, stop, resume, end, outcome } = this.migrations.list[migration]
    const us = (ps: number): number => ps / PS_PER_US
    this.decisions.settle(
      decision,
      outcomeWithout(this.machine.queue.clock[0], outcome, [
        { name: 'total', estimateUs: us(totalPs), actualUs: us(end - start) },
        { name: 'downtime', estimateUs: us(downtimePs), actualUs: us(resume - stop) },
      ]),
    )
  }

  private view(): MigrationView {
    const { cores, devices, queue } = this.machine
    const now = queue.clock[0]
    const list = devices.names.map((name, i) => {
      const busy = cores.busyCores.integralAt(i, now) - this.seen[i]
      return {
        name,
        cores: cores.count[i],
        utilization: cores.count[i] === 0 ? 0 : busy / (cores.count[i] * this.periodPs),
      }
    })
    this.seen = this.seen.map((_, i) => cores.busyCores.integralAt(i, now))
    creditRunning(this.machine, now)
    return { timePs: now, periodMs: this.periodPs / PS_PER_MS, devices: list, instances: this.instances() }
  }

  private instances(): MigrationInstance[] {
    const { instances, devices } = this.machine
    const mechanism = mechanismOf(this.scenario.policies.migration)
    return Array.from(instances.service, (_, i): MigrationInstance => {
      const movable = !instances.spec(i).pinned && instances.device[i] >= 0 && !this.migrations.isMoving(i)
      const targets = movable
        ? devices.names
            .map((_name, d) => d)
            .filter((d) => this.machine.cores.count[d] > 0 && this.migrations.refusal(i, d, mechanism) === null)
        : []
      const estimateUs = targets.length > 0 ? this.expected(i, targets[0], mechanism).total / PS_PER_US : NaN
      return {
        name: instances.name(i),
        device: instances.device[i],
        load: (instances.busyPs[i] - this.seenOf[i]) / this.periodPs,
        movable,
        targets,
        estimateUs,
      }
    })
  }

  private expected(instance: number, to: number, mechanism: string): MoveEstimate {
    const way = mechanism === AUTO ? this.migrations.quickest(instance, to) : mechanism
    return this.migrations.estimate(instance, to, way)
  }

  save(): Saved {
    return {
      seen: this.seen.slice(),
      seenOf: this.seenOf.slice(),
      awaited: copyPlain(this.awaited as unknown as Plain),
      watch: this.watch?.save() ?? {},
    }
  }

  restore(saved: Saved): void {
    this.seen = (saved['seen'] as Float64Array).slice()
    this.seenOf = (saved['seenOf'] as Float64Array).slice()
    this.awaited = copyPlain(saved['awaited']) as unknown as Awaited[]
    this.watch?.restore(saved['watch'] as never)
  }
}

/** Name of the mechanism that a migration policy uses. */
function mechanismOf(policy: PolicyUse): string {
  const mechanism = policy['mechanism']
  if (typeof mechanism !== 'string') throw new RangeError('a migration policy needs a mechanism')
  return mechanism
}
