import { expect, test } from 'vitest'
import type { Run } from '../../../src/simulator/run'
import { figure } from '../../support/asked-of-runs'
import { constant, cpuPool, documentOf, finishedRun, readDocument, type Fields } from '../../support/scenarios'

const misses = { do: 'compute', instructions: constant(20_000), missesPerKiloInstruction: 8 }
const reads = { do: 'memory', access: 'read', bytes: 65_536 }
const writes = { do: 'memory', access: 'write', bytes: 8192 }

/** One host whose service has half of its memory in two devices; 100 requests/s. */
function finished(fidelity: string, steps: readonly Fields[], protocol = 'cxl'): Run {
  return finishedRun(
    readDocument(
      documentOf({
        nodes: [cpuPool('cpu', 1, 4), { id: 'mem', kind: 'memory', count: 2 }, { id: 'tor', kind: 'switch' }],
        links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol, bandwidthGbps: 100 })),
        services: [{ id: 's', footprintMiB: 8192, localShare: 0.5, operations: [{ id: 'get', steps: [...steps] }] }],
        sources: [{ id: 'u', entry: 's.get', arrivals: { process: 'constant', ratePerSecond: 100 } }],
        policies: { memory: { use: 'spread' } },
        run: { durationSeconds: 0.2, fidelity },
      }),
    ),
  )
}

const lines = (run: Run): number => run.machine.memory.read.reduce((sum, count) => sum + count, 0)
const written = (run: Run): number => run.machine.memory.written.reduce((sum, count) => sum + count, 0)

test.each(['burst', 'fluid'])('%s: steps on an idle rack take what they take line by line', (fidelity) => {
  for (const [protocol, within] of [
    ['cxl', 0.002],
    ['rdma', 1e-9],
    ['ethernet', 1e-9],
  ] as const) {
    const [line, coarse] = ['line', fidelity].map((each) => finished(each, [reads, writes], protocol))
    const of = (run: Run): number => figure(run, 'latency_mean_us')
    expect(Math.abs(of(coarse) / of(line) - 1), protocol).toBeLessThan(within)
    expect([lines(coarse), written(coarse)], protocol).toEqual([lines(line), written(line)])
  }
})

test('a service with misses and steps keeps what it knows of both kinds of windows', () => {
  const run = finished('burst', [misses, reads])
  const { windows } = run.executor.far.access
  const width = run.machine.devices.parallelism[0]
  const tables = [0.5, 1].map((share) => windows.table(0, 0, width, share, false))
  for (const [i, share] of [0.5, 1].entries()) expect(windows.table(0, 0, width, share, false)).toBe(tables[i])
})

test('a share of remote misses that changes leaves the round trips of windows as they are', () => {
  const { windows } = finished('burst', [misses, reads]).executor.far.access
  const [first, second] = [0.25, 0.75].map((share) => windows.table(0, 0, 8, share, false))
  expect(second).not.toBe(first)
  expect(second.trips).toBe(first.trips)
})

test.each(['burst', 'fluid'])('%s: misses beside steps go window by window', (fidelity) => {
  const [alone, beside] = [[misses], [misses, reads]].map((steps) => finished(fidelity, steps))
  expect(alone.machine.oneByOne).toBe(false)
  expect(beside.machine.oneByOne).toBe(true)
})
