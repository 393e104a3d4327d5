import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Fidelity, ScenarioDocument } from '../../src/scenario/scenario'
import { createRun } from '../../src/simulator/run'
import { spentMs } from './clock'
import { memoryBound } from '../support/memory-bound'
import { readDocument } from '../support/scenarios'

/** Times of each fidelity: so many rounds, of which the median counts. */
const ROUNDS = 5

interface Times {
  readonly line: number
  readonly burst: number
  readonly fluid: number
}

function seconds(document: ScenarioDocument, fidelity: Fidelity): number {
  const run = createRun(readDocument({ ...document, run: { ...(document['run'] as object), fidelity } }))
  const start = spentMs()
  while (!run.advance(run.shape.endPs, 1_000_000));
  return (spentMs() - start) / 1000
}

/** Rounds of all three one after another, so that a slow moment of the machine slows all of them. */
function medians(document: ScenarioDocument): Times {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => ({
    line: seconds(document, 'line'),
    burst: seconds(document, 'burst'),
    fluid: seconds(document, 'fluid'),
  })).slice(1)
  const median = (fidelity: Fidelity): number => {
    const sorted = rounds.map((round) => round[fidelity]).sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)]
  }
  return { line: median('line'), burst: median('burst'), fluid: median('fluid') }
}

/** Prints how many times faster than `line` the others are, on a scenario and where memory decides all. */
export function benchFidelity(print: (line: string) => void, remoteMemory: string): void {
  const documents = [
    [basename(remoteMemory), JSON.parse(readFileSync(remoteMemory, 'utf8')) as ScenarioDocument, 8, 50],
    ['memory-bound, 2,000 remote misses a request', memoryBound, 15, 100],
  ] as const
  for (const [name, document, leastBurst, leastFluid] of documents) {
    const { line, burst, fluid } = medians(document)
    const times = (one: number): string => `${(line / one).toFixed(1)} times`
    print(
      `${name}: line ${line.toFixed(2)} s; burst ${times(burst)} faster (at least ${leastBurst} wanted), fluid ${times(fluid)} (${leastFluid})`,
    )
  }
}
