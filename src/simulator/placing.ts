import type { DeviceRef, Scenario } from '../scenario/scenario'
import type { Decisions } from './decisions'
import type { Candidate, DecisionRow } from './result'
import { Leasing, gib, keptGrant, remoteShareOf } from './leasing'
import { Mirroring } from './mirroring'
import { PlacementChooser } from './placement-choice'
import { placementGap, type PlacementGap } from './placement-yardstick'
import type { PlacementCandidate } from './policies/placement/placement-policy'
import { canBeFar, type Machine } from './services/machine'
import * as State from './services/instance-state'
import type { Saved } from './engine/plain-state'

export { policyNamed } from './policy-named'

/** So many candidates of a decision are kept: the one chosen, and the first of the others. */
const MOST_CANDIDATES = 32
/** Instances times devices up to which estimates are made just to be told. */
const MOST_EXPLAINED = 20_000

/** @param explain whether each is told with its estimate and what is expected there */
function candidatesOf(views: readonly PlacementCandidate[], chosen: number, explain: boolean): Candidate[] {
  const candidates: Candidate[] = []
  views.forEach((view, i) => {
    if (i !== chosen && candidates.length >= (i < chosen ? MOST_CANDIDATES - 1 : MOST_CANDIDATES)) return
    const estimateUs = explain ? view.estimateUs : NaN
    candidates.push({ target: view.name, estimateUs, chosen: i === chosen, note: noteOf(view, explain) })
  })
  return candidates
}

function noteOf(view: PlacementCandidate, explain: boolean): string {
  const there = `${view.instances} on it`
  if (!explain) return there
  const use = Math.round((100 * (view.load + view.addedLoad)) / view.cores)
  return `${there}, ${gib(view.freeBytes)} free, cores ${use} % busy with it`
}

