import { expect, test } from 'vitest'
import { outcomeOf } from '../../../src/simulator/outcome'
import { constant, cpuPool, documentOf, finishedRun, readDocument } from '../../support/scenarios'

const REQUESTS = 2000
const fidelities = ['line', 'burst', 'fluid'] as const

/** One core whose far memory is as much in a device behind one switch as in one behind two; requests one by one. */
function finished(fidelity: string, memoryParallelism: number) {
  return finishedRun(
    readDocument(
      documentOf({
        nodes: [
          cpuPool('cpu', 1, 1, { memoryParallelism }),
          { id: 'near', kind: 'memory' },
          { id: 'far', kind: 'memory' },
          { id: 'tor', kind: 'switch', spec: { latencyNs: 100 } },
          { id: 'spine', kind: 'switch', spec: { latencyNs: 1000 } },
        ],
        links: [
          { id: 'c', from: 'cpu', to: 'tor', protocol: 'cxl', bandwidthGbps: 256 },
          { id: 'n', from: 'near', to: 'tor', protocol: 'cxl', bandwidthGbps: 256 },
          { id: 't', from: 'tor', to: 'spine', protocol: 'cxl', bandwidthGbps: 256 },
          { id: 'f', from: 'far', to: 'spine', protocol: 'cxl', bandwidthGbps: 256 },
        ],
        services: [
          {
            ...{ id: 's', footprintMiB: 8192, localShare: 0.5 },
            operations: [
              { id: 'get', steps: [{ do: 'compute', instructions: constant(10_000), missesPerKiloInstruction: 10 }] },
            ],
          },
        ],
        sources: [{ id: 'u', entry: 's.get', arrivals: { process: 'constant', ratePerSecond: 1000 } }],
        policies: { memory: { use: 'spread' } },
        run: { warmupSeconds: 0, durationSeconds: REQUESTS / 1000, fidelity },
      }),
    ),
  )
}

test.each([1, 4])('windows of %d scatter as their devices are drawn, in each fidelity', (width) => {
  const [line, burst, fluid] = fidelities.map((fidelity) => finished(fidelity, width).machine.measures.requests.latency)
  for (const coarse of [burst, fluid]) {
    expect(Math.abs(coarse.mean() / line.mean() - 1)).toBeLessThan(0.005)
    for (const share of [0.5, 0.99])
      expect(Math.abs(coarse.percentile(share) / line.percentile(share) - 1)).toBeLessThan(0.03)
  }
})

test.each(fidelities)('%s: where nobody else is, misses hardly queue, and never less than that', (fidelity) => {
  const [{ cpiQueueing, cpiRemote }] = outcomeOf(finished(fidelity, 4)).services
  expect(cpiQueueing).toBeGreaterThanOrEqual(-1e-9)
  expect(cpiQueueing).toBeLessThan(0.002 * cpiRemote)
})
