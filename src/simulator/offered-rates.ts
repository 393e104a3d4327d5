import type { Scenario, Source, Step } from '../scenario/scenario'
import { compileDistribution } from './engine/distributions'

/** Chains of calls are followed so far; what is left of a circle by then is next to nothing. */
const MOST_ROUNDS = 64

/** A way that requests of one size come in, per second on average. */
export interface Inflow {
  readonly requestBytes: number
  readonly responseBytes: number
  readonly perSecond: number
  /** `call`: from another operation; `nic`: from outside through a NIC; `direct`: from outside by itself. */
  readonly kind: 'call' | 'nic' | 'direct'
  /** Service that calls, or source. */
  readonly from: number
  /** Bytes come back. */
  readonly answered: boolean
}

/** An operation and what comes to it. */
export interface OfferedOperation {
  readonly service: number
  readonly name: string
  readonly steps: readonly Step[]
  readonly perSecond: number
  readonly inflows: readonly Inflow[]
}

/**
 * How often each operation is asked for, from the means of everything.
 *
 * @param sourceRate requests per second of a source; unless given, closed ones count nothing, as they wait
 */
export function offeredRates(
  scenario: Scenario,
  sourceRate: (source: Source) => number = (source) => rateInRun(scenario, source),
): readonly OfferedOperation[] {
  const { services } = scenario.application
  const operations = services.flatMap((service, index) =>
    service.operations.map((operation) => ({
      service: index,
      name: `${service.id}.${operation.id}`,
      steps: operation.steps,
    })),
  )
  const index = new Map(operations.map(({ name }, i) => [name, i]))
  const calls = operations.map(({ steps }) => callsOf(steps))
  const perSecond = totalRates(scenario, index, calls, sourceRate)
  const inflows: Inflow[][] = operations.map(() => [])
  scenario.workload.sources.forEach((source, i) => {
    const kind = source.via === null ? 'direct' : 'nic'
    const { requestBytes, responseBytes } = source
    const entry = index.get(source.entry)
    const rate = sourceRate(source)
    if (rate > 0 && entry !== undefined)
      inflows[entry].push({ requestBytes, responseBytes, perSecond: rate, kind, from: i, answered: true })
  })
  calls.forEach((list, caller) => {
    const from = operations[caller].service
    for (const { to, weight, requestBytes, responseBytes, answered } of list) {
      const rate = perSecond[caller] * weight
      const callee = index.get(to)
      if (rate > 0 && callee !== undefined)
        inflows[callee].push({ requestBytes, responseBytes, perSecond: rate, kind: 'call', from, answered })
    }
  })
  return operations.map((operation, i) => ({ ...operation, perSecond: perSecond[i], inflows: inflows[i] }))
}

interface ExpectedCall {
  readonly to: string
  readonly weight: number
  readonly requestBytes: number
  readonly responseBytes: number
  readonly answered: boolean
}

function callsOf(steps: readonly Step[]): readonly ExpectedCall[] {
  const calls: ExpectedCall[] = []
  eachExpected(steps, (step, weight) => {
    if (step.do === 'call')
      calls.push({
        to: step.to,
        weight,
        requestBytes: step.requestBytes,
        responseBytes: step.responseBytes,
        answered: true,
      })
    if (step.do === 'send')
      calls.push({ to: step.to, weight, requestBytes: step.requestBytes, responseBytes: 0, answered: false })
  })
  return calls
}

/** Every step, those inside others too, with how often an execution comes to it on average, and its path: `/0`, `/1.0/2`. */
export function eachExpected(
  steps: readonly Step[],
  visit: (step: Step, weight: number, path: string) => void,
  weight = 1,
  prefix = '',
): void {
  steps.forEach((step, i) => {
    const path = `${prefix}/${i}`
    visit(step, weight, path)
    if (step.do === 'parallel')
      step.branches.forEach((branch, b) => {
        eachExpected(branch, visit, weight, `${path}.${b}`)
      })
    if (step.do === 'choose')
      step.options.forEach((option, o) => {
        eachExpected(option.steps, visit, weight * option.probability, `${path}.${o}`)
      })
  })
}

function totalRates(
  scenario: Scenario,
  index: ReadonlyMap<string, number>,
  calls: readonly (readonly ExpectedCall[])[],
  sourceRate: (source: Source) => number,
): Float64Array {
  const total = new Float64Array(calls.length)
  let wave = new Float64Array(calls.length)
  for (const source of scenario.workload.sources) {
    const entry = index.get(source.entry)
    if (entry !== undefined) wave[entry] += sourceRate(source)
  }
  for (let round = 0; round < MOST_ROUNDS && wave.some((rate) => rate > 0); round += 1) {
    const next = new Float64Array(calls.length)
    wave.forEach((rate, i) => {
      total[i] += rate
      if (rate > 0) for (const call of calls[i]) next[index.get(call.to) ?? -1] += rate * call.weight
    })
    wave = next
  }
  return total
}

/** Requests per second of a source; 0 for a closed one, whose users wait for their answers. */
export function rateOf(scenario: Scenario, { arrivals }: Source): number {
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
    case 'trace': {
      const seconds = scenario.run.warmupSeconds + scenario.run.durationSeconds
      return arrivals.timesSeconds.filter((time) => time < seconds).length / seconds
    }
    case 'closed':
      return 0
  }
}

/** The same over the run as it is, warm-up included: rates by buckets may begin or end with less, or go on after it. */
export function rateInRun(scenario: Scenario, source: Source): number {
  const { arrivals } = source
  if (arrivals.process !== 'rates') return rateOf(scenario, source)
  const end = scenario.run.warmupSeconds + scenario.run.durationSeconds
  const seconds = (bucket: number): number =>
    Math.min(Math.max(end - bucket * arrivals.bucketSeconds, 0), arrivals.bucketSeconds)
  return arrivals.ratesPerSecond.reduce((sum, rate, bucket) => sum + rate * seconds(bucket), 0) / end
}

/** Mean of a distribution, in its own unit. */
export function meanOf(distribution: Parameters<typeof compileDistribution>[0]): number {
  return compileDistribution(distribution).mean
}

/** Least seconds that an execution holds its worker: its work, its waits, and the same of those it calls. */
export function leastHoldSeconds(
  operations: readonly OfferedOperation[],
  workSeconds: (operation: number) => number,
): Float64Array {
  const index = new Map(operations.map(({ name }, i) => [name, i]))
  let hold = Float64Array.from(operations, (_, i) => workSeconds(i))
  const own = hold.slice()
  const outside = operations.map(({ steps }) => delaySeconds(steps))
  for (let round = 0; round < 8; round += 1)
    hold = Float64Array.from(operations, ({ steps }, i) => own[i] + outside[i] + calledSeconds(steps, index, hold))
  return hold
}

/** Branches of `parallel` go on at once: of them nothing is counted, as this is a least. */
function delaySeconds(steps: readonly Step[]): number {
  return sumInOrder(steps, (step) => (step.do === 'delay' ? meanOf(step.timeNs) * 1e-9 : 0))
}

function calledSeconds(steps: readonly Step[], index: ReadonlyMap<string, number>, hold: Float64Array): number {
  return sumInOrder(steps, (step) => (step.do === 'call' ? hold[index.get(step.to) ?? -1] : 0))
}

function sumInOrder(steps: readonly Step[], of: (step: Step) => number): number {
  let sum = 0
  for (const step of steps) {
    sum += of(step)
    if (step.do === 'choose')
      sum += step.options.reduce((total, option) => total + option.probability * sumInOrder(option.steps, of), 0)
  }
  return sum
}
