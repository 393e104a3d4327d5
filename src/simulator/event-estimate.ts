import type { Scenario, Step } from '../scenario/scenario'
import { LINE_BYTES } from './hardware/memory'
import { eachExpected, meanOf, rateOf } from './offered-rates'
import { missesOf } from './step-seconds'

/** How deep calls are followed; deeper ones are taken as free. */
const MOST_DEPTH = 64

/** A guess of how many events a run will take. */
export function estimatedEvents(scenario: Scenario): number {
  const costs = new OperationEvents(scenario)
  const { warmupSeconds, durationSeconds, replications } = scenario.run
  const perSecond = scenario.workload.sources.reduce((sum, source) => {
    const { arrivals } = source
    const rate =
      arrivals.process === 'closed'
        ? arrivals.users / Math.max(1e-6, meanOf(arrivals.thinkTimeNs) * 1e-9)
        : rateOf(scenario, source)
    return sum + rate * (costs.of(source.entry, 0) + (source.via === null ? 1 : 7))
  }, 0)
  return Math.round(perSecond * (warmupSeconds + durationSeconds) * replications)
}

class OperationEvents {
  private readonly known = new Map<string, number>()
  private readonly parallelism: number

  constructor(private readonly scenario: Scenario) {
    const cpu = scenario.topology.nodes.find((node) => node.kind === 'cpu')
    this.parallelism = cpu?.kind === 'cpu' ? cpu.spec.memoryParallelism : 1
  }

  of(name: string, depth: number): number {
    const known = this.known.get(name)
    if (known !== undefined) return known
    if (depth > MOST_DEPTH) return 0
    const [service, operation] = name.split('.')
    const found = this.scenario.application.services
      .find((candidate) => candidate.id === service)
      ?.operations.find((candidate) => candidate.id === operation)
    let events = 0
    eachExpected(found?.steps ?? [], (step, weight) => {
      events += weight * this.ofStep(step, depth)
    })
    this.known.set(name, events)
    return events
  }

  private ofStep(step: Step, depth: number): number {
    if (step.do === 'call' || step.do === 'send') return this.of(step.to, depth + 1) + 6
    if (step.do === 'parallel' || step.do === 'choose') return 0
    const misses = step.do === 'compute' ? missesOf(step) : step.do === 'memory' ? step.bytes / LINE_BYTES : 0
    return 1 + (misses / this.parallelism / 32) * 8
  }
}
