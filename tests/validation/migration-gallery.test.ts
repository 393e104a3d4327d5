import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { ScenarioDocument } from '../../src/scenario/scenario'
import { finishedRun, readDocument, type Fields } from '../support/scenarios'

/** What two scenarios of the gallery claim: a hotspot where moving helps, and one where it hurts. */
function p99(file: string, changed: Fields): number {
  const path = fileURLToPath(new URL(`../../public/scenarios/${file}`, import.meta.url))
  const document = JSON.parse(readFileSync(path, 'utf8')) as ScenarioDocument
  const policies = document['policies'] as Fields
  const migration = { ...(policies['migration'] as Fields), ...changed }
  const run = finishedRun(readDocument({ ...document, policies: { ...policies, migration } }))
  return run.machine.measures.requests.latency.percentile(0.99)
}
const stay = { forMs: 1e6 }

test('hot-shard-moves: moving the shard at least halves the p99', () => {
  expect(p99('hot-shard-moves.json', {})).toBeLessThan(p99('hot-shard-moves.json', stay) / 2)
})

test('hotspot-stays: moving it by stop-and-copy makes the p99 at least ten times as long; by remap no longer than 10 %', () => {
  const staying = p99('hotspot-stays.json', stay)
  expect(p99('hotspot-stays.json', {})).toBeGreaterThan(10 * staying)
  expect(p99('hotspot-stays.json', { mechanism: 'remap' })).toBeLessThan(1.1 * staying)
})
