import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { exportHint, exportState, fileStem, resultFiles, zipped } from '../../../src/app/export-files'
import { emptyRun, type RunState } from '../../../src/stores/run-store'
import { sampleResult } from '../../support/export/sample-result'

const document = { name: 'a' }
const run = (part: Partial<RunState>): RunState => ({ ...emptyRun, document, ...part })

test('only a run that came to its end has files', () => {
  expect(exportState(run({}), document)).toEqual({ kind: 'never-run' })
  for (const status of ['running', 'failed', 'cancelled'] as const) {
    expect(exportState(run({ status, result: sampleResult }), document)).toEqual({ kind: status })
  }
  expect(exportState(run({ status: 'done', result: sampleResult }), document)).toMatchObject({
    kind: 'ready',
    isStale: false,
  })
})

test('after an edit the files are still those of the run, and the dialog says so', () => {
  const state = exportState(run({ status: 'done', result: sampleResult }), { name: 'edited' })
  expect(state).toMatchObject({ kind: 'ready', isStale: true })
  expect(exportHint(state)).toContain('edited since the last run')
})

test('every state without files says why', () => {
  const kinds = ['never-run', 'running', 'failed', 'cancelled'] as const
  const hints = kinds.map((kind) => exportHint({ kind }))
  expect(new Set(hints).size).toBe(kinds.length)
  expect(hints).not.toContain('')
})

test('the zip holds the files as they are, and is the same bytes each time', async () => {
  const files = await resultFiles(sampleResult, '1.2.3')
  const bytes = new Uint8Array(await (await zipped(files)).arrayBuffer())
  const unpacked = Object.entries(unzipSync(bytes)).map(([name, content]) => ({ name, text: strFromU8(content) }))
  expect(unpacked).toEqual(files)
  expect(new Uint8Array(await (await zipped(files)).arrayBuffer())).toEqual(bytes)
})

test.each([
  ['Local against pooled memory', 'local-against-pooled-memory'],
  ['Über: 2 × "café"', 'uber-2-cafe'],
  ['日本', 'scenario'],
  ['', 'scenario'],
])('%j is downloaded as %s', (name, stem) => {
  expect(fileStem({ name })).toBe(stem)
})
