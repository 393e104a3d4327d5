import { expect, test } from 'vitest'
import { outcomeOf } from '../../../../src/simulator/outcome'
import { constant, cpuPool, finishedRun, scenarioOf, trace } from '../../../support/scenarios'

test.each(['line', 'burst'])(
  'an ideal link carries windows of lines in fidelity %s, and counts their bytes',
  (fidelity) => {
    const run = finishedRun(
      scenarioOf({
        nodes: [cpuPool('cpu', 1, 1, { memoryParallelism: 10 }), { id: 'mem', kind: 'memory' }],
        links: [{ id: 'l', from: 'mem', to: 'cpu', protocol: 'ideal' }],
        services: [
          {
            id: 's',
            footprintMiB: 1024,
            localShare: 0,
            operations: [
              { id: 'o', steps: [{ do: 'compute', instructions: constant(10_000), missesPerKiloInstruction: 10 }] },
            ],
          },
        ],
        sources: [trace('s.o', [1, 100, 200], { via: null })],
        run: { durationSeconds: 0.001, fidelity },
      }),
    )
    const { figures, links } = outcomeOf(run)
    expect(figures.get('requests_completed')).toBe(3)
    // 100 misses a request: a line of 64 bytes asked for and one back each.
    expect(links.map(({ bytes, utilization, meanQueueBytes }) => [bytes, utilization, meanQueueBytes])).toEqual([
      [3 * 100 * 64, 0, 0],
      [3 * 100 * 64, 0, 0],
    ])
  },
)
