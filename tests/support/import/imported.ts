import { importJaeger, type ImportOptions } from '../../../src/formats/import'
import type { Json } from '../../../src/scenario/scenario'
import { jaegerInput } from './jaeger-trace'

/** The parts of an imported scenario that tests look at. */
export interface ImportedScenario {
  readonly topology: {
    readonly nodes: readonly {
      readonly id: string
      readonly count: number
      readonly spec: { readonly cores?: number }
    }[]
  }
  readonly application: { readonly services: readonly ImportedService[] }
  readonly workload: { readonly sources: readonly ImportedSource[] }
  readonly run: { readonly seed: number; readonly warmupSeconds: number; readonly durationSeconds: number }
}
export interface ImportedService {
  readonly id: string
  readonly label: string
  readonly replicas: number
  readonly operations: readonly {
    readonly id: string
    readonly label: string
    readonly steps: readonly ImportedStep[]
  }[]
}
export interface ImportedSource {
  readonly id: string
  readonly entry: string
  readonly via: string | null
  readonly requestBytes: number
  readonly responseBytes: number
  readonly arrivals: {
    readonly process: string
    readonly timesSeconds?: readonly number[]
    readonly ratePerSecond?: number
  }
}
export type ImportedTime = {
  readonly dist: string
  readonly value?: number
  readonly values?: readonly number[]
  readonly weights?: readonly number[]
}
export type ImportedStep =
  | { readonly do: 'compute' | 'delay'; readonly timeNs: ImportedTime }
  | {
      readonly do: 'call' | 'send'
      readonly to: string
      readonly requestBytes: number
      readonly responseBytes?: number
    }
  | { readonly do: 'parallel'; readonly branches: readonly (readonly ImportedStep[])[] }
  | {
      readonly do: 'choose'
      readonly options: readonly { readonly probability: number; readonly steps: readonly ImportedStep[] }[]
    }

export function importTraces(traces: readonly Json[], options: ImportOptions = {}): ImportedScenario {
  return scenarioIn(importJaeger([jaegerInput(traces)], options))
}

export function scenarioIn(outcome: { readonly scenario: unknown }): ImportedScenario {
  if (outcome.scenario === null) throw new Error('nothing was imported')
  return outcome.scenario as ImportedScenario
}

/** The steps of an operation, by `service.operation`. */
export function stepsOf(scenario: ImportedScenario, reference: string): readonly ImportedStep[] {
  const operation = allOperations(scenario).get(reference)
  if (operation === undefined) throw new Error(`no operation ${reference}`)
  return operation
}

export function allOperations(scenario: ImportedScenario): ReadonlyMap<string, readonly ImportedStep[]> {
  const { services } = scenario.application
  return new Map(
    services.flatMap((service) =>
      service.operations.map((operation) => [`${service.id}.${operation.id}`, operation.steps]),
    ),
  )
}

/** Steps in one line of text: `compute 10, call b.x | (call c.y, delay 5)`; times are means in microseconds. */
export function outline(steps: readonly ImportedStep[]): string {
  return steps.map(outlineStep).join(', ')
}

function outlineStep(step: ImportedStep): string {
  switch (step.do) {
    case 'compute':
    case 'delay':
      return `${step.do} ${meanTime(step.timeNs) / 1000}`
    case 'call':
    case 'send':
      return `${step.do} ${step.to}`
    case 'parallel':
      return `parallel(${step.branches.map(outline).join(' | ')})`
    case 'choose':
      return `choose(${step.options.map((option) => `${option.probability}: ${outline(option.steps)}`).join(' | ')})`
  }
}

export function meanTime(time: ImportedTime): number {
  const values = time.values ?? [time.value ?? 0]
  const weights = time.weights ?? values.map(() => 1)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return values.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0) / total
}

/** What one execution of some steps does on average. */
export interface StepTotals {
  readonly computeNs: number
  /** By `service.operation`. */
  readonly calls: ReadonlyMap<string, number>
}

export function totalsOf(steps: readonly ImportedStep[]): StepTotals {
  let computeNs = 0
  const calls = new Map<string, number>()
  const walk = (list: readonly ImportedStep[], share: number): void => {
    for (const step of list) {
      if (step.do === 'compute') computeNs += share * meanTime(step.timeNs)
      if (step.do === 'call' || step.do === 'send') calls.set(step.to, (calls.get(step.to) ?? 0) + share)
      if (step.do === 'parallel') for (const branch of step.branches) walk(branch, share)
      if (step.do === 'choose') for (const option of step.options) walk(option.steps, share * option.probability)
    }
  }
  walk(steps, 1)
  return { computeNs, calls }
}

/** Operations that are called whatever way is taken through the steps. */
function certainCalls(steps: readonly ImportedStep[]): ReadonlySet<string> {
  const certain = new Set<string>()
  for (const step of steps) {
    if (step.do === 'call' || step.do === 'send') certain.add(step.to)
    if (step.do === 'parallel')
      for (const branch of step.branches) for (const to of certainCalls(branch)) certain.add(to)
    if (step.do === 'choose') {
      const options = step.options
        .filter((option) => option.probability > 0)
        .map((option) => certainCalls(option.steps))
      for (const to of options[0] ?? []) if (options.every((option) => option.has(to))) certain.add(to)
    }
  }
  return certain
}

/** Whether some operation certainly leads back to itself. */
export function hasCertainCycle(scenario: ImportedScenario): boolean {
  const edges = new Map([...allOperations(scenario)].map(([name, steps]) => [name, certainCalls(steps)]))
  const finished = new Set<string>()
  const leadsBack = (name: string, above: ReadonlySet<string>): boolean => {
    if (above.has(name)) return true
    if (finished.has(name)) return false
    const isCyclic = [...(edges.get(name) ?? [])].some((to) => leadsBack(to, new Set([...above, name])))
    finished.add(name)
    return isCyclic
  }
  return [...edges.keys()].some((name) => leadsBack(name, new Set()))
}
