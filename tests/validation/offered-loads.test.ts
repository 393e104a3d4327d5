import { expect, test } from 'vitest'
import type { Scenario } from '../../src/scenario/scenario'
import { Decisions } from '../../src/simulator/decisions'
import { build } from '../../src/simulator/build'
import { offeredLoads } from '../../src/simulator/offered-loads'
import { outcomeOf } from '../../src/simulator/outcome'
import { Placing } from '../../src/simulator/placing'
import { galleryFolder, readScenarioFile, scenarioNames } from '../support/scenario-files'
import { finishedRun } from '../support/scenarios'

/**
 * What the means of a workload ask of each part, against what a run uses of it. Random arrivals and sizes differ from their
 * means by chance: 5 % of the load and 0.01 are granted. Moves, pages that change places, faults, scaling, choices of
 * steps' places and closed sources change what is asked while it runs.
 */
function compare(scenario: Scenario): string[] {
  const { machine } = build(scenario, scenario.run.seed)
  new Placing(scenario, machine, new Decisions()).placeAll()
  const loads = offeredLoads(scenario, machine)
  const { devices, links } = outcomeOf(finishedRun(scenario))
  const rows = [
    ...devices.map((row, i) => {
      const asked = [loads.cores[i], loads.memory[i], loads.pipelines[i], loads.streams[i]].filter(
        (load) => !Number.isNaN(load),
      )
      return { name: `${row.node}.${row.device}`, asked: Math.max(0, ...asked), used: row.utilization }
    }),
    ...links.map((row, i) => ({
      name: `${row.link} ${row.direction}`,
      asked: loads.channels[i],
      used: row.utilization,
    })),
  ].filter(({ name }) => !scenario.topology.nodes.some((node) => node.kind === 'switch' && name === `${node.id}.0`))
  return rows
    .filter(({ asked, used }) => Number.isFinite(asked) && Math.abs(asked - used) > 0.05 * asked + 0.01)
    .map(({ name, asked, used }) => `${name}: asked for ${asked.toFixed(4)}, used ${used.toFixed(4)}`)
}

/** A batch keeps its stream busy however few kernels are in it: what is used says little of what is asked. */
const hasBatches = (name: string): boolean =>
  JSON.stringify(readScenarioFile(galleryFolder, name)).includes('"batchSize"')

/** Its misses queue at one channel, so that cores stall for longer than on an idle rack. */
const contended = 'one-busy-memory.json'

const open = scenarioNames(galleryFolder).filter((name) => {
  const { workload, policies, faults } = readScenarioFile(galleryFolder, name)
  return (
    name !== contended &&
    faults.length === 0 &&
    policies.scaling.use === 'fixed' &&
    ['never', 'static'].includes(policies.offload.use) &&
    policies.migration.use === 'never' &&
    typeof policies.memory['tieringMiBps'] !== 'number' &&
    policies.orders.length === 0 &&
    workload.sources.every(({ arrivals }) => arrivals.process !== 'closed') &&
    !hasBatches(name)
  )
})

test.each(open)('%s uses of each part what its means ask', (name) => {
  const scenario = readScenarioFile(galleryFolder, name)
  expect(compare({ ...scenario, run: { ...scenario.run, replications: 1 } })).toEqual([])
})
