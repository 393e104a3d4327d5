import { expect, test } from 'vitest'
import { outcomeOf } from '../../../src/simulator/outcome'
import { constant, cpuPool, documentOf, finishedRun, readDocument } from '../../support/scenarios'

/** A step of 100 µs with 400 misses, every millisecond, on cores whose DRAM gives 64 B in 16 ns, in a given fidelity. */
function finished(fidelity: string) {
  const steps = [{ do: 'compute', instructions: constant(100_000), missesPerKiloInstruction: 4 }]
  return outcomeOf(
    finishedRun(
      readDocument(
        documentOf({
          nodes: [cpuPool('cpu', 1, 2, { localBandwidthGBps: 4 }), { id: 'mem', kind: 'memory' }],
          links: [{ id: 'l', from: 'cpu', to: 'mem', protocol: 'cxl' }],
          services: [{ id: 's', operations: [{ id: 'get', steps }] }],
          sources: [{ id: 'u', entry: 's.get', arrivals: { process: 'constant', ratePerSecond: 10_000 } }],
          run: { warmupSeconds: 0.01, durationSeconds: 0.1, fidelity },
        }),
      ),
    ),
  )
}

test.each(['line', 'burst', 'fluid'])('%s: a bus of local memory is busy for as long as its lines take', (fidelity) => {
  const { devices } = finished(fidelity)
  expect(devices[0].localBusUtilization).toBeCloseTo(10_000 * 400 * 16e-9, 3)
  expect(devices[1].localBusUtilization).toBeNaN()
})
