import { expect, test } from 'vitest'
import { outcomeOf } from '../../../src/simulator/outcome'
import { Part } from '../../../src/simulator/services/cpi-stack'
import { constant, cpuPool, documentOf, finishedRun, readDocument, type Fields } from '../../support/scenarios'

const REQUESTS = 2000
const fidelities = ['line', 'burst', 'fluid'] as const

interface Asked {
  readonly steps?: readonly Fields[]
  readonly order?: readonly string[]
  readonly gbps?: number
}

const compute = { do: 'compute', instructions: constant(10_000), missesPerKiloInstruction: 10 }

/** One core whose far memory is as much in a device behind one switch as in one behind two; requests one by one. */
function finished(fidelity: string, memoryParallelism: number, asked: Asked = {}) {
  const { steps = [compute], order = ['near', 'far'], gbps = 256 } = asked
  return finishedRun(
    readDocument(
      documentOf({
        nodes: [
          cpuPool('cpu', 1, 1, { memoryParallelism }),
          ...order.map((id) => ({ id, kind: 'memory' })),
          { id: 'tor', kind: 'switch', spec: { latencyNs: 100 } },
          { id: 'spine', kind: 'switch', spec: { latencyNs: 1000 } },
        ],
        links: [
          { id: 'c', from: 'cpu', to: 'tor', protocol: 'cxl', bandwidthGbps: gbps },
          { id: 'n', from: 'near', to: 'tor', protocol: 'cxl', bandwidthGbps: gbps },
          { id: 't', from: 'tor', to: 'spine', protocol: 'cxl', bandwidthGbps: gbps },
          { id: 'f', from: 'far', to: 'spine', protocol: 'cxl', bandwidthGbps: gbps },
        ],
        services: [
          {
            ...{ id: 's', footprintMiB: 8192, localShare: 0.5 },
            operations: [{ id: 'get', steps }],
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

const read = { do: 'memory', access: 'read', bytes: 2048 }
const write = { do: 'memory', access: 'write', bytes: 2048 }

test.each(fidelities)('%s: where nobody else is, misses hardly queue, and never less than that', (fidelity) => {
  for (const order of [
    ['near', 'far'],
    ['far', 'near'],
  ]) {
    const [{ cpiQueueing, cpiRemote }] = outcomeOf(finished(fidelity, 4, { order })).services
    expect(cpiQueueing).toBeGreaterThanOrEqual(-1e-9)
    expect(cpiQueueing).toBeLessThan(0.002 * cpiRemote)
    for (const step of [read, write]) {
      const { machine } = finished(fidelity, 4, { order, steps: [step] })
      expect(machine.stack.column(Part.queueing)[0]).toBeGreaterThanOrEqual(-1e-9)
      expect(machine.stack.column(Part.queueing)[0]).toBeLessThan(0.02 * machine.stack.column(Part.remote)[0])
    }
  }
})

test.each([
  ['near', 'far'],
  ['far', 'near'],
])('burst is line in whatever order the devices are named: %s first', (...order) => {
  const asked = { order, gbps: 16, steps: [read] }
  const [line, burst] = ['line', 'burst'].map(
    (fidelity) => finished(fidelity, 8, asked).machine.measures.requests.latency,
  )
  expect(Math.abs(burst.mean() / line.mean() - 1)).toBeLessThan(0.01)
})
