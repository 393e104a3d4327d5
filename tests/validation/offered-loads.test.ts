import { expect, test } from 'vitest'
import type { Scenario } from '../../src/scenario/scenario'
import { Decisions } from '../../src/simulator/decisions'
import { build } from '../../src/simulator/build'
import { offeredLoads } from '../../src/simulator/offered-loads'
import { outcomeOf } from '../../src/simulator/outcome'
import { Placing } from '../../src/simulator/placing'
import { galleryFolder, readScenarioFile, scenarioNames } from '../support/scenario-files'
import { finishedRun, poisson, scenarioOf, type Fields } from '../support/scenarios'

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

const memorySteps = (protocol: string, policies: Fields = {}): Scenario =>
  scenarioOf({
    nodes: [
      { id: 'cpu', kind: 'cpu', count: 2, spec: { cores: 4 } },
      { id: 'mem', kind: 'memory', count: 3, spec: { capacityGiB: 4, slabMiB: 64, channels: 2 } },
      { id: 'tor', kind: 'switch' },
    ],
    links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol, bandwidthGbps: 64 })),
    services: [
      {
        id: 's',
        replicas: 2,
        footprintMiB: 960,
        localShare: 0.2,
        operations: [
          {
            id: 'o',
            steps: [
              { do: 'memory', access: 'read', bytes: 20_000 },
              { do: 'memory', access: 'write', bytes: 9000 },
            ],
          },
        ],
      },
    ],
    sources: [poisson('s.o', 40_000)],
    policies: { placement: { use: 'spread' }, memory: { use: 'interleave', ...policies } },
    run: { seed: 4, durationSeconds: 0.2 },
  })

test.each([
  ['cxl', 1],
  ['cxl', 2],
  ['rdma', 1],
])('memory steps use of each part what their means ask: %s, %d copies', (protocol, copies) => {
  const scenario = memorySteps(protocol, { copies })
  expect(compare(scenario)).toEqual([])
  const { machine } = finishedRun(scenario)
  // 313 and 141 lines, or 5 and 3 pages, of the requests that came; each copy is written.
  const served = machine.memory.served.reduce((sum, count) => sum + count, 0)
  const writes = protocol === 'cxl' ? 141 * copies : 3
  const each = (protocol === 'cxl' ? 313 : 5) + writes
  expect(served / machine.measures.requests.completed).toBeCloseTo(each, -1)
})