/** Places instances, at the start and later: a device by the placement policy, far memory by the memory policy. */
export class Placing {
  readonly chooser: PlacementChooser
  /** 1: no instance may be placed on the device, as it is down. */
  closed: Uint8Array
  /** Devices that may run each service, as they are found. */
  private readonly hosts = new Map<number, readonly number[]>()
  readonly leasing: Leasing
  readonly mirroring: Mirroring

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly decisions: Decisions,
  ) {
    this.chooser = new PlacementChooser(scenario, machine, (instance) => this.openDevicesFor(instance))
    this.closed = new Uint8Array(machine.devices.names.length)
    this.leasing = new Leasing(scenario, machine, decisions)
    this.mirroring = new Mirroring(scenario, machine, this.leasing, decisions)
  }

  placeAll(): void {
    const { instances } = this.machine
    const starting = instances.services.flatMap(({ replicas }, service) =>
      Array.from({ length: replicas }, (_, i) => instances.first[service] + i),
    )
    this.chooser.begin(starting)
    for (const instance of starting) {
      const found = this.place(instance)
      if (found === 'placed') instances.enter(instance, State.up)
      else if (found === 'no memory' && this.waitsForMemory()) instances.enter(instance, State.waiting)
    }
    this.chooser.begin([])
  }

  /** How far the instances stand from the best placement; null unless the policy is asked to compare. */
  gap(): PlacementGap | null {
    const { placement } = this.scenario.policies
    if (placement['yardstick'] !== true) return null
    return placementGap(
      this.machine,
      this.chooser.costs,
      (instance) => this.devicesFor(instance),
      Number(placement['mostNodes']),
    )
  }

  /** Whether there are so few instances and devices that every decision is told with its estimates. */
  private get explains(): boolean {
    return this.machine.instances.count * this.machine.devices.names.length <= MOST_EXPLAINED
  }

  /** Whether an instance that finds no memory waits for it; else it is rejected. */
  waitsForMemory(): boolean {
    return this.scenario.policies.memory['onFull'] !== 'reject'
  }

  /**
   * Takes a device, local and far memory for an instance, or nothing.
   *
   * @param why it starts; empty at the start of the run
   */
  place(instance: number, why = ''): 'placed' | 'no device' | 'no memory' {
    const { instances, devices, local } = this.machine
    if (why !== '') this.chooser.begin([instance])
    const isNew = instances.state[instance] !== State.waiting // else it has been told before that it waits
    const spec = instances.spec(instance)
    const localBytes = Math.ceil(spec.footprintBytes * spec.localShare)
    const kept = instances.leases[instance]
    const fitting = this.openDevicesFor(instance).filter(
      (device) => local.roomBytes(device) >= localBytes && this.reaches(device, instance),
    )
    if (fitting.length === 0) {
      if (isNew) this.tell(instance, -1, `no device has ${gib(localBytes)} of local memory left`, [])
      return 'no device'
    }
    const { choice, candidates } = this.chooser.choose(instance, fitting)
    const told = candidatesOf(candidates, choice.candidate, this.explains)
    const device = fitting[choice.candidate]
    const footprint = instances.footprint[instances.service[instance]]
    const far = this.machine.copies.farBytes(footprint, localBytes)
    const grant =
      kept.length > 0
        ? keptGrant(kept, far)
        : this.leasing.lease(instance, device, far, local.roomBytes(device) - localBytes)
    if (grant === null) {
      if (isNew) this.leasing.tellFull(instance, far)
      return 'no memory'
    }
    const held = localBytes + grant.spilled
    local.reserve(device, held)
    instances.place(instance, device, grant.leases, held)
    instances.need(instance, this.machine.copies.farBytes(footprint, held), remoteShareOf(spec, held, footprint))
    this.machine.copies.keepNear(instance, footprint, held)
    this.chooser.placed(instance, device)
    const reason = spec.pinned ? `pinned to ${devices.names[device]}` : choice.reason
    this.tell(instance, device, why === '' ? reason : `${why}: ${reason}`, told)
    if (kept.length === 0) this.leasing.tell(instance, device, grant)
    this.mirroring.fill(instance, false)
    return 'placed'
  }

  /** Whether a device has ways to all the memory that an instance has kept. */
  private reaches(device: number, instance: number): boolean {
    const { copies } = this.machine
    return copies.all(instance).every((lease) => canBeFar(this.machine, device, lease.device))
  }

  /** Gives back all memory of an instance that ends. */
  giveBack(instance: number): void {
    const { instances, slabs, local } = this.machine
    const device = instances.device[instance]
    local.release(device, instances.localBytes[instance])
    slabs.giveBack(instances.leases[instance])
    this.mirroring.giveBack(instance)
  }

  save(): Saved {
    return { closed: this.closed.slice(), chooser: this.chooser.save() }
  }

  restore(saved: Saved): void {
    this.closed = (saved['closed'] as Uint8Array).slice()
    this.chooser.restore(saved['chooser'] as Saved)
  }

  /** Devices that may run an instance, whether or not they have the memory now. */
  devicesFor(instance: number): readonly number[] {
    const { instances, devices } = this.machine
    const service = instances.service[instance]
    const known = this.hosts.get(service)
    if (known !== undefined) return known
    const { on } = this.scenario.application.services[service]
    const { runsOn } = instances.spec(instance)
    const list = [...devices.names.keys()].filter((device) =>
      on ? this.isAt(device, on) : runsOn.includes(devices.kinds[device]) && this.canRun(device),
    )
    this.hosts.set(service, list)
    return list
  }

  /** Devices that take new instances; those to be emptied only where there is no other. */
  private openDevicesFor(instance: number): readonly number[] {
    const open = this.devicesFor(instance).filter((device) => this.closed[device] === 0)
    const staying = open.filter((device) => this.machine.health.leaving[device] === 0)
    return staying.length > 0 ? staying : open
  }

  private canRun(device: number): boolean {
    return this.machine.cores.count[device] > 0 || this.machine.gpus.devices[device] !== null
  }

  private isAt(device: number, on: { readonly node: string; readonly device: number | null }): boolean {
    const { devices } = this.machine
    const node = devices.node[device]
    return (
      this.scenario.topology.nodes[node].id === on.node &&
      (on.device === null || device - devices.nodeFirst[node] === on.device)
    )
  }

  private tell(instance: number, device: number, reason: string, candidates: readonly Candidate[]): void {
    const { instances, devices } = this.machine
    const row: Pick<DecisionRow, 'kind' | 'subject' | 'to' | 'policy' | 'reason' | 'candidates'> = {
      kind: 'placement',
      subject: instances.name(instance),
      to: device < 0 ? '' : devices.names[device],
      policy: this.scenario.policies.placement.use,
      reason,
      candidates,
    }
    this.decisions.add(this.machine.queue.clock[0], row)
  }
}

/** Index of a device named in a scenario. */
export function deviceIndex(scenario: Scenario, machine: Machine, ref: DeviceRef): number {
  const node = scenario.topology.nodes.findIndex((candidate) => candidate.id === ref.node)
  return machine.devices.nodeFirst[node] + ref.device
}
