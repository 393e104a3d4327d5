import { expect, test } from 'vitest'
import type { Run } from '../../../src/simulator/run'
import { constant, cpuPool, documentOf, finishedRun, readDocument, type Fields } from '../../support/scenarios'

const miss = { do: 'compute', instructions: constant(1000), missesPerKiloInstruction: 1 }
const read = { do: 'memory', access: 'read', bytes: 65_536 }
const write = { do: 'memory', access: 'write', bytes: 65_536 }
const REQUESTS = 2000

/** One host whose far memory is as much in a device over CXL as in one over RDMA, or all in one; requests one by one. */
function finished(step: Fields, pools: readonly string[], fidelity = 'line', parallelism = 1): Run {
  return finishedRun(
    readDocument(
      documentOf({
        nodes: [
          cpuPool('cpu', 1, 4, { memoryParallelism: parallelism }),
          { id: 'cxl', kind: 'memory', spec: { rowHitRatio: 1 } },
          { id: 'rdma', kind: 'memory', spec: { rowHitRatio: 1 } },
        ],
        links: pools.map((id) => ({ id, from: 'cpu', to: id, protocol: id, bandwidthGbps: 100 })),
        services: [{ id: 's', footprintMiB: 8192, localShare: 0, operations: [{ id: 'get', steps: [step] }] }],
        sources: [{ id: 'u', entry: 's.get', arrivals: { process: 'constant', ratePerSecond: 1000 } }],
        policies: { memory: { use: 'spread' } },
        run: { warmupSeconds: 0, durationSeconds: REQUESTS / 1000, fidelity },
      }),
    ),
  )
}

const latency = (run: Run): Run['machine']['measures']['requests']['latency'] => run.machine.measures.requests.latency
/** Bytes that came from a memory device, headers left out. */
const linesRead = (run: Run): number[] => Array.from(run.machine.memory.read).slice(1, 3)

test('each miss is a line or a page, as its slab is reached', () => {
  const [lines, pages, both] = [['cxl'], ['rdma'], ['cxl', 'rdma']].map((pools) => finished(miss, pools))
  expect(latency(both).min).toBe(latency(lines).min)
  expect(latency(both).max).toBe(latency(pages).max)
  const share = (latency(both).mean() - latency(lines).mean()) / (latency(pages).mean() - latency(lines).mean())
  expect(Math.abs(share - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / REQUESTS))
  expect(both.machine.instances.pages[0]).toBe(Math.round(share * latency(both).count))
})

test('windows with lines and pages wait for their lines, then for their pages without a core', () => {
  const step = { do: 'compute', instructions: constant(4000), missesPerKiloInstruction: 1 }
  const [lines, pages, both] = [['cxl'], ['rdma'], ['cxl', 'rdma']].map((pools) => finished(step, pools, 'line', 4))
  expect(latency(both).max).toBeGreaterThanOrEqual(latency(pages).min)
  expect(latency(both).min).toBeGreaterThanOrEqual(latency(lines).min)
  const { pageFaultPs } = both.machine.devices
  const faults = pageFaultPs[0] * both.machine.instances.pages[0]
  const [busyBoth, busyLines] = [both, lines].map((run) => run.machine.instances.busyPs[0])
  // Three lines and a page stall about as long as four lines do: the core has its faults besides.
  expect(busyBoth - faults).toBeGreaterThan(0.8 * busyLines)
  expect(busyBoth - faults).toBeLessThan(1.001 * busyLines)
})

test.each(['line', 'burst', 'fluid'])('%s: a memory step asks each device for the bytes that it has', (fidelity) => {
  const run = finished(read, ['cxl', 'rdma'], fidelity, 8)
  const [cxl, rdma] = linesRead(run)
  const each = (latency(run).count * 65_536) / 64 / 2
  expect(Math.abs(cxl / each - 1)).toBeLessThan(0.02)
  expect(Math.abs(rdma / each - 1)).toBeLessThan(0.04)
})

test.each(['burst', 'fluid'])('%s takes for lines and pages what line takes', (fidelity) => {
  for (const step of [miss, read, write]) {
    const [line, coarse] = ['line', fidelity].map((each) => finished(step, ['cxl', 'rdma'], each, 8))
    expect(Math.abs(latency(coarse).mean() / latency(line).mean() - 1)).toBeLessThan(0.002)
  }
})
