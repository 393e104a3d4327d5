import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { digest } from '../../src/formats/export'
import { readScenario } from '../../src/scenario/read-scenario'
import { catalog } from '../../src/simulator/catalog'
import { simulate } from '../../src/simulator/simulate'
import { temporaryFolder } from '../support/fake-terminal'
import { smallScenarioText } from '../support/links/link-samples'

const project = resolve(import.meta.dirname, '../..')
const folder = temporaryFolder()
mkdirSync(join(folder, 'caller'))
writeFileSync(join(folder, 'caller', 'small.json'), smallScenarioText)

/** The promised call, from a folder of somebody else. */
function unrack(...args: readonly string[]) {
  const { INIT_CWD: _, ...env } = process.env
  return spawnSync('npm', ['--prefix', project, 'run', '-s', 'unrack', '--', ...args], {
    cwd: join(folder, 'caller'),
    env,
    encoding: 'utf8',
  })
}

test('relative paths are those of the caller, and standard output stays empty', () => {
  const { status, stdout, stderr } = unrack('run', 'small.json', '--out', '../results')
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  const result = simulate(readScenario(smallScenarioText, catalog).scenario!)
  expect(stderr).toContain(`12 files in ../results · digest ${digest(result).slice(0, 12)}`)
  expect(readFileSync(join(folder, 'results', 'summary.csv'), 'utf8')).toMatch(
    /^metric,value,unit,ci95_low,ci95_high\r\n/,
  )
})

test('a bad scenario exits with 2, says why on standard error and writes nothing', () => {
  writeFileSync(join(folder, 'caller', 'bad.json'), smallScenarioText.replace('"count":1', '"count":0'))
  const { status, stdout, stderr } = unrack('run', 'bad.json', '--out', 'nothing')
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain('topology.nodes[0].count: ')
  expect(existsSync(join(folder, 'caller', 'nothing'))).toBe(false)
})

test('check exits with 0 for a sound scenario', () => {
  expect(unrack('check', 'small.json')).toMatchObject({ status: 0, stdout: '' })
})
