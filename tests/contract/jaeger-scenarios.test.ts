import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importJaeger, type ImportOptions } from '../../src/formats/import'
import { scenarioText } from '../../src/scenario/scenario-text'
import { readScenario } from '../../src/scenario/read-scenario'
import type { Scenario } from '../../src/scenario/scenario'
import { catalog } from '../../src/simulator/catalog'
import { simulate } from '../../src/simulator/simulate'

/** Real traces; not part of the project. Each folder as a whole, and each hand-made file by itself. */
const data = join(import.meta.dirname, '../../../shared/data/traces/jaeger')
const folders = existsSync(data) ? readdirSync(data) : []
const sets = folders.flatMap((folder) => {
  const files = readdirSync(join(data, folder)).map((file) => `${folder}/${file}`)
  return folder.startsWith('dsb-') ? [files] : [files, ...files.map((file) => [file])]
})
const named = sets.map(
  (files) => [files.length === 1 ? (files[0] ?? '') : `${files[0]?.split('/')[0]}/*`, files] as const,
)

if (sets.length === 0) {
  test('real traces become scenarios', (context) => context.skip('../shared/data is not here'))
}

test.each(named)('%s becomes a scenario that reads without an error and runs', (_name, files) => {
  const { run, workload } = imported(files)
  const result = simulate(imported(files))
  const metric = (name: string): number => result.summary.find((row) => row.metric === name)?.value ?? Number.NaN
  expect(metric('requests_completed')).toBeGreaterThan(0)
  expect(metric('requests_failed')).toBe(0)
  expect(metric('requests_offered')).toBe(metric('requests_completed') + metric('requests_in_flight'))
  const busiest = result.devices
    .filter((device) => device.kind === 'cpu')
    .reduce((most, device) => Math.max(most, device.utilization), 0)
  expect(busiest).toBeLessThan(0.7)
  expect(run.durationSeconds).toBeGreaterThan(0)
  expect(workload.sources.length).toBeGreaterThan(0)
})

test.skipIf(sets.length === 0)(
  'a light load replayed with its network times takes as long as it took, to a tenth',
  () => {
    const files = sets.find((each) => each[0]?.startsWith('dsb-hotel-load25/')) ?? []
    const scenario = imported(files, { networkTime: 'delay' })
    const result = simulate({ ...scenario, run: { ...scenario.run, replications: 20 } })
    const operation = result.operations.find((row) => row.service === 'frontend')
    const measured = importJaeger(inputsOf(files)).truth.e2e_us['frontend\tHTTP GET /hotels']
    expect(operation?.completed).toBe(20 * 40)
    expect(Math.abs((operation?.meanUs ?? 0) / measured.mean - 1)).toBeLessThan(0.1)
    expect(Math.abs((operation?.p50Us ?? 0) / measured.p50 - 1)).toBeLessThan(0.1)
  },
)

function inputsOf(files: readonly string[]): readonly { readonly name: string; readonly text: string }[] {
  return files.map((file) => ({ name: file, text: readFileSync(join(data, file), 'utf8') }))
}

function imported(files: readonly string[], options: ImportOptions = {}): Scenario {
  const { scenario, problems } = readScenario(
    scenarioText(importJaeger(inputsOf(files), options).scenario ?? {}),
    catalog,
  )
  expect(problems).toEqual([])
  if (scenario === null) throw new Error('no scenario')
  return scenario
}
