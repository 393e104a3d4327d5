import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { importJaeger } from '../../src/formats/import'

/** Real traces and what a correct reader gets from them; not part of the project. */
const data = join(import.meta.dirname, '../../../shared/data')
const truthFolder = join(data, 'truth/traces')
const names = existsSync(truthFolder)
  ? readdirSync(truthFolder).filter((name) => /^(dsb-hotel|jaeger__)/.test(name))
  : []

if (names.length === 0) {
  test('real traces give the known facts', (context) => context.skip('../shared/data is not here'))
}

test.each(names)('%s: every count is exact and every time within a microsecond', (name) => {
  const truth = JSON.parse(readFileSync(join(truthFolder, name), 'utf8')) as Truth
  const { truth: facts } = importJaeger(readInputs(truth.input), { dataset: truth.dataset, input: truth.input })
  expect(differences(truth, JSON.parse(JSON.stringify(facts)), '')).toEqual([])
})

test.skipIf(names.length === 0)('the order of the files does not matter', () => {
  const inputs = readInputs('traces/jaeger/dsb-hotel-load25/*.json')
  expect(importJaeger([...inputs].reverse())).toEqual(importJaeger(inputs))
})

test.skipIf(names.length === 0).each(['frontend', 'search', 'geo', 'rate', 'reservation', 'profile'])(
  'a clock of %s that is wrong by 5 ms either way changes no local time and no step',
  (service) => {
    const inputs = readInputs('traces/jaeger/dsb-hotel-load100/*.json')
    const plain = importJaeger(inputs)
    for (const byUs of [-5000, 5000]) {
      const shifted = importJaeger(inputs.map((input) => ({ ...input, text: shiftClock(input.text, service, byUs) })))
      expect(shifted.truth.service_entry_local_us).toEqual(plain.truth.service_entry_local_us)
      expect(shifted.scenario?.['application']).toEqual(plain.scenario?.['application'])
    }
  },
)

/** The same document with every span of one service moved. */
function shiftClock(text: string, service: string, byUs: number): string {
  const document = JSON.parse(text) as { readonly data: readonly RawTrace[] }
  for (const { spans, processes } of document.data) {
    for (const span of spans) if (processes[span.processID].serviceName === service) span.startTime += byUs
  }
  return JSON.stringify(document)
}

interface RawTrace {
  readonly spans: readonly { readonly processID: string; startTime: number }[]
  readonly processes: { readonly [id: string]: { readonly serviceName: string } }
}

interface Truth {
  readonly dataset: string
  readonly input: string
}

function readInputs(pattern: string): readonly { readonly name: string; readonly text: string }[] {
  const path = join(data, pattern)
  const files =
    basename(path) === '*.json' ? readdirSync(dirname(path)).map((file) => join(dirname(path), file)) : [path]
  return files.map((file) => ({ name: file.slice(data.length + 1), text: readFileSync(file, 'utf8') }))
}

/** Paths at which two JSON values differ; keys must be the same, and so must everything but times. */
function differences(expected: unknown, found: unknown, path: string): readonly string[] {
  if (typeof expected === 'number' && typeof found === 'number')
    return isClose(expected, found, path) ? [] : [`${path}: ${expected}, found ${found}`]
  if (typeof expected !== 'object' || typeof found !== 'object' || expected === null || found === null) {
    return Object.is(expected, found) ? [] : [`${path}: ${String(expected)}, found ${String(found)}`]
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)])
  const field = (value: object, key: string): unknown => (value as Record<string, unknown>)[key]
  return [...keys].flatMap((key) => differences(field(expected, key), field(found, key), `${path}/${key}`))
}

/** Times may be a microsecond off (`_us`), times in seconds too; everything else is exact. */
function isClose(expected: number, found: number, path: string): boolean {
  if (path.includes('_us/') && !path.endsWith('/n')) return Math.abs(expected - found) <= 1
  return Math.abs(expected - found) <= (path.endsWith('_s') || path.endsWith('_cv') ? 1e-6 : 0)
}
