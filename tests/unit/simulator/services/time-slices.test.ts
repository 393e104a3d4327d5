import { expect, test } from 'vitest'
import { outcomeOf } from '../../../../src/simulator/outcome'
import type { Run } from '../../../../src/simulator/run'
import { constant, cpuPool, finishedRun, scenarioOf, type Fields } from '../../../support/scenarios'

const work = (us: number): Fields => ({ do: 'compute', timeNs: constant(us * 1000) })

interface Job {
  readonly at: number
  readonly steps: readonly Fields[]
}

/** One service of its own per job, so that each end can be told. */
function runOf(spec: Fields, jobs: readonly Job[], fields: Fields = {}): Run {
  return finishedRun(
    scenarioOf({
      nodes: [cpuPool('cpu', 1, 1, { baseCpi: 1, ...spec })],
      services: jobs.map(({ steps }, i) => ({ id: `j${i}`, operations: [{ id: 'o', steps }] })),
      sources: jobs.map(({ at }, i) => ({
        id: `s${i}`,
        entry: `j${i}.o`,
        arrivals: { process: 'trace', timesSeconds: [at / 1e6] },
      })),
      run: { durationSeconds: 0.01 },
      ...fields,
    }),
  )
}

/** When each job ended, µs. */
function ends(run: Run, jobs: readonly Job[]): readonly number[] {
  return run.machine.measures.operations.map(({ latency }, i) => jobs[i].at + latency.max / 1e6)
}

function endsOf(spec: Fields, jobs: readonly Job[], fields: Fields = {}): readonly number[] {
  return ends(runOf(spec, jobs, fields), jobs)
}

test('two jobs share a core slice by slice', () => {
  // 0–10 a, 10–20 b, 20–30 a, 30–35 b.
  expect(
    endsOf({ quantumUs: 10 }, [
      { at: 0, steps: [work(20)] },
      { at: 0, steps: [work(15)] },
    ]),
  ).toEqual([30, 35])
})

test('a preempted job goes behind those that arrived during its slice', () => {
  // 0–10 a; b came at 5: 10–15 b; 15–25 a.
  expect(
    endsOf({ quantumUs: 10 }, [
      { at: 0, steps: [work(20)] },
      { at: 5, steps: [work(5)] },
    ]),
  ).toEqual([25, 15])
})

test('a job that nobody waits behind goes on, and gets slices of its own', () => {
  // a alone until 25; b waits for the end of the slice that began at 20: 30–31 b, then a.
  expect(
    endsOf({ quantumUs: 10, contextSwitchNs: 0 }, [
      { at: 0, steps: [work(40)] },
      { at: 25, steps: [work(1)] },
    ]),
  ).toEqual([41, 31])
})

test('without a quantum a job keeps its core to its end', () => {
  expect(
    endsOf({}, [
      { at: 0, steps: [work(40)] },
      { at: 25, steps: [work(1)] },
    ]),
  ).toEqual([40, 41])
})

test('a switch between jobs costs core time that is no part of a slice', () => {
  // 0–10 a, switch, 11–21 b, switch, 22–32 a, 32–42 a: alone, it pays nothing.
  const jobs = [
    { at: 0, steps: [work(30)] },
    { at: 0, steps: [work(10)] },
  ]
  const run = runOf({ quantumUs: 10, contextSwitchNs: 1000 }, jobs)
  expect(ends(run, jobs)).toEqual([42, 21])
  expect(run.machine.cores.busyCores.integralAt(0, run.shape.endPs)).toBe(42e6)
  expect(run.machine.cores.served[0]).toBe(2)
})

test('run to completion pays for switches, too, and the first job on a core for none', () => {
  const jobs = [0, 0, 0].map((at) => ({ at, steps: [work(10)] }))
  expect(endsOf({ contextSwitchNs: 1000 }, jobs)).toEqual([10, 21, 32])
})

