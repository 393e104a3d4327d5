import { describe, expect, test } from 'vitest'
import { audit } from '../../src/simulator/audit'
import { createRun } from '../../src/simulator/run'
import { mergeOutcomes } from '../../src/simulator/merge'
import { outcomeOf } from '../../src/simulator/outcome'
import { firstOf, simulate } from '../../src/simulator/simulate'
import { contractFolder, galleryFolder, metric, readScenarioFile, scenarioNames } from '../support/scenario-files'

const contract = scenarioNames(contractFolder)

if (contract.length === 0) {
  test('the scenarios of the format run', (context) => context.skip('../shared/scenarios is not here'))
}

const files = [contractFolder, galleryFolder].flatMap((folder) =>
  scenarioNames(folder).map((name) => [name, folder] as const),
)

describe.each(files)('%s', (name, folder) => {
  test("runs, its counts add up, and it keeps Little's law at every station", () => {
    const run = createRun(readScenarioFile(folder, name))
    while (!run.advance(run.shape.endPs, 200_000))
      for (const { station, integral, sojourn } of audit(run)) expect([station, integral]).toEqual([station, sojourn])
    const outcome = outcomeOf(run)
    const { summary } = mergeOutcomes(run.scenario, [outcome], firstOf(run, outcome))
    const [offered, completed, failed, inFlight] = ['offered', 'completed', 'failed', 'in_flight'].map((part) =>
      metric(summary, `requests_${part}`),
    )
    expect(completed).toBeGreaterThan(1000)
    expect(completed + failed + inFlight).toBe(offered)
  })
})

test.skipIf(!contract.includes('migrate.json'))('migrate.json follows the geometric series', () => {
  const { migrations } = simulate(readScenarioFile(contractFolder, 'migrate.json'))
  const MIB = 1048576
  const rate = (12.5e9 * 4096) / (4096 + 82)
  const sends = [4096 * MIB]
  while (sends[sends.length - 1] > rate * 0.01) sends.push((sends[sends.length - 1] * 1000 * MIB) / rate)
  expect(migrations).toHaveLength(1)
  const [{ outcome, rounds, detail, downtimeUs, bytes }] = migrations
  expect([outcome, rounds]).toEqual(['completed', sends.length - 1])
  detail.forEach((round, i) => {
    expect(Math.abs(round.bytes - sends[i])).toBeLessThanOrEqual(4096)
  })
  const sum = sends.reduce((total, each) => total + each, 0)
  expect(Math.abs(bytes - sum)).toBeLessThanOrEqual(4096 * sends.length)
  const packet = (2 * 4178 * 8) / 100e9 + 300e-9
  const handshake = (2 * 146 * 8) / 100e9 + 300e-9
  const downtime = sends[sends.length - 1] / rate + 2 * handshake
  expect(Math.abs(downtimeUs / 1e6 - downtime)).toBeLessThanOrEqual(packet + 4096 / rate)
})
