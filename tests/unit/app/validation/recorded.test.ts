import { expect, test } from 'vitest'
import { readRecorded, strongest, strongestResults } from '../../../../src/app/validation/recorded'
import { validationCsv } from '../../../../src/app/validation/validation-csv'
import { sampleCase, sampleResult, sampleRow } from '../../../support/validation-samples'

const text = JSON.stringify({
  cases: [sampleCase('B1'), sampleCase('B2'), sampleCase('B3')],
  notSimulated: [],
  short: { B1: sampleResult('B1'), B2: sampleResult('B2', [{ ...sampleRow, low: 1, high: 2 }]) },
  full: { B1: sampleResult('B1', [], { events: 9000 }) },
})

test('null in the file is an unknown number', () => {
  const row = readRecorded(text).short.get('B1')?.rows[0]
  expect(row?.low).toBeNaN()
  expect(row?.simulated).toBe(21)
})

test('the full form is shown where it was recorded, else the short one', () => {
  const recorded = readRecorded(text)
  expect(strongest(recorded, 'B1')?.events).toBe(9000)
  expect(strongest(recorded, 'B2')?.events).toBe(1000)
  expect(strongest(recorded, 'B3')).toBeNull()
  expect([...strongestResults(recorded).keys()]).toEqual(['B1', 'B2'])
})

test('something else is refused', () => {
  expect(() => readRecorded('{}')).toThrow('cannot be read')
  expect(() => readRecorded('<!doctype html>')).toThrow()
})

test('every row is a line of the CSV, unknown numbers are empty cells', () => {
  const info = sampleCase('B2', { title: 'Erlang "C", waiting' })
  const lines = validationCsv([{ info, result: sampleResult('B2'), form: 'short' }]).split('\r\n')
  expect(lines[0]).toBe(
    'case,title,group,strictness,form,quantity,unit,expected,simulated,interval_low,interval_high,tolerance,role,verdict,case_verdict,bound',
  )
  expect(lines[1]).toBe(
    'B2,"Erlang ""C"", waiting",closed forms,exact,short,mean latency,µs,20,21,,,0.1,mechanism,within,holds,',
  )
  expect(lines).toHaveLength(3)
})
