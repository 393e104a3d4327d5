import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createRun } from '../../src/simulator/run'
import { constant, cpuPool, exponential, poisson, scenarioOf } from '../support/scenarios'

const REQUESTS = [1e5, 1e6, 1e7]
const RATE = 80_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes held after two collections, as buffers are given back only by the second: objects and typed arrays. */
function heldBytes(): number {
  collect()
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Prints what a run holds after ever more requests: two services, histograms, a timeline. */
export function benchMemory(print: (line: string) => void): void {
  const work = { do: 'compute', timeNs: exponential(10_000) }
  const run = createRun(
    scenarioOf({
      nodes: [cpuPool('cpu', 1, 2)],
      services: [
        { id: 'a', operations: [{ id: 'o', steps: [work, { do: 'call', to: 'b.o' }] }] },
        { id: 'b', operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(1000) }] }] },
      ],
      sources: [poisson('a.o', RATE)],
      run: { durationSeconds: (REQUESTS[REQUESTS.length - 1] / RATE) * 1.01 },
    }),
  )
  for (const requests of REQUESTS) {
    run.advance((requests / RATE) * 1e12, Infinity)
    const megabytes = (heldBytes() / 1e6).toFixed(1)
    print(`memory after ${run.machine.measures.requests.completed.toLocaleString('en-US')} requests: ${megabytes} MB`)
  }
}
