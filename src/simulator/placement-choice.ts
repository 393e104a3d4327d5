import type { Scenario } from '../scenario/scenario'
import { hashString32 } from './engine/random'
import { CustomPlacement } from './custom/placement'
import { isCustom } from './custom/rules'
import type { Saved } from './engine/plain-state'
import { Domains, type Apart } from './placement-domains'
import { planFor, type Ground } from './placement-plan'
import { PlacementCosts } from './placement-costs'
import { Standing } from './placement-standing'
import type { PlacementPlan } from './placement-problem'
import { placementPolicies } from './policies/placement/index'
import type {
  PlacementCandidate,
  PlacementChoice,
  PlacementOptimum,
  PlacementRequest,
} from './policies/placement/placement-policy'
import { policyNamed } from './policy-named'
import type { Machine } from './services/machine'

const nowhere: PlacementOptimum = { candidate: -1, isProven: false, nodes: 0, costUs: NaN, boundUs: NaN }

/** Asks the placement policy for a device, at the start and at any time after it, and shows it the rack as it is. */
export class PlacementChooser {
  readonly costs: PlacementCosts
  /** Device chosen last; how often each instance has been placed: draws are told apart by it. */
  private last = -1
  private times: Int32Array
  /** Instances on each device; and the rest of what stands, once somebody asks. */
  private readonly onDevice: Int32Array
  private standingKnown: Standing | null = null
  /** Instances that are placed together with the one that is asked for. */
  private together: ReadonlySet<number> = new Set()
  private plan: PlacementPlan | null = null
  private domains: Domains | null = null
  /** Of the choice that goes on. */
  private apartKnown: Apart | null = null
  private readonly stream: number
  /** Where the scenario brings its own rule along. */
  private readonly custom: CustomPlacement | null

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly hostsOf: (instance: number) => readonly number[],
  ) {
    this.costs = new PlacementCosts(scenario, machine)
    this.times = new Int32Array(machine.instances.count)
    this.onDevice = new Int32Array(machine.devices.names.length)
    this.stream = machine.streams.key('placement')
    const { placement } = scenario.policies
    this.custom = isCustom(placement) ? new CustomPlacement(placement, machine.streams) : null
  }

  /** These instances are to be placed now, one after another. */
  begin(instances: readonly number[]): void {
    this.together = new Set(instances)
    this.plan = null
    this.standingKnown = null
    const { device } = this.machine.instances
    this.onDevice.fill(0)
    for (const at of device) if (at >= 0) this.onDevice[at] += 1
  }

  /** @param fitting devices that it may run on and that have the memory, one or more */
  choose(
    instance: number,
    fitting: readonly number[],
  ): { readonly choice: PlacementChoice; readonly candidates: readonly PlacementCandidate[] } {
    if (!this.together.has(instance)) this.begin([instance])
    this.apartKnown = null
    const { placement } = this.scenario.policies
    const candidates = fitting.map((device) => new Candidate(this, instance, device))
    const request = this.request(instance, fitting)
    const choice =
      this.custom === null
        ? policyNamed(placementPolicies, placement.use, 'placement').choose(request, candidates, placement)
        : this.custom.choose(request, candidates, this.machine.queue.clock[0])
    return { choice, candidates }
  }

  /** The instance has been placed as chosen. */
  placed(instance: number, device: number): void {
    this.last = device
    this.times[instance] += 1
    this.onDevice[device] += 1
    this.standingKnown?.stand(this.machine.instances.service[instance], device)
  }

  private request(instance: number, fitting: readonly number[]): PlacementRequest {
    const { machine, stream, times } = this
    const { instances, streams } = machine
    const { footprintBytes, localShare, id } = instances.spec(instance)
    const index = instance - instances.first[instances.service[instance]]
    return {
      instance: instances.name(instance),
      localBytes: Math.ceil(footprintBytes * localShare),
      next: Math.max(
        0,
        fitting.findIndex((device) => device > this.last),
      ),
      draw: (draw) => streams.uniform(stream, hashString32(id), index, times[instance], draw),
      optimum: (mostNodes) => this.optimum(instance, fitting, mostNodes),
    }
  }

  private optimum(instance: number, fitting: readonly number[], mostNodes: number): PlacementOptimum {
    const { instances } = this.machine
    const left = [...this.together].filter((one) => instances.device[one] < 0)
    this.plan ??= planFor(this.machine, this.costs, left, this.ground(), mostNodes)
    const places = this.plan?.places?.[instances.service[instance]]
    const device = places?.[places.length - 1 - this.behind(instance, left)]
    if (this.plan === null || device === undefined) return nowhere
    const { isProven, nodes, cost, bound } = this.plan
    const perRequest = (each: number): number => this.costs.perRequestUs(each)
    return { candidate: fitting.indexOf(device), isProven, nodes, costUs: perRequest(cost), boundUs: perRequest(bound) }
  }

  private ground(): Ground {
    return {
      hostsOf: this.hostsOf,
      roomBytes: (device) => this.machine.local.roomBytes(device),
      standing: this.standing,
      isEmpty: (device) => this.onDevice[device] === 0,
    }
  }

  /** Instances of the same service that are still to be placed after it. */
  private behind(instance: number, left: readonly number[]): number {
    const { service } = this.machine.instances
    return left.filter((one) => service[one] === service[instance] && one > instance).length
  }

  get standing(): Standing {
    if (this.standingKnown) return this.standingKnown
    const { instances } = this.machine
    const standing = new Standing(this.costs)
    instances.device.forEach((device, instance) => {
      if (device >= 0) standing.stand(instances.service[instance], device)
    })
    this.standingKnown = standing
    return standing
  }

  /** What a policy may know of a device. */
  facts(device: number): {
    readonly name: string
    readonly instances: number
    readonly freeBytes: number
    readonly capacityBytes: number
  } {
    const { devices, local } = this.machine
    return {
      name: devices.names[device],
      instances: this.onDevice[device],
      freeBytes: local.roomBytes(device),
      capacityBytes: local.capacityBytes(device),
    }
  }

  /** Where the other instances of the service of the one that is asked for stand. */
  apart(instance: number): Apart {
    this.domains ??= new Domains(this.scenario, this.machine)
    return (this.apartKnown ??= this.domains.count(this.serviceOf(instance), instance))
  }

  serviceOf(instance: number): number {
    return this.machine.instances.service[instance]
  }

  save(): Saved {
    return { last: this.last, times: this.times.slice(), custom: this.custom?.save() ?? '' }
  }

  restore(saved: Saved): void {
    this.last = saved['last'] as number
    this.times = (saved['times'] as Int32Array).slice()
    this.custom?.restore(saved['custom'])
    this.begin([])
  }
}

