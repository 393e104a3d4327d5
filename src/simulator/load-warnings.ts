import type { Problem } from '../scenario/problems'
import type { Scenario } from '../scenario/scenario'
import { engineWorks } from './offered-engines'
import type { OfferedLoads } from './offered-loads'
import { kernelWarnings } from './kernel-warnings'
import { leastHoldSeconds } from './offered-rates'
import type { Machine } from './services/machine'

/** A queue this full needs a long run before its mean means anything. */
const HEAVY = 0.9

/** Says of every part that is asked for more than it can do by how much; what is simulated is its queue as it grows. */
export function loadWarnings(scenario: Scenario, machine: Machine, loads: OfferedLoads): readonly Problem[] {
  const problems: Problem[] = []
  const warn = (path: string, message: string): void => {
    problems.push({ path, message, severity: 'warning' })
  }
  cutOffWarning(machine, loads, warn)
  deviceWarnings(scenario, machine, loads, warn)
  peakWarnings(scenario, machine, loads, warn)
  linkWarnings(scenario, machine, loads, warn)
  threadWarnings(scenario, loads, warn)
  kernelWarnings(scenario, machine, warn)
  if (problems.length === 0) heavyWarning(scenario, machine, loads, warn)
  return problems
}

type Warn = (path: string, message: string) => void

/** Pools may be joined while some of their devices are not: direct links join device i to device i mod n. */
function cutOffWarning(machine: Machine, { cutOff }: OfferedLoads, warn: Warn): void {
  const first = cutOff.at(0)
  if (first === undefined) return
  const { names } = machine.devices
  const others = cutOff.length > 1 ? `, and ${cutOff.length - 1} more pairs` : ''
  warn(
    first.kind === 'call' ? `application.services[${first.sender}]` : `workload.sources[${first.sender}].via`,
    `no way leads from ${names[first.from]} to ${names[first.to]}${others}: the first request that needs one ends the run`,
  )
}

function deviceWarnings(scenario: Scenario, machine: Machine, loads: OfferedLoads, warn: Warn): void {
  const { nodeFirst, names } = machine.devices
  const parts: readonly (readonly [Float64Array, (node: number) => string])[] = [
    [loads.cores, (node) => coresWords(machine.cores.count[nodeFirst[node]])],
    [loads.local, () => 'what the bus of its memory carries'],
    [loads.memory, () => 'what its channels carry'],
    [loads.pipelines, () => 'the messages that its pipeline takes'],
    ...engineWorks.map((work) => [loads.engines[work], () => `what its engines for ${work} work off`] as const),
    [loads.streams, () => 'what its streams can run, even in full batches'],
  ]
  scenario.topology.nodes.forEach((node, index) => {
    for (const [column, what] of parts) {
      const { load, device } = worst(column, nodeFirst[index], nodeFirst[index + 1], isFixed(scenario))
      if (load > 1)
        warn(
          `topology.nodes[${index}]`,
          `${device < 0 ? `the devices of "${node.id}" are` : `${names[device]} is`} asked for ${times(load)} ${what(index)}`,
        )
    }
  })
}

/** Every stream has the whole peak of its GPU: what all of them have together may be more than that. */
function peakWarnings(scenario: Scenario, machine: Machine, loads: OfferedLoads, warn: Warn): void {
  const { nodeFirst, names } = machine.devices
  scenario.topology.nodes.forEach((node, index) => {
    if (node.kind !== 'gpu') return
    const worstOf = (column: Float64Array): ReturnType<typeof worst> =>
      worst(column, nodeFirst[index], nodeFirst[index + 1], isFixed(scenario))
    if (worstOf(loads.streams).load > 1) return
    for (const [column, peak] of [
      [loads.flops, `${node.spec.peakTflops} TFLOP/s`],
      [loads.gpuMemory, `${node.spec.memoryBandwidthGBps} GB/s`],
    ] as const) {
      const { load, device } = worstOf(column)
      if (load > 1)
        warn(
          `topology.nodes[${index}]`,
          `${device < 0 ? `the devices of "${node.id}" are` : `${names[device]} is`} asked for ${times(load)} its peak of ${peak}, which each of its ${node.spec.streams} streams has by itself: a real one takes longer`,
        )
    }
  })
}

/** Whether instances stay where they are put; else only the mean of a pool says anything. */
function isFixed({ policies }: Scenario): boolean {
  return policies.migration.use === 'never' && policies.orders.length === 0 && policies.scaling.use === 'fixed'
}

