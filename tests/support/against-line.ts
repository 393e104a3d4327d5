import { expect } from 'vitest'
import type { Fidelity, ScenarioDocument } from '../../src/scenario/scenario'
import { finishedRun, readDocument } from './scenarios'

function latency(document: ScenarioDocument, fidelity: Fidelity): { readonly mean: number; readonly p99: number } {
  const run = finishedRun(readDocument({ ...document, run: { ...(document['run'] as object), fidelity } }))
  const { latency: all } = run.machine.measures.requests
  return { mean: all.mean(), p99: all.percentile(0.99) }
}

/** Mean and p99 of `burst` and `fluid` are within 5 % of those of `line`. */
export function expectAsInLine(document: ScenarioDocument): void {
  const line = latency(document, 'line')
  for (const fidelity of ['burst', 'fluid'] as const) {
    const coarse = latency(document, fidelity)
    expect(Math.abs(coarse.mean / line.mean - 1), fidelity).toBeLessThan(0.05)
    expect(Math.abs(coarse.p99 / line.p99 - 1), fidelity).toBeLessThan(0.05)
  }
}
