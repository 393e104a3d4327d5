import { createRun } from '../../../simulator/run'
import { decisionCase, dots, line } from '../../decision-case'
import { relativeRow } from '../../measuring'
import { constant, cpuPool, scenarioOf, service, work } from '../../scenario-parts'

/** Replicas by target utilization, under a load without chance. */

const [START, TARGET, TOLERANCE, WORK_US] = [2, 0.7, 0.1, 500]

/** What the rule gives from two replicas; what is within its tolerance stays. */
function expectedReplicas(busy: number): number {
  const ratio = busy / START / TARGET
  return Math.abs(ratio - 1) <= TOLERANCE ? START : Math.max(1, Math.ceil(ratio * START - 1e-9))
}

function replicasAfter(busy: number) {
  const run = createRun(
    scenarioOf({
      nodes: [cpuPool('cpu', 4, 16)],
      services: [
        service('web', [work(constant(WORK_US * 1000))], { replicas: START, minReplicas: 1, maxReplicas: 40 }),
      ],
      sources: [{ id: 'u', entry: 'web.o', arrivals: { process: 'constant', ratePerSecond: (busy * 1e6) / WORK_US } }],
      policies: {
        placement: { use: 'spread' },
        loadBalancing: { use: 'round-robin' },
        scaling: { use: 'target-utilization', target: TARGET, controlPeriodMs: 20, stabilizationMs: 60 },
      },
      run: { durationSeconds: 1 },
    }),
  )
  while (!run.advance(run.shape.endPs, 1_000_000));
  return { busy, replicas: run.machine.lives.up.valueOf(0), events: run.events }
}

const LOADS = [0.5, 1, 1.3, 1.5, 2, 2.6, 3.3, 4, 5.1, 6.2, 8.2, 10.3] as const

export const targetUtilization = decisionCase(
  {
    id: 'D9',
    title: 'Replicas by target utilization',
    strictness: 'exact',
    question: 'Does scaling end at the replicas that its formula gives, and stay there?',
    source:
      'Kubernetes, Horizontal Pod Autoscaling: ceil(replicas × utilization / target), nothing within the tolerance',
    tolerance: 'The same number of replicas, at the end of 1 s, from two.',
    inputs: 'Regular arrivals of 500 µs of work, a target of 0.7 of a core, a tolerance of 0.1. Nothing is calibrated.',
    secondsShort: 1,
  },
  (bench) => {
    const ran = LOADS.map(replicasAfter)
    for (const { events } of ran) bench.events += events
    return {
      rows: ran.map(({ busy, replicas }) =>
        relativeRow(
          { label: `${busy} cores asked for`, unit: 'replicas', expected: expectedReplicas(busy) },
          replicas,
          0,
          'mechanism',
        ),
      ),
      figures: [
        {
          xLabel: 'cores asked for',
          yLabel: 'replicas',
          xScale: 'linear',
          yScale: 'linear',
          series: [
            line(
              'formula',
              Array.from({ length: 110 }, (_, i) => [0.1 * (i + 1), expectedReplicas(0.1 * (i + 1))]),
            ),
            dots(
              'simulated',
              ran.map(({ busy, replicas }) => [busy, replicas]),
            ),
          ],
        },
      ],
      notes: [],
    }
  },
)
