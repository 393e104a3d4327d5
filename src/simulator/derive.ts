import type { Derived } from '../../workers/api'
import type { Scenario, TopologyNode } from '../scenario/scenario'
import { build } from './build'
import { estimatedEvents } from './event-estimate'
import { LINE_BYTES } from './hardware/memory'
import { isCustom } from './custom/rules'
import { Decisions } from './decisions'
import { loadWarnings } from './load-warnings'
import { offeredLoads, type OfferedLoads } from './offered-loads'
import { rateOf } from './offered-rates'
import { Placing } from './placing'
import type { Machine } from './services/machine'
import { arrival, readPs } from './unloaded'

/** What follows from a scenario without running it. */
export function derive(scenario: Scenario): Derived {
  const { machine, shape } = build(scenario, scenario.run.seed)
  const { nodes } = scenario.topology
  const loads = placedLoads(scenario, machine)
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
    warnings: loads === null ? [] : loadWarnings(scenario, machine, loads),
    offeredPerSecond: scenario.workload.sources.reduce((sum, source) => sum + rateOf(scenario, source), 0),
    estimatedEvents: estimatedEvents(scenario),
  }
}

/** Instances times devices up to which it is worth placing them just to know their load. */
const MOST_PLACINGS = 1_000_000

/** What is asked of the parts once instances stand where they start; null where there are too many to place them on the side. */
function placedLoads(scenario: Scenario, machine: Machine): OfferedLoads | null {
  // Where code would put them nobody knows before it runs, and it runs only when asked.
  if (isCustom(scenario.policies.placement)) return null
  if (machine.instances.count * machine.devices.names.length > MOST_PLACINGS) return null
  new Placing(scenario, machine, new Decisions()).placeAll()
  return offeredLoads(scenario, machine)
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