/** What is costly to know is found when it is asked for. */
class Candidate implements PlacementCandidate {
  readonly name: string
  readonly instances: number
  readonly freeBytes: number
  readonly capacityBytes: number

  constructor(
    private readonly chooser: PlacementChooser,
    private readonly instance: number,
    private readonly device: number,
  ) {
    const { name, instances, freeBytes, capacityBytes } = chooser.facts(device)
    this.name = name
    this.instances = instances
    this.freeBytes = freeBytes
    this.capacityBytes = capacityBytes
  }

  get cores(): number {
    return this.chooser.costs.servers(this.device)
  }

  get load(): number {
    return this.chooser.standing.loads[this.device]
  }

  get addedLoad(): number {
    return this.chooser.costs.demands.load(this.service, this.device)
  }

  private get service(): number {
    return this.chooser.serviceOf(this.instance)
  }

  get sameOnDevice(): number {
    return this.chooser.apart(this.instance).onDevice[this.device]
  }

  get sameInRack(): number {
    return this.chooser.apart(this.instance).inRack[this.device]
  }

  get sameAtSwitch(): number {
    return this.chooser.apart(this.instance).atSwitch[this.device]
  }

  get bytesUnderWay(): number {
    return this.chooser.costs.bytesUnderWay(this.service, this.device, this.chooser.standing)
  }

  get estimateUs(): number {
    const { costs, standing } = this.chooser
    return costs.perRequestUs(costs.added(this.service, this.device, standing))
  }
}
