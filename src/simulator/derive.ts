import type { Derived } from '../../workers/api'
import type { Scenario, Step, TopologyNode } from '../scenario/scenario'
import { build } from './build'
import { compileDistribution } from './engine/distributions'
import { LINE_BYTES, PAGE_BYTES } from './hardware/memory'
import type { Train } from './hardware/train'
import type { Machine } from './services/machine'

/** What follows from a scenario without running it. */
export function derive(scenario: Scenario): Derived {
  const { machine, shape } = build(scenario, scenario.run.seed)
  const asked = askedSeconds(scenario)
  const { nodes } = scenario.topology
  return {
    shape,
    paths: nodes.flatMap((from, i) =>
      nodes.flatMap((to, j) => (i === j ? [] : pathBetween(machine, nodes, i, j, from, to))),
    ),
    nodes: nodes.map((node) => ({
      id: node.id,
      idleWatts: node.spec.idleWatts * node.count,
      busyWatts: node.spec.busyWatts * node.count,
      costUsd: node.spec.costUsd * node.count,
      memoryGiB: memoryGiB(node) * node.count,
      offeredLoad: node.kind === 'cpu' ? asked.coreSeconds / coresOf(nodes) : NaN,
    })),
    offeredPerSecond: asked.perSecond,
    estimatedEvents: Math.round(
      asked.events * (scenario.run.warmupSeconds + scenario.run.durationSeconds) * scenario.run.replications,
    ),
  }
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

function arrival(
  machine: Machine,
  route: number,
  units: number,
  unitBytes: number,
  first: number,
  last: number,
): Train {
  const train: Train = { packets: 1, first, lastButOne: first, last }
  machine.fabric.unloaded(machine.fabric.routes.list[route], units, unitBytes, first, last, train)
  return train
}

/** A line or a page from a memory device: request there, service, data back; ps. */
function readPs(machine: Machine, route: number, memory: number, home: number): number {
  const { paging } = machine.fabric.routes.list[route]
  const request = arrival(machine, route, 1, LINE_BYTES, 0, 0)
  const lines = paging ? PAGE_BYTES / LINE_BYTES : 1
  const { first, last } = machine.memory.unloaded(memory, 1, lines, request.first, request.last)
  const back = machine.fabric.routes.between(memory, home)
  return arrival(machine, back, 1, lines * LINE_BYTES, first, last).last
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

function coresOf(nodes: readonly TopologyNode[]): number {
  return nodes.reduce((sum, node) => (node.kind === 'cpu' ? sum + node.count * node.spec.cores : sum), 0)
}

/** What the open sources ask of the first CPU pool's kind of core, per second, from the means of all distributions. */
function askedSeconds(scenario: Scenario): {
  readonly perSecond: number
  readonly coreSeconds: number
  readonly events: number
} {
  const cost = new OperationCosts(scenario)
  let perSecond = 0
  let coreSeconds = 0
  let events = 0
  for (const source of scenario.workload.sources) {
    const rate = rateOf(scenario, source.arrivals)
    const one = cost.of(source.entry, 0)
    if (source.arrivals.process !== 'closed') {
      perSecond += rate
      coreSeconds += rate * one.seconds
    }
    events += rate * (one.events + (source.via === null ? 1 : 7))
  }
  return { perSecond, coreSeconds, events }
}

function rateOf(scenario: Scenario, arrivals: Scenario['workload']['sources'][number]['arrivals']): number {
  const seconds = scenario.run.warmupSeconds + scenario.run.durationSeconds
  switch (arrivals.process) {
    case 'constant':
    case 'poisson':
      return arrivals.ratePerSecond
    case 'mmpp': {
      const time = arrivals.states.reduce((sum, state) => sum + state.meanSeconds, 0)
      return arrivals.states.reduce((sum, state) => sum + state.ratePerSecond * state.meanSeconds, 0) / time
    }
    case 'rates':
      return arrivals.ratesPerSecond.reduce((sum, rate) => sum + rate, 0) / arrivals.ratesPerSecond.length
    case 'trace':
      return arrivals.timesSeconds.filter((time) => time < seconds).length / seconds
    case 'closed':
      return arrivals.users / Math.max(1e-6, compileDistribution(arrivals.thinkTimeNs).mean * 1e-9)
  }
}

interface Cost {
  readonly seconds: number
  readonly events: number
}

/** How deep calls are followed; deeper ones are taken as free. */
const MOST_DEPTH = 64

class OperationCosts {
  private readonly known = new Map<string, Cost>()
  private readonly cpu

  constructor(private readonly scenario: Scenario) {
    this.cpu = scenario.topology.nodes.find((node) => node.kind === 'cpu')?.spec ?? null
  }

  of(name: string, depth: number): Cost {
    const known = this.known.get(name)
    if (known) return known
    if (depth > MOST_DEPTH) return { seconds: 0, events: 0 }
    const [service, operation] = name.split('.')
    const found = this.scenario.application.services
      .find((candidate) => candidate.id === service)
      ?.operations.find((candidate) => candidate.id === operation)
    const cost = this.sum(found?.steps ?? [], depth)
    this.known.set(name, cost)
    return cost
  }

  private sum(steps: readonly Step[], depth: number): Cost {
    let seconds = 0
    let events = 0
    for (const step of steps) {
      const one = this.step(step, depth)
      seconds += one.seconds
      events += one.events
    }
    return { seconds, events }
  }

  private step(step: Step, depth: number): Cost {
    switch (step.do) {
      case 'compute':
        return this.compute(step)
      case 'call':
      case 'send': {
        const callee = this.of(step.to, depth + 1)
        return { seconds: callee.seconds, events: callee.events + 6 }
      }
      case 'parallel':
        return this.sum(step.branches.flat(), depth)
      case 'choose':
        return step.options.reduce<Cost>(
          (sum, option) => {
            const one = this.sum(option.steps, depth)
            return {
              seconds: sum.seconds + option.probability * one.seconds,
              events: sum.events + option.probability * one.events,
            }
          },
          { seconds: 0, events: 0 },
        )
      default:
        return { seconds: 0, events: 1 }
    }
  }

  /** Cycles without misses; their stalls depend on the rack. */
  private compute(step: Step & { do: 'compute' }): Cost {
    const { cpu } = this
    if (step.timeNs) return { seconds: (compileDistribution(step.timeNs).mean * 1e-9) / (cpu?.speed ?? 1), events: 1 }
    const instructions = step.instructions ? compileDistribution(step.instructions).mean : 0
    const misses = (instructions * step.missesPerKiloInstruction) / 1000
    const parallel = cpu?.memoryParallelism ?? 1
    const stall = (misses / parallel) * (cpu?.localLatencyNs ?? 0) * 1e-9
    return {
      seconds: cpu ? (instructions * cpu.baseCpi) / (cpu.frequencyGHz * 1e9) + stall : 0,
      events: 1 + (misses / parallel / 32) * 8,
    }
  }
}
