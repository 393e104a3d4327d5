import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pathsBelow, runCommandLine, temporaryFolder } from '../../support/fake-terminal'
import { smallScenarioText } from '../../support/links/link-samples'

const folder = temporaryFolder()
writeFileSync(join(folder, 'small.json'), smallScenarioText)
writeFileSync(join(folder, 'broken.json'), '{"format":"unrack-scenario","version":1,"run":{"seed":-1}')
writeFileSync(join(folder, 'wrong.json'), smallScenarioText.replace('"worker.work"', '"nobody.work"'))
const before = pathsBelow(folder)

const run = (...args: readonly string[]) => runCommandLine(folder, args)

test('help and version go to standard output, as they were asked for', async () => {
  expect(await run('--version')).toMatchObject({
    exitCode: 0,
    told: '',
    printed: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
  })
  for (const args of [['--help'], ['help'], ['run', '--help']]) {
    const outcome = await run(...args)
    expect(outcome).toMatchObject({ exitCode: 0, told: '' })
    expect(outcome.printed).toContain('unrack run SCENARIO.json --out DIR')
  }
})

test.each([
  [[], 'which command?'],
  [['frob'], 'no command "frob"'],
  [['run'], 'which scenario?'],
  [['run', 'small.json'], '--out DIR is missing'],
  [['run', 'small.json', 'small.json', '--out', 'x'], 'found 2 files'],
  [['run', 'small.json', '--out', 'small.json'], 'found a file, expected a folder'],
  [['run', 'small.json', '--out', 'x', '--wat'], "Unknown option '--wat'"],
  [['run', 'small.json', '--out', 'x', '--seed', 'one'], '--seed: found "one", expected a number'],
  [['run', 'small.json', '--out', 'x', '--seed', '-1'], "Option '--seed' argument is ambiguous."],
  [['run', 'small.json', '--out', 'x', '--seed=-1'], 'run.seed: '],
  [['run', 'small.json', '--out', 'x', '--fidelity', 'fuzzy'], 'run.fidelity: '],
  [['run', 'small.json', '--out', 'x', '--set', 'run.seed'], 'expected PATH=VALUE'],
  [['run', 'small.json', '--out', 'x', '--set', 'name.first=1'], '--set name.first=1: name.first: '],
  [['run', 'small.json', '--out', 'x', '--set', 'topology.nodes[0].count=two'], 'topology.nodes[0].count: '],
  [['run', 'missing.json', '--out', 'x'], 'cannot read missing.json: no such file'],
  [['run', '.', '--out', 'x'], 'cannot read .: found a folder, expected a file'],
  [['run', 'broken.json', '--out', 'x'], 'line 1, column 58: found the end of the text'],
  [['run', 'wrong.json', '--out', 'x'], 'workload.sources[0].entry: '],
  [['branch', '--at', '0.1'], 'branch: which scenario?'],
  [['branch', 'small.json', '--out', 'x', '--set', 'policies.migration.use=never'], '--at SECONDS is missing'],
  [['branch', 'small.json', '--at', 'noon', '--out', 'x'], '--at: found "noon", expected a number'],
  [['branch', 'small.json', '--at', '0', '--out', 'x'], 'what changes?'],
  [
    ['branch', 'small.json', '--at', '0', '--out', 'x', '--set', 'run.seed=4'],
    'run.seed: a branch cannot change this; expected a change of policies',
  ],
  [
    ['branch', 'small.json', '--at', '9', '--out', 'x', '--set', 'policies.placement.use=spread'],
    'the moment of a branch lies in the run',
  ],
  [['branch', 'small.json', '--at', '0', '--out', 'x', '--drop', 'faults[0]'], '--drop faults[0]: faults[0]: nothing'],
  [['branch', 'small.json', '--at', '0', '--out', 'x', '--order', '{'], '--order {: '],
  [['branch', 'small.json', '--at', '0', '--out', 'x', '--fault', '{}'], 'faults[0].'],
  [['branch', 'small.json', '--at', '0', '--out', 'x', '--set', 'policies.offload.use=sometimes'], 'sometimes'],
  [['check'], 'which scenario?'],
  [['check', 'wrong.json'], 'workload.sources[0].entry: '],
  [['import'], 'which format?'],
  [['import', 'zipkin', 'x'], 'no format "zipkin"'],
  [['import', 'jaeger'], 'which files or folders?'],
  [['import', 'jaeger', 'small.json'], '--out SCENARIO.json is missing'],
  [['import', 'jaeger', 'missing', '--out', 'x'], 'cannot read missing: no such file'],
])('%j is refused with exit code 2 and leaves nothing behind', async (args, words) => {
  const outcome = await run(...args)
  expect(outcome).toMatchObject({ exitCode: 2, printed: '' })
  expect(outcome.told).toContain(words)
  expect(pathsBelow(folder)).toEqual(before)
})

test('check says that a scenario is fine, on standard error', async () => {
  expect(await run('check', 'small.json')).toEqual({ exitCode: 0, printed: '', told: 'small.json: ok\n' })
})

test('load over capacity is told, by check and by run, and simulated all the same', async () => {
  const rate = 'workload.sources[0].arrivals={"process":"constant","ratePerSecond":1e7}'
  const short = 'run.durationSeconds=0.0001'
  const warning = /^warning: topology\.nodes\[0\]: \S+ is asked for [\d.]+ times what its (\d+ )?cores? can do$/m
  const ran = await run('run', 'small.json', '--out', 'busy', '--set', rate, '--set', short)
  expect(ran.exitCode).toBe(0)
  expect(ran.told).toMatch(warning)
  const document = JSON.parse(smallScenarioText) as { workload: { sources: { arrivals: object }[] } }
  document.workload.sources[0].arrivals = { process: 'constant', ratePerSecond: 1e7 }
  writeFileSync(join(folder, 'overloaded.json'), JSON.stringify(document))
  expect((await run('check', 'overloaded.json')).told).toMatch(warning)
})
