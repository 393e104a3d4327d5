import type { Outcome } from '../../simulator/outcome'
import { exactCase, mean } from '../exact-case'
import { figure, utilizationOf } from '../measuring'
import { call, cpuPool, exponential, poisson, scenarioOf, service, work } from '../scenario-parts'

/** Numbers, rates and times at a station belong together. */

/** Mean number at a station over arrival rate times mean time there. */
function littleRatio(node: string, operation: string, cores: number, seconds: number): (outcome: Outcome) => number {
  return (outcome) => {
    const device = outcome.devices.find((one) => one.node === node)
    const row = outcome.operations.find((one) => `${one.service}.${one.operation}` === operation)
    if (!device || !row) return NaN
    const held = device.meanQueue + device.utilization * cores
    return held / ((figure('requests_offered')(outcome) / seconds) * (row.waitMeanUs + row.computeMeanUs) * 1e-6)
  }
}

export const littlesLaw = exactCase(
  {
    id: 'B20',
    title: "Little's law",
    question: 'Is the mean number at every station the throughput times the mean time there?',
    source: 'J. D. C. Little, Operations Research 9(3), 1961',
    inputs:
      'A chain of 2 and 3 cores at 60 and 53 %; queue and utilization are measured over time, latency over requests.',
    secondsShort: 2,
  },
  [
    {
      name: 'chain',
      scenario: (durationSeconds) =>
        scenarioOf({
          nodes: [cpuPool('a', 1, 2), cpuPool('b', 1, 3), { id: 'tor', kind: 'switch', spec: { latencyNs: 0 } }],
          links: ['a', 'b'].map((from) => ({
            id: from,
            from,
            to: 'tor',
            protocol: 'ideal',
            bandwidthGbps: null,
            propagationNs: 0,
          })),
          services: [
            service('front', [work(exponential(15_000)), call('leaf.o')], { on: 'a' }),
            service('leaf', [work(exponential(20_000))], { on: 'b' }),
          ],
          sources: [poisson('front.o', 80_000)],
          run: { seed: 2001, warmupSeconds: 0.01, durationSeconds },
        }),
      seconds: 0.9,
      quantities: [
        mean('L / (λ T) of the leaf', '', 1, (outcome) =>
          littleRatio('b', 'leaf.o', 3, outcome.figures.get('simulated_seconds')! - 0.01)(outcome),
        ),
        mean('utilization of the leaf', '', (80_000 * 20e-6) / 3, utilizationOf('b')),
      ],
    },
  ],
)
