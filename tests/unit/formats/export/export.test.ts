import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { digest, exportAll, exportFiles } from '../../../../src/formats/export'
import { sampleResult } from '../../../support/export/sample-result'

const textOf = (name: string): string => exportAll(sampleResult, '1.2.3').find((file) => file.name === name)?.text ?? ''

test('scenario.json holds the scenario as run', () => {
  expect(JSON.parse(textOf('scenario.json'))).toEqual(sampleResult.scenario)
})

test('a reason that begins with anything but a letter gets a word before it, so that no spreadsheet computes it', () => {
  expect(textOf('decisions.csv')).toContain(',because =1+1,')
  expect(textOf('decisions.csv')).toContain(',"cpu.0 at 94 %, limit 85 %",57900.000000\r\n')
})

test('a migration still going on has no duration yet', () => {
  expect(textOf('migrations.csv')).toContain('kv,1,cpu.0,cpu.1,pre-copy,0.4102,,,0,0,running\r\n')
})

test('the histogram lists the buckets that hold something', () => {
  expect(textOf('histogram.csv').split('\r\n')).toEqual([
    'scope,id,bucket_low_us,bucket_high_us,count',
    'run,,0.000000,1.000000,1',
    'run,,2.000000,4.000000,2',
    '',
  ])
})

test('the digest is SHA-256 over the text of summary.csv', () => {
  const expected = createHash('sha256').update(textOf('summary.csv')).digest('hex')
  expect(digest(sampleResult)).toBe(expected)
})

test('the manifest has a right checksum of every other file', () => {
  const manifest: unknown = JSON.parse(textOf('manifest.json'))
  const others = exportAll(sampleResult, '1.2.3').filter((file) => file.name !== 'manifest.json')
  expect(manifest).toMatchObject({
    engine: '1.2.3',
    seed: 7,
    digest: digest(sampleResult),
    files: others.map(({ name, text }) => ({ name, sha256: createHash('sha256').update(text).digest('hex') })),
  })
})

test('the same result gives the same bytes', () => {
  expect(exportFiles(structuredClone(sampleResult))).toEqual(exportFiles(sampleResult))
})
