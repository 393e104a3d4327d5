import type { Derived } from '../../workers/api'
import type { Problem } from '../scenario/problems'
import type { Scenario, TopologyNode } from '../scenario/scenario'
import { build } from './build'
import { estimatedEvents } from './event-estimate'
import { LINE_BYTES } from './hardware/memory'
import { isCustom } from './custom/rules'
import { loadWarnings } from './load-warnings'
import { offeredLoads, type OfferedLoads } from './offered-loads'
import { rateInRun } from './offered-rates'
import { createRun, type Run } from './run'
import type { Machine } from './services/machine'
import { arrival, readPs } from './unloaded'

/** What follows from a scenario without running it. */
export function derive(scenario: Scenario): Derived {
  const run = placedRun(scenario)
  const { machine, shape } = run ?? build(scenario, scenario.run.seed)
  const { nodes } = scenario.topology
  const loads = run === null ? null : offeredLoads(scenario, machine)
  return {
    shape,
    paths: nodes.flatMap((from, i) =>
      nodes.flatMap((to, j) => (i === j ? [] : pathBetween(machine, nodes, i, j, from, to))),
    ),
    nodes: nodes.map((node, i) => ({
      id: node.id,
      idleWatts: node.spec.idleWatts * node.count,
      busyWatts: node.spec.busyWatts * node.count,
      costUsd: node.spec.costUsd * node.count,
      memoryGiB: memoryGiB(node) * node.count,
      offeredLoad: loads === null ? NaN : nodeLoad(loads, machine, i),
    })),
    warnings: loads === null ? unknownLoads(scenario) : loadWarnings(scenario, machine, loads),
    offeredPerSecond: scenario.workload.sources.reduce((sum, source) => sum + rateInRun(scenario, source), 0),
    estimatedEvents: run === null ? NaN : estimatedEvents(scenario, run),
  }
}

const never = { use: 'never' }
/** Instances times devices up to which it is worth placing them just to know their load. */
const MOST_PLACINGS = 1_000_000

function hasTooMany(scenario: Scenario): boolean {
  const { instances, devices } = sizeOf(scenario)
  return instances * devices > MOST_PLACINGS
}

function sizeOf({ topology, application }: Scenario): { readonly instances: number; readonly devices: number } {
  return {
    instances: application.services.reduce((sum, service) => sum + service.replicas, 0),
    devices: topology.nodes.reduce((sum, node) => sum + node.count, 0),
  }
}

/** Says that no load is known where that is for their number. */
function unknownLoads(scenario: Scenario): readonly Problem[] {
  if (!hasTooMany(scenario)) return []
  const { instances, devices } = sizeOf(scenario)
  const message = `${instances} instances and ${devices} devices are too many to reckon beforehand whether anything is asked for more than it can do`
  return [{ path: 'application.services', message, severity: 'warning' }]
}

/** A run at its start, its instances where they are put then; null where there are too many to place them on the side. */
function placedRun(scenario: Scenario): Run | null {
  const { policies } = scenario
  // Where code would put them nobody knows before it runs, and it runs only when asked.
  if (isCustom(policies.placement)) return null
  if (hasTooMany(scenario)) return null
  const offload = isCustom(policies.offload) ? never : policies.offload
  const migration = isCustom(policies.migration) ? { ...policies.migration, ...never } : policies.migration
  return createRun({ ...scenario, policies: { ...policies, offload, migration } })
}

/** The mean load of a pool, of the part of its devices that has most to do. */
function nodeLoad(loads: OfferedLoads, machine: Machine, node: number): number {
  const { nodeFirst } = machine.devices
  const means = [loads.cores, loads.memory, loads.pipelines, loads.streams].map((column) => {
    const range = column.subarray(nodeFirst[node], nodeFirst[node + 1])
    return range.reduce((sum, load) => sum + load, 0) / range.length
  })
  const known = means.filter((mean) => !Number.isNaN(mean))
  return known.length === 0 ? NaN : Math.max(...known)
}

type Path = Derived['paths'][number]

/** At most one row: that between the first devices of two nodes. */
function pathBetween(
  machine: Machine,
  nodes: readonly TopologyNode[],
  i: number,
  j: number,
  from: TopologyNode,
  to: TopologyNode,
): Path[] {
  if (from.kind === 'switch' || to.kind === 'switch') return []
  const start = machine.devices.nodeFirst[i]
  const end = machine.devices.nodeFirst[j]
  const index = machine.fabric.routes.between(start, end)
  if (index < 0 || nodes.length === 0) return []
  const route = machine.fabric.routes.list[index]
  const there = arrival(machine, index, 1, LINE_BYTES, 0, 0)
  return [
    {
      from: from.id,
      to: to.id,
      hops: route.channels.length,
      oneWayNs: there.last / 1000,
      readNs: to.kind === 'memory' ? readPs(machine, index, end, start) / 1000 : NaN,
      bottleneckGbps: Math.min(...Array.from(route.channels, (channel) => machine.fabric.ports.gbps[channel])),
      access: route.paging ? 'paging' : 'loadstore',
    },
  ]
}

function memoryGiB(node: TopologyNode): number {
  switch (node.kind) {
    case 'cpu':
      return node.spec.localMemoryGiB
    case 'memory':
      return node.spec.capacityGiB
    case 'gpu':
    case 'nic':
      return node.spec.memoryGiB
    case 'switch':
      return 0
  }
}
