import type { Derived } from '../../../workers/api'
import type { Scenario } from '../../scenario/scenario'
import { count, figure } from './Facts'
import type { Fact } from './Facts'

const MOST_PATHS = 3

/** What follows for one node: ways to memory, load, power and cost. */
export function nodeFacts(derived: Derived, scenario: Scenario, id: string): Fact[] {
  const node = derived.nodes.find((one) => one.id === id)
  const drawn = scenario.topology.nodes.find((one) => one.id === id)
  if (node === undefined || drawn === undefined) return []
  return [
    ...pathFacts(derived, scenario, id),
    ...loadFacts(node.offeredLoad),
    ...memoryFacts(node.memoryGiB),
    ...powerFacts(node.idleWatts, node.busyWatts, node.costUsd),
  ]
}

function pathFacts(derived: Derived, scenario: Scenario, id: string): Fact[] {
  const kinds = new Map(scenario.topology.nodes.map((node) => [node.id, node.kind]))
  const toMemory = derived.paths.filter((path) => path.from === id && path.to !== id && kinds.get(path.to) === 'memory')
  const fromHosts = derived.paths.filter(
    (path) => path.to === id && path.from !== id && kinds.get(path.from) === 'cpu' && kinds.get(id) !== 'cpu',
  )
  const facts: Fact[] = []
  for (const path of [...toMemory, ...fromHosts].slice(0, MOST_PATHS)) {
    const far = path.from === id ? `to ${path.to}` : `from ${path.from}`
    facts.push({ label: `Path ${far}, one way`, value: figure(path.oneWayNs), unit: 'ns' })
    if (Number.isFinite(path.readNs))
      facts.push({
        label: path.access === 'paging' ? 'There and back, with its memory' : 'There and back',
        value: figure(path.readNs),
        unit: 'ns',
      })
  }
  return facts
}

const loadFacts = (load: number): Fact[] =>
  Number.isFinite(load) && load > 0 ? [{ label: 'Offered load', value: figure(load * 100), unit: '%' }] : []
const memoryFacts = (gib: number): Fact[] =>
  gib > 0 ? [{ label: 'Memory, all devices', value: count(gib), unit: 'GiB' }] : []

function powerFacts(idle: number, busy: number, cost: number): Fact[] {
  const facts: Fact[] = []
  if (busy > 0) facts.push({ label: 'Power, idle to busy', value: `${count(idle)} – ${count(busy)}`, unit: 'W' })
  if (cost > 0) facts.push({ label: 'Cost', value: count(cost), unit: 'USD' })
  return facts
}

/** The whole rack. */
export function rackFacts(derived: Derived): Fact[] {
  const sum = (pick: (node: Derived['nodes'][number]) => number): number =>
    derived.nodes.reduce((total, node) => total + pick(node), 0)
  return [
    { label: 'Asked from outside', value: count(derived.offeredPerSecond), unit: '1/s' },
    { label: 'Memory', value: count(sum((node) => node.memoryGiB)), unit: 'GiB' },
    ...powerFacts(
      sum((node) => node.idleWatts),
      sum((node) => node.busyWatts),
      sum((node) => node.costUsd),
    ),
    ...eventFacts(derived.estimatedEvents),
  ]
}

function eventFacts(events: number): Fact[] {
  const compact = Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 2 })
  return Number.isNaN(events) ? [] : [{ label: 'Events in a run, about', value: compact.format(events) }]
}
