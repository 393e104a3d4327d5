import { meanJobs } from './mean-jobs'
import type { PlacementCosts } from './placement-costs'
import type { Standing } from './placement-standing'
import type { PlacementPlan, PlacementProblem } from './placement-problem'
import { solvePlacement } from './placement-solver'
import type { Machine } from './services/machine'

/** Instances times devices up to which the best placement is looked for. */
const MOST_PLACES = 4096

/** What instances are placed on: which devices may run each, and their room for local memory, bytes. */
export interface Ground {
  hostsOf(instance: number): readonly number[]
  roomBytes(device: number): number
  readonly standing: Standing
  isEmpty(device: number): boolean
}

/** The best placement of some instances beside what stands; null: there are too many. */
export function planFor(
  machine: Machine,
  costs: PlacementCosts,
  instances: readonly number[],
  ground: Ground,
  mostNodes: number,
): PlacementPlan | null {
  if (instances.length * costs.devices > MOST_PLACES) return null
  return solvePlacement(problemOf(machine, costs, instances, ground), mostNodes)
}

function problemOf(
  machine: Machine,
  costs: PlacementCosts,
  placing: readonly number[],
  ground: Ground,
): PlacementProblem {
  const { services, devices } = costs
  const specs = machine.instances.services
  const size = services * devices
  const instances = new Int32Array(services)
  const allowed = new Uint8Array(size)
  for (const instance of placing) {
    const service = machine.instances.service[instance]
    instances[service] += 1
    if (instances[service] === 1) for (const device of ground.hostsOf(instance)) allowed[service * devices + device] = 1
  }
  const each = (of: (service: number, device: number) => number): Float64Array =>
    Float64Array.from({ length: size }, (_, i) => (allowed[i] === 1 ? of(Math.floor(i / devices), i % devices) : 0))
  return {
    services,
    devices,
    instances,
    bytes: Float64Array.from(specs, (spec) => Math.ceil(spec.footprintBytes * spec.localShare)),
    room: Float64Array.from({ length: devices }, (_, device) => ground.roomBytes(device)),
    allowed,
    alone: each((s, d) => costs.fixed(s, d) + ground.standing.near(s)[d]),
    pair: (service, device, otherService, other) => costs.pair(service, device, otherService, other),
    neighbors: specs.map((_, s) => (instances[s] === 0 ? [] : costs.neighbors(s).filter((o) => instances[o] > 0))),
    load: each((s, d) => costs.demands.load(s, d)),
    loads: ground.standing.loads,
    queue: (device, load) => meanJobs(costs.servers(device), load),
    occupied: Uint8Array.from({ length: devices }, (_, device) => (ground.isEmpty(device) ? 0 : 1)),
  }
}
