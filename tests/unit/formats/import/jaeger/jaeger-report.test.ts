import { expect, test } from 'vitest'
import { importJaeger, reportLines } from '../../../../../src/formats/import'
import { call, jaegerInput, jaegerTrace } from '../../../../support/import/jaeger-trace'

const trace = jaegerTrace('t', [
  { service: 'a', kind: 'server', at: 0, lasts: 100, inside: [call('a', { service: 'b', at: 15, lasts: 20 }, 10, 30)] },
])
const spans = trace['spans'] as readonly object[]

function rows(...documents: readonly object[]): readonly string[] {
  const { report } = importJaeger([jaegerInput(documents as never)])
  return report.rows.map((row) => `${row.fate} ${row.count} ${row.what}`)
}

test('the report says in one sentence what was imported', () => {
  expect(importJaeger([jaegerInput([trace])]).report.summary).toBe(
    '3 spans of 1 trace and 2 services imported, 0 spans dropped',
  )
})

test('what was read, used and assumed is counted', () => {
  expect(rows(trace)).toEqual(
    expect.arrayContaining([
      'read 1 files',
      'read 1 traces',
      'read 3 spans',
      'used 1 calls',
      'used 2 operations',
      'used 1 sources',
      'assumed 1 CPU devices',
    ]),
  )
})

test('time between the ends of calls is named as not simulated', () => {
  const { report } = importJaeger([jaegerInput([trace])])
  const row = report.rows.find((each) => each.what === 'milliseconds between the ends of calls')
  expect(row).toMatchObject({ fate: 'dropped', count: 0.01 })
  expect(row?.reason).toContain('10 µs each')
})

test('dropped spans are counted by reason with an example', () => {
  const { report } = importJaeger([
    jaegerInput([{ ...trace, spans: [...spans, { ...spans[0], spanID: 'x', duration: -4 }, 'rubbish'] as never }]),
  ])
  expect(report.summary).toBe('3 spans of 1 trace and 2 services imported, 2 spans dropped')
  expect(report.rows.filter((row) => row.fate === 'dropped' && row.what === 'spans').map((row) => row.example)).toEqual(
    ['traces.json: data[0].spans[3]', 'traces.json: data[0].spans[4]'],
  )
})

test('the report prints as aligned lines', () => {
  const lines = reportLines(importJaeger([jaegerInput([trace])]).report)
  expect(lines[0]).toBe('3 spans of 1 trace and 2 services imported, 0 spans dropped')
  expect(lines).toContain('read        1  files: Jaeger JSON (traces.json)')
})
