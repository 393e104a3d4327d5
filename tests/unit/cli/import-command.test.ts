import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { pathsBelow, runCommandLine, temporaryFolder } from '../../support/fake-terminal'

const trace = (id: string): string =>
  JSON.stringify({
    data: [
      {
        traceID: id,
        spans: [
          {
            traceID: id,
            spanID: '1',
            operationName: 'get',
            references: [],
            startTime: 1_000_000 + Number(id) * 1000,
            duration: 250,
            tags: [{ key: 'span.kind', type: 'string', value: 'server' }],
            processID: 'p1',
          },
        ],
        processes: { p1: { serviceName: 'shop', tags: [] } },
      },
    ],
  })

const folder = temporaryFolder()
mkdirSync(join(folder, 'traces', 'deep'), { recursive: true })
writeFileSync(join(folder, 'traces', 'a.json'), trace('1'))
writeFileSync(join(folder, 'traces', 'deep', 'b.json.gz'), gzipSync(trace('2')))
writeFileSync(join(folder, 'traces', 'notes.txt'), 'no trace')
writeFileSync(join(folder, 'nothing.json'), '{"data":[]}')

const run = (...args: readonly string[]) => runCommandLine(folder, args)

test('a folder is read with all below it, packed or not, and makes a scenario that runs', async () => {
  const outcome = await run('import', 'jaeger', 'traces', '--out', 'made.json', '--report', 'report.json')
  expect(outcome).toMatchObject({ exitCode: 0, printed: '' })
  expect(outcome.told).toContain('2 spans of 2 traces')
  expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({ spans: 2 })
  expect(await run('check', 'made.json')).toMatchObject({ exitCode: 0 })
})

test('files named one by one give the same scenario as their folder', async () => {
  await run('import', 'jaeger', 'traces', '--out', 'folder.json', '--quiet')
  await run('import', 'jaeger', 'traces/a.json', 'traces/deep/b.json.gz', '--out', 'files.json', '--quiet')
  const parts = ['folder.json', 'files.json'].map((name) => {
    const { topology, application, workload } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<
      string,
      unknown
    >
    return { topology, application, workload }
  })
  expect(parts[1]).toEqual(parts[0])
})

test('traces that hold nothing are refused, and nothing is written', async () => {
  const before = pathsBelow(folder)
  const outcome = await run('import', 'jaeger', 'nothing.json', '--out', 'x.json', '--report', 'y.json')
  expect(outcome.exitCode).toBe(2)
  expect(outcome.told).not.toBe('')
  expect(pathsBelow(folder)).toEqual(before)
})

test('a folder without traces is refused', async () => {
  mkdirSync(join(folder, 'empty'))
  expect(await run('import', 'jaeger', 'empty', '--out', 'x.json')).toMatchObject({
    exitCode: 2,
    told: 'cannot read empty: found a folder without .json or .json.gz files\n',
  })
})
