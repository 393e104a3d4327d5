import { expect, test } from 'vitest'
import { outcomeOf } from '../../../../src/simulator/outcome'
import type { ServiceRow } from '../../../../src/simulator/result'
import { constant, cpuPool, finishedRun, scenarioOf, trace, type Fields } from '../../../support/scenarios'

const work = (us: number): Fields => ({ do: 'compute', timeNs: constant(us * 1000) })

function rows(cores: number, services: readonly Fields[], timesUs: readonly number[], fields: Fields = {}) {
  const scenario = scenarioOf({
    nodes: [cpuPool('cpu', 1, cores)],
    services,
    sources: [trace('a.o', timesUs)],
    run: { durationSeconds: 0.001, ...fields },
  })
  return outcomeOf(finishedRun(scenario))
}

function waits({ workerWaitMeanUs, coreWaitMeanUs, downtimeWaitMeanUs, outsideWaitMeanUs }: ServiceRow) {
  return [workerWaitMeanUs, coreWaitMeanUs, downtimeWaitMeanUs, outsideWaitMeanUs]
}

test('two threads that block leave cores idle: requests wait for a thread, none for a core', () => {
  // Each request works 10 µs, is away 30 µs and works 10 µs more. Four at once, two threads, four cores: the first two
  // take 50 µs, the others begin then. Nobody ever waits for a core.
  const steps = [work(10), { do: 'delay', timeNs: constant(30_000) }, work(10)]
  const { services, operations } = rows(4, [{ id: 'a', threads: 2, operations: [{ id: 'o', steps }] }], [0, 0, 0, 0])
  expect(waits(services[0])).toEqual([25, 0, 0, 30])
  expect(services[0]).toMatchObject({ completed: 4, coreMeanUs: 20, threadsMax: 2 })
  expect(operations[0]).toMatchObject({ meanUs: 75, waitMeanUs: 55, workerWaitMeanUs: 25, coreWaitMeanUs: 0 })
})

test('the same requests with a thread each and one core wait for the core instead', () => {
  // The core: 0–10 r1, 10–20 r2, 20–30 r3, 30–40 r4; back from outside at 40, 50, 60, 70, each 10 µs: no second wait.
  const steps = [work(10), { do: 'delay', timeNs: constant(30_000) }, work(10)]
  const { services } = rows(1, [{ id: 'a', operations: [{ id: 'o', steps }] }], [0, 0, 0, 0])
  expect(waits(services[0])).toEqual([0, 15, 0, 30])
  expect(services[0].threadsMax).toBe(4)
})

test('a caller that holds its only thread makes others wait for it, not for a core', () => {
  // a works 5 µs, asks b (20 µs), works 5 µs: it holds its thread 30 µs. The second request waits 20 µs for it.
  const services = [
    { id: 'a', threads: 1, operations: [{ id: 'o', steps: [work(5), { do: 'call', to: 'b.o' }, work(5)] }] },
    { id: 'b', operations: [{ id: 'o', steps: [work(20)] }] },
  ]
  const outcome = rows(2, services, [0, 10])
  expect(waits(outcome.services[0])).toEqual([10, 0, 0, 0])
  expect(waits(outcome.services[1])).toEqual([0, 0, 0, 0])
  expect(outcome.services[0].threadsMean).toBeCloseTo(60 / 1000, 12)
  expect(outcome.services[0].coresMean).toBeCloseTo(20 / 1000, 12)
})

test('a service does not count what its callees wait for', () => {
  // Two requests, each asking b with one thread for 20 µs: the second waits 20 µs there.
  const services = [
    { id: 'a', operations: [{ id: 'o', steps: [{ do: 'call', to: 'b.o' }] }] },
    { id: 'b', threads: 1, operations: [{ id: 'o', steps: [work(20)] }] },
  ]
  const { operations, services: told } = rows(4, services, [0, 0])
  expect(operations[0]).toMatchObject({ waitMeanUs: 10, workerWaitMeanUs: 0, coreWaitMeanUs: 0 })
  expect(waits(told[1])).toEqual([10, 0, 0, 0])
})

test('of parallel branches the waits of the one that ended last count', () => {
  // One core: the branches of 10 and 20 µs run one after the other, the second waits 10 µs.
  const steps = [{ do: 'parallel', branches: [[work(10)], [work(20)]] }]
  const { services, operations } = rows(1, [{ id: 'a', operations: [{ id: 'o', steps }] }], [0])
  expect(waits(services[0])).toEqual([0, 10, 0, 0])
  expect(operations[0]).toMatchObject({ meanUs: 30, waitMeanUs: 10 })
})

test('what earlier attempts took is no downtime', () => {
  // The one thread is taken until 100 µs and nobody queues: the first attempt fails at once, the next comes 120 to 180 µs later.
  const scenario = scenarioOf({
    nodes: [cpuPool('cpu', 1, 1)],
    services: [{ id: 'a', threads: 1, queueLimit: 0, operations: [{ id: 'o', steps: [work(100)] }] }],
    sources: [trace('a.o', [0, 0], { attempts: { retries: 1, backoffUs: 150 } })],
    run: { durationSeconds: 0.001 },
  })
  const { services, operations } = outcomeOf(finishedRun(scenario))
  expect(services[0]).toMatchObject({ completed: 2, downtimeWaitMeanUs: 0, workerWaitMeanUs: 0 })
  expect(services[0].attemptsWaitMeanUs).toBeGreaterThanOrEqual(60)
  expect(services[0].attemptsWaitMeanUs).toBe(operations[0].waitMeanUs)
})
