import type { TopologyNode } from '../scenario'
import { coresOf } from './hosts'
import type { Complain, Draft } from './draft'

const mostDevices = 100_000
const mostInstances = 100_000
const mostCores = 10_000_000
const mostChannels = 1_000_000
const mostSlabs = 10_000_000

/** Reports what is too large to be simulated, before memory runs out instead. */
export function checkLimits(draft: Draft, complain: Complain): void {
  const nodes = draft.topology.nodes.filter((node) => node !== null)
  const counts = new Map(nodes.map((node) => [node.id, node.kind === 'switch' ? 1 : node.count]))
  const atMost = (path: string, most: number, what: string, amount: number): void => {
    if (amount > most) complain(path, `at most ${most} ${what} in all; got ${amount}`)
  }
  atMost(
    'topology.nodes',
    mostDevices,
    'devices',
    sum(nodes, (node) => node.count),
  )
  atMost(
    'topology.nodes',
    mostCores,
    'cores',
    sum(nodes, (node) => node.count * coresOf(node)),
  )
  atMost('topology.nodes', mostSlabs, 'slabs', sum(nodes, slabsOf))
  const ends = (id: string): number => counts.get(id) ?? 1
  const channels = sum(draft.topology.links, (link) => 2 * link.lanes * Math.max(ends(link.from), ends(link.to)))
  atMost('topology.links', mostChannels, 'directions of physical links', channels)
  atMost(
    'application.services',
    mostInstances,
    'instances',
    sum(draft.application.services, (service) => Math.max(service.replicas, service.maxReplicas ?? 0)),
  )
}

/** Slabs that a memory pool lends. */
function slabsOf(node: TopologyNode): number {
  return node.kind === 'memory' ? node.count * Math.floor((node.spec.capacityGiB * 1024) / node.spec.slabMiB) : 0
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0)
}