/** The largest load of a range, or its mean with device -1. */
function worst(
  column: Float64Array,
  first: number,
  end: number,
  isFixedPlace: boolean,
): { readonly load: number; readonly device: number } {
  const range = column.subarray(first, end)
  if (!isFixedPlace) return { load: range.reduce((sum, load) => sum + load, 0) / range.length, device: -1 }
  const load = range.reduce((most, each) => Math.max(most, each), 0)
  return { load, device: load > 0 ? first + range.indexOf(load) : -1 }
}

function linkWarnings(scenario: Scenario, machine: Machine, loads: OfferedLoads, warn: Warn): void {
  const { channels } = machine.fabric.network
  const { names, node } = machine.devices
  const isEach = !loads.isSampled && isFixed(scenario)
  const directions = new Map<string, Direction>()
  channels.forEach((channel, i) => {
    const key = `${channel.link} ${node[channel.from]}`
    const one = directions.get(key) ?? { link: channel.link, count: 0, sum: 0, worst: i }
    const isWorse = loads.channels[i] > loads.channels[one.worst]
    directions.set(key, {
      ...one,
      count: one.count + 1,
      sum: one.sum + loads.channels[i],
      worst: isWorse ? i : one.worst,
    })
  })
  for (const { link, count, sum, worst: most } of directions.values()) {
    const load = isEach ? loads.channels[most] : sum / count
    if (!(load > 1)) continue
    const name = (device: number): string => (isEach ? names[device] : scenario.topology.nodes[node[device]].id)
    const ends = `${name(channels[most].from)} to ${name(channels[most].to)}`
    const gbps = scenario.topology.links[link].bandwidthGbps
    warn(`topology.links[${link}]`, `${ends}: asked for ${times(load)} the ${gbps} Gb/s it carries`)
  }
}

/** One direction of a link, over all its physical links. */
interface Direction {
  readonly link: number
  readonly count: number
  readonly sum: number
  /** Channel with the largest load. */
  readonly worst: number
}

function threadWarnings(scenario: Scenario, loads: OfferedLoads, warn: Warn): void {
  const hold = leastHoldSeconds(loads.operations, (operation) => loads.workSeconds[operation])
  scenario.application.services.forEach((service, index) => {
    if (service.threads === null) return
    let held = 0
    loads.operations.forEach((operation, i) => {
      if (operation.service === index) held += operation.perSecond * hold[i]
    })
    const threads = service.threads * service.replicas
    const load = held / threads
    if (load > 1)
      warn(
        `application.services[${index}].threads`,
        `requests hold ${times(load)} the ${threads} ${threads === 1 ? 'thread' : 'threads'} of all its instances, even without a wait`,
      )
  })
}

/**
 * Requests for a mean within 5 % (95 % confidence) in an M/M/1 queue: 1.96² * 2 (1 + load) / (load (1 - load)² 0.05²).
 *
 * @see Whitt, Planning Queueing Simulations, Management Science 35 (1989)
 */
function requestsForFivePercent(load: number): number {
  return (3.8416 * 2 * (1 + load)) / (load * (1 - load) * (1 - load) * 0.0025)
}

function heavyWarning(scenario: Scenario, machine: Machine, loads: OfferedLoads, warn: Warn): void {
  const { durationSeconds, replications } = scenario.run
  // With several cores less is needed, and no such formula is exact: only one core is spoken of.
  const load = loads.cores.reduce((most, each, i) => Math.max(most, machine.cores.count[i] === 1 ? each : 0), 0)
  if (load <= HEAVY || load >= 1) return
  const device = loads.cores.indexOf(load)
  const visits = loads.operations.reduce((sum, { perSecond }) => sum + perSecond, 0) * durationSeconds * replications
  const needed = requestsForFivePercent(load)
  if (visits >= needed) return
  warn(
    'run',
    `${machine.devices.names[device]} is ${percent(load)} busy: means within 5 % take about ${Number(needed.toPrecision(2))} requests, this run has about ${Math.round(visits)}`,
  )
}

function coresWords(cores: number): string {
  return cores === 1 ? 'what its core can do' : `what its ${cores} cores can do`
}

function times(load: number): string {
  const shown = Number(load.toPrecision(3))
  return shown === 1 ? 'a little more than' : `${shown} times`
}

function percent(load: number): string {
  return `${Number((load * 100).toPrecision(3))} %`
}