test('a job that comes back to its core pays only where another has run there meanwhile', () => {
  const away = [work(10), { do: 'delay', timeNs: constant(20_000) }, work(10)]
  expect(endsOf({ contextSwitchNs: 1000 }, [{ at: 0, steps: away }])).toEqual([40])
  // b runs 12–17 after a switch of 1 µs; a comes back at 30 and pays 1 µs.
  expect(
    endsOf({ contextSwitchNs: 1000 }, [
      { at: 0, steps: away },
      { at: 11, steps: [work(5)] },
    ]),
  ).toEqual([41, 17])
})

test('a job that comes back takes the core that it ran on, where that is idle', () => {
  // a on core 0, b on core 1; b comes back while both are idle, c has run on neither.
  const away = [work(10), { do: 'delay', timeNs: constant(20_000) }, work(10)]
  expect(
    endsOf({ cores: 2, contextSwitchNs: 1000 }, [
      { at: 0, steps: [work(5)] },
      { at: 0, steps: away },
    ]),
  ).toEqual([5, 40])
})

test('the next request is another job, though it gets the handle of the one before', () => {
  expect(
    endsOf({ contextSwitchNs: 1000 }, [
      { at: 0, steps: [work(5)] },
      { at: 20, steps: [work(5)] },
    ]),
  ).toEqual([5, 26])
})

test('a slice that ends within a cycle lasts until that cycle ends', () => {
  // A cycle takes 1 ns. 5 cycles each, slices of 1.5 ns, so 2 cycles: a 2, b 2, a 2, b 2, a 1, b 1.
  const steps = [{ do: 'compute', instructions: constant(5) }]
  const jobs = [
    { at: 0, steps },
    { at: 0, steps },
  ]
  expect(endsOf({ frequencyGHz: 1, quantumUs: 0.0015 }, jobs)).toEqual([0.009, 0.01])
})

test('a slow device needs more slices for the same work', () => {
  // Twice as slow: slices of 10 µs do 5 µs of work. 0–10 a, 10–20 b, 20–30 a.
  const jobs = [
    { at: 0, steps: [work(10)] },
    { at: 0, steps: [work(5)] },
  ]
  const faults = [{ atSeconds: 0, target: { node: 'cpu' }, effect: 'slow', factor: 2 }]
  expect(endsOf({ quantumUs: 10 }, jobs, { faults: faults as never })).toEqual([30, 20])
})

test('a stalled core is not given away: the slice lasts until the stall is over', () => {
  // 1000 instructions take 1 ns, then a window of local misses stalls 90 ns: two windows in all.
  const step = { do: 'compute', instructions: constant(1000), missesPerKiloInstruction: 20 }
  const spec = { quantumUs: 0.05, localLatencyNs: 90, localBandwidthGBps: 1e6, memoryParallelism: 10 }
  const jobs = [
    { at: 0, steps: [step] },
    { at: 0, steps: [work(0.01)] },
  ]
  // a: 0.5 + 90 ns, over its slice of 50; b: 10 ns; a: 0.5 + 90 ns.
  expect(endsOf(spec, jobs)).toEqual([0.191, 0.1005])
})

test('a core visit is counted once, and its waits are waits for a core', () => {
  const jobs = [
    { at: 0, steps: [work(20)] },
    { at: 0, steps: [work(15)] },
  ]
  const run = runOf({ quantumUs: 10 }, jobs)
  const { services, devices } = outcomeOf(run)
  expect(devices[0].completed).toBe(2)
  expect(services.map((row) => row.coreWaitMeanUs)).toEqual([10, 20])
  expect(services.map((row) => row.coreMeanUs)).toEqual([20, 15])
})

test('jobs that change places are no longer a queue than those that wait', () => {
  const jobs = [
    { at: 0, steps: [work(25)] },
    { at: 1, steps: [work(25)] },
  ]
  expect(outcomeOf(runOf({ quantumUs: 10 }, jobs)).devices[0].maxQueue).toBe(1)
})
