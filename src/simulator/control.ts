import * as EventKind from './engine/event-kind'
import type { EvacuateOrder, PolicyUse, Scenario } from '../scenario/scenario'
import { PS_PER_MS, PS_PER_SECOND, PS_PER_US, roundHalfUp } from '../units/time'
import { customMigration } from './custom/migration'
import { isCustom } from './custom/rules'
import { outcomeWithout } from './decision-outcome'
import type { Decisions } from './decisions'
import { copyPlain, type Plain, type Saved } from './engine/plain-state'
import type { Migrations } from './mechanisms/migrations'
import { AUTO } from './mechanisms/move-estimates'
import { MigrationViews } from './migration-view'
import { MoveBudget } from './move-budget'
import { deviceIndex, policyNamed } from './placing'
import { evacuation } from './policies/migration/evacuation'
import { migrationPolicies } from './policies/migration/index'
import type { MigrationWatch, Move } from './policies/migration/migration-policy'
import type { Machine } from './services/machine'
import { RecentLatencies } from './services/recent-latencies'
import { RecentPeers } from './services/recent-peers'

/** Why a device is to be emptied: by order, or as it is about to fail. */
const ORDERED = 1
const WARNED = 2

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
  private readonly budget: MoveBudget
  private readonly views: MigrationViews
  /** Devices that are to be emptied: `ORDERED`, `WARNED` or both. */
  private readonly leaving: Uint8Array
  /** Moves under way by order of their beginning: their decisions, and what was expected of them. */
  private awaited: Awaited[] = []

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly migrations: Migrations,
    private readonly decisions: Decisions,
    /** A device is to be emptied from now on. */
    private readonly emptied: (device: number) => void,
  ) {
    const { migration } = scenario.policies
    this.watch = isCustom(migration)
      ? customMigration(migration, machine.streams)
      : policyNamed(migrationPolicies, migration.use, 'migration').watch(migration)
    this.periodPs = roundHalfUp(Number(migration['controlPeriodMs']) * PS_PER_MS)
    this.leaving = machine.health.leaving
    this.budget = new MoveBudget(migration, migrations)
    const mechanism = mechanismOf(migration)
    this.views = new MigrationViews(machine, migrations, this.budget, mechanism, this.periodPs, this.leaving)
    const policy = migrationPolicies.find(({ name }) => name === migration.use)
    const { measures, instances, devices } = machine
    if (policy?.needsLatencies === true) measures.recentOf = new RecentLatencies(instances.count)
    if (policy?.needsPeers === true) measures.peersOf = new RecentPeers(instances.count, devices.names.length)
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
    const { queue } = this.machine
    this.views.takeUp(now)
    if (this.watch) queue.schedule(now + this.periodPs, EventKind.control, 0, 0, 0)
  }

  /** Event `order`. */
  order(index: number): void {
    const order = this.scenario.policies.orders[index]
    if (order.do === 'evacuate') {
      this.evacuate(order)
      return
    }
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

  /** Moves what can leave a device, as the evacuation policy would. */
  private evacuate({ from, mechanism }: EvacuateOrder): void {
    const device = deviceIndex(this.scenario, this.machine, from)
    this.leaving[device] |= ORDERED
    this.emptied(device)
    for (const { instance, target, reason, saw, candidates } of evacuation.watch({})!.decide(this.views.view()))
      this.move(instance, target, mechanism, { policy: 'order', reason, saw, candidates })
  }

  /** A device is about to fail, or works again: policies see it as one to be emptied until then. */
  setWarned(device: number, isWarned: boolean): void {
    this.leaving[device] = (this.leaving[device] & ORDERED) | (isWarned ? WARNED : 0)
    if (isWarned) this.emptied(device)
  }

  /** Event `control`. */
  look(): void {
    const { queue } = this.machine
    const now = queue.clock[0]
    for (const move of this.watch!.decide(this.views.view())) this.carryOut(move, now)
    this.views.takeUp(now)
    this.machine.measures.recentOf?.clear()
    this.machine.measures.peersOf?.clear()
    queue.schedule(now + this.periodPs, EventKind.control, 0, 0, 0)
  }

  private carryOut(move: Move, now: number): void {
    const { migration } = this.scenario.policies
    const held = this.budget.take(move.instance, now)
    if (held !== null) {
      if (this.budget.isNews(move.instance)) this.holdBack(move, held)
      return
    }
    this.move(move.instance, move.target, mechanismOf(migration), {
      policy: migration.use,
      reason: move.reason,
      saw: move.saw,
      candidates: move.candidates,
    })
  }

  /** A move that the policy wants and its budget does not allow; it is said once. */
  private holdBack({ instance, target, saw, candidates }: Move, why: string): void {
    const { instances, devices, queue } = this.machine
    const { migration } = this.scenario.policies
    this.decisions.add(queue.clock[0], {
      kind: 'migration',
      subject: instances.name(instance),
      from: devices.names[instances.device[instance]],
      to: devices.names[target],
      policy: migration.use,
      mechanism: mechanismOf(migration),
      reason: `held back: ${why}`,
      saw,
      candidates,
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
    const mechanism = asked === AUTO && !refusal ? this.migrations.estimates.quickest(instance, to) : asked
    const estimate = refusal ? null : this.migrations.estimates.estimate(instance, to, mechanism)
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

  save(): Saved {
    return {
      views: this.views.save(),
      budget: this.budget.save(),
      leaving: this.leaving.slice(),
      recent: this.machine.measures.recentOf?.save() ?? null,
      peers: this.machine.measures.peersOf?.save() ?? null,
      awaited: copyPlain(this.awaited as unknown as Plain),
      watch: this.watch?.save() ?? {},
    }
  }

  restore(saved: Saved): void {
    this.views.restore(saved['views'] as Saved)
    this.budget.restore(saved['budget'] as Saved)
    this.leaving.set(saved['leaving'] as Uint8Array)
    if (saved['recent'] !== null) this.machine.measures.recentOf?.restore(saved['recent'] as Saved)
    if (saved['peers'] !== null) this.machine.measures.peersOf?.restore(saved['peers'] as Saved)
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
