import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exportAll } from '../../../src/formats/export'
import { catalog } from '../../../src/simulator/catalog'
import { simulate } from '../../../src/simulator/simulate'
import { coreScenarios } from '../../support/core-scenarios'
import { pathsBelow, runCommandLine, temporaryFolder } from '../../support/fake-terminal'
import { readDocument, type Fields } from '../../support/scenarios'

const document = coreScenarios['hotspot']
const folder = temporaryFolder()
writeFileSync(join(folder, 'hotspot.json'), JSON.stringify(document))

const read = (...path: readonly string[]): string => readFileSync(join(folder, ...path), 'utf8')
const run = (...args: readonly string[]) => runCommandLine(folder, ['branch', 'hotspot.json', ...args])
const cells = (text: string, metric: string): string[] =>
  text
    .split('\r\n')
    .find((line) => line.startsWith(`${metric},`))!
    .split(',')

test('a branch writes the run, its other course and the difference; A is what `run` writes', async () => {
  const never = 'policies.migration.use=never'
  const { exitCode, told } = await run('--at', '0.02', '--set', never, '--out', 'out')
  expect({ exitCode, told }).toEqual({
    exitCode: 0,
    told: expect.stringContaining('requests in both since then') as string,
  })
  expect(pathsBelow(join(folder, 'out')).filter((path) => !path.includes('/'))).toEqual(['a', 'b', 'difference.csv'])
  for (const file of exportAll(simulate(readDocument(document)), catalog.engineVersion))
    expect(read('out', 'a', file.name)).toBe(file.text)
  expect(pathsBelow(join(folder, 'out', 'b'))).toEqual(pathsBelow(join(folder, 'out', 'a')))
  // The parameters of the policy that was exchanged are gone.
  expect(JSON.parse(read('out', 'b', 'scenario.json'))).not.toHaveProperty('policies.migration.utilization')
  const difference = read('out', 'difference.csv')
  expect(difference).toMatch(/^metric,a,b,difference,unit,ci95_low,ci95_high,pairs\r\n/)
  const [, a, b, change] = cells(difference, 'requests_completed').map(Number)
  expect(b - a).toBe(change)
  const [, meanA, meanB, each, , low, high] = cells(difference, 'paired_latency_mean_us').map(Number)
  expect(meanB - meanA).toBeCloseTo(each, 5)
  expect(low).toBeLessThan(each)
  expect(high).toBeGreaterThan(each)
})

test('orders and faults are added and left out', async () => {
  const order = { atSeconds: 0.03, do: 'migrate', service: 's0', instance: 0, to: { node: 'cpu', device: 2 } }
  const fault = { atSeconds: 0.035, target: { node: 'cpu', device: 1 }, effect: 'slow', factor: 2 }
  const made = await run(
    ...['--at', '0.012', '--order', JSON.stringify(order), '--fault', JSON.stringify(fault)],
    ...['--drop', 'faults[0]', '--out', 'changed', '--quiet'],
  )
  expect(made).toEqual({ exitCode: 0, printed: '', told: '' })
  const { policies, faults } = JSON.parse(read('changed', 'b', 'scenario.json')) as Fields
  expect((policies as Fields)['orders']).toMatchObject([order])
  expect(faults).toMatchObject([fault])
})
