import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { digest, exportAll } from '../../../src/formats/export'
import { readScenario } from '../../../src/scenario/read-scenario'
import { catalog } from '../../../src/simulator/catalog'
import { simulate } from '../../../src/simulator/simulate'
import { pathsBelow, runCommandLine, temporaryFolder } from '../../support/fake-terminal'
import { smallScenarioText } from '../../support/links/link-samples'

const folder = temporaryFolder()
writeFileSync(join(folder, 'small.json'), smallScenarioText)

const read = (...path: readonly string[]): string => readFileSync(join(folder, ...path), 'utf8')
const run = (...args: readonly string[]) => runCommandLine(folder, ['run', ...args])

const fileNames = [
  'decisions.csv',
  'devices.csv',
  'histogram.csv',
  'links.csv',
  'manifest.json',
  'migrations.csv',
  'offloads.csv',
  'operations.csv',
  'scenario.json',
  'services.csv',
  'summary.csv',
  'timeline.csv',
]

test('a run writes all its files and says so in one line', async () => {
  const { scenario } = readScenario(smallScenarioText, catalog)
  const result = simulate(scenario!)
  const outcome = await run('small.json', '--out', 'plain')
  expect(outcome).toEqual({
    exitCode: 0,
    printed: '',
    told: `12 files in plain · digest ${digest(result).slice(0, 12)}\n`,
  })
  expect(pathsBelow(join(folder, 'plain'))).toEqual(fileNames)
  for (const file of exportAll(result, catalog.engineVersion)) expect(read('plain', file.name)).toBe(file.text)
})

test('running the scenario.json of a run again gives the same files', async () => {
  await run('small.json', '--out', 'first')
  await run('first/scenario.json', '--out', 'second')
  for (const name of fileNames) expect(read('second', name)).toBe(read('first', name))
})

test('a quiet run says nothing at all', async () => {
  expect(await run('small.json', '--out', 'quiet', '--quiet')).toEqual({ exitCode: 0, printed: '', told: '' })
})

test('overrides end up in the scenario as run, and options of their own win over --set', async () => {
  await run(
    'small.json',
    '--out',
    'set',
    '--set',
    'run.seed=3',
    '--set',
    'name=A name, not JSON',
    '--seed',
    '5',
    '--replications',
    '2',
  )
  expect(JSON.parse(read('set', 'scenario.json'))).toMatchObject({
    name: 'A name, not JSON',
    run: { seed: 5, replications: 2 },
  })
})

test('another seed gives other numbers', async () => {
  await run('small.json', '--out', 'seed1', '--seed', '1')
  await run('small.json', '--out', 'seed2', '--seed', '2')
  expect(read('seed2', 'summary.csv')).not.toBe(read('seed1', 'summary.csv'))
})

test('other files of the folder stay, and no draft is left beside it', async () => {
  mkdirSync(join(folder, 'kept'))
  writeFileSync(join(folder, 'kept', 'notes.txt'), 'mine')
  writeFileSync(join(folder, 'kept', 'summary.csv'), 'old')
  await run('small.json', '--out', 'kept')
  expect(pathsBelow(join(folder, 'kept'))).toEqual([...fileNames, 'notes.txt'].sort())
  expect(read('kept', 'notes.txt')).toBe('mine')
  expect(read('kept', 'summary.csv')).toMatch(/^metric,/)
  expect(pathsBelow(folder).filter((path) => path.includes('draft'))).toEqual([])
})

test('a folder that cannot be written is a failure, not a bad argument', async () => {
  writeFileSync(join(folder, 'in-the-way'), '')
  const outcome = await run('small.json', '--out', 'in-the-way/below')
  expect(outcome.exitCode).toBe(1)
  expect(outcome.told).toContain('cannot write')
})

test('on a terminal a bar runs to its end and is wiped away', async () => {
  const outcome = await runCommandLine(
    folder,
    ['run', 'small.json', '--out', 'watched', '--set', 'run.durationSeconds=30'],
    true,
  )
  expect(outcome.told).toMatch(/\r\[#+\.*\] +\d+ %/)
  expect(outcome.told).toMatch(/\r +\r12 files in watched/)
})

test.skipIf(!existsSync('/proc/self'))('an output folder where none can be made fails before the run', async () => {
  const outcome = await run('small.json', '--out', '/proc/below/out')
  expect(outcome.exitCode).toBe(1)
  expect(outcome.told).toMatch(/^cannot write \/proc\/below\/out: ENOENT/)
})
