import { expect, test } from 'vitest'
import { migrationRow, outcomeOf } from '../../src/simulator/outcome'
import { createRun } from '../../src/simulator/run'
import { constant, cpuPool, finishedRun, scenarioOf, type Fields } from '../support/scenarios'

/**
 * A device with nothing on it: P = sleep; else idle + (busy - idle) * u (Barroso et al., The Datacenter as a Computer:
 * what consolidation saves is the idle power of what it empties). Here nothing is ever asked, so u = 0, and times follow from
 * the order, the waking and the copy: joules are exact to rounding, 1e-9.
 */
const [IDLE, SLEEP, WAKE_MS, SECONDS, MOVE_AT] = [100, 12, 20, 1, 0.25]

function moved(spec: Fields = { sleepWatts: SLEEP, wakeMs: WAKE_MS }, run: Fields = {}) {
  return scenarioOf({
    nodes: [
      cpuPool('cpu', 3, 4, { idleWatts: IDLE, busyWatts: 270, localMemoryGiB: 4, ...spec }),
      { id: 'tor', kind: 'switch', spec: { latencyNs: 200, bufferKiB: 1024, idleWatts: 0, busyWatts: 0 } },
    ],
    links: [{ id: 'l', from: 'cpu', to: 'tor', protocol: 'rdma', bandwidthGbps: 100, propagationNs: 50 }],
    services: [
      {
        id: 's',
        on: { node: 'cpu', device: 0 },
        footprintMiB: 512,
        stateMiB: 512,
        operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(1000) }] }],
      },
    ],
    policies: {
      migration: { use: 'never', mechanism: 'stop-and-copy' },
      orders: [{ atSeconds: MOVE_AT, do: 'migrate', service: 's', instance: 0, to: { node: 'cpu', device: 1 } }],
    },
    run: { warmupSeconds: 0, durationSeconds: SECONDS, ...run },
  })
}

const joules = (scenario: ReturnType<typeof moved>): readonly number[] =>
  outcomeOf(finishedRun(scenario))
    .devices.filter(({ kind }) => kind === 'cpu')
    .map(({ energyJoules }) => energyJoules)

/** Stop-and-copy of 512 MiB at the payload rate of 100 Gb/s with 82 B of header on 4 KiB. */
const COPY = (512 * 1048576 * 8 * (4096 + 82)) / 4096 / 100e9

test('a move to a device that sleeps waits until it is awake, and the device that it leaves falls asleep', () => {
  const run = finishedRun(moved())
  const row = migrationRow(run, 0)
  const total = row.totalUs / 1e6
  expect(Math.abs(total - (WAKE_MS / 1000 + COPY))).toBeLessThan(5e-6)
  expect(row.stopPs).toBe(MOVE_AT * 1e12 + WAKE_MS * 1e9)
  const [from, to, spare] = joules(moved())
  expect(from).toBeCloseTo(IDLE * (MOVE_AT + total) + SLEEP * (SECONDS - MOVE_AT - total), 9)
  expect(to).toBeCloseTo(SLEEP * MOVE_AT + IDLE * (SECONDS - MOVE_AT), 9)
  expect(spare).toBeCloseTo(SLEEP * SECONDS, 9)
  const asleep = outcomeOf(run).figures.get('device_sleep_seconds')
  expect(asleep).toBeCloseTo(SECONDS + MOVE_AT + (SECONDS - MOVE_AT - total), 9)
})

test('the warm-up does not count', () => {
  const [, , spare] = joules(moved(undefined, { warmupSeconds: 0.5, durationSeconds: 0.25 }))
  expect(spare).toBeCloseTo(SLEEP * 0.25, 9)
})

test('devices that are not said to sleep stay awake', () => {
  const scenario = moved({})
  expect(joules(scenario)).toEqual([IDLE, IDLE, IDLE].map((watts) => watts * SECONDS))
  expect(outcomeOf(finishedRun(scenario)).figures.has('device_sleep_seconds')).toBe(false)
})

test('what a move would take counts the waking', () => {
  const run = createRun(moved())
  const estimate = (to: number): number => run.migrations.estimates.estimate(0, to, 'stop-and-copy').total
  run.advance(1, 1_000_000)
  run.machine.sleep.wake(2, 1)
  expect(estimate(1) - estimate(2)).toBeCloseTo(0, -1)
  run.machine.sleep.ready[2] = 0
  expect(estimate(1) - estimate(2)).toBeCloseTo(WAKE_MS * 1e9, -1)
})

/** The instance of the start ends after its keep-alive time. A request finds none: the device wakes, then the cold start, then 1 µs of work. */
test('an instance that starts on a device that sleeps waits for its waking and its own start', () => {
  const scenario = scenarioOf({
    nodes: [cpuPool('cpu', 1, 1, { idleWatts: IDLE, busyWatts: 270, sleepWatts: SLEEP, wakeMs: WAKE_MS })],
    services: [
      {
        id: 's',
        minReplicas: 0,
        coldStartMs: 7,
        operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(1000) }] }],
      },
    ],
    sources: [{ id: 'u', entry: 's.o', via: null, arrivals: { process: 'trace', timesSeconds: [0.3] } }],
    policies: { scaling: { use: 'keep-alive', keepAliveMs: 100 } },
    run: { warmupSeconds: 0, durationSeconds: 1 },
  })
  const { figures, devices } = outcomeOf(finishedRun(scenario))
  expect(figures.get('latency_max_us')).toBeCloseTo((WAKE_MS + 7) * 1000 + 1, 6)
  const awake = 0.1 + (WAKE_MS + 7 + 100) / 1000 + 1e-6
  expect(figures.get('device_sleep_seconds')).toBeCloseTo(SECONDS - awake, 9)
  expect(devices[0].energyJoules).toBeCloseTo(SLEEP * (SECONDS - awake) + IDLE * awake + 170e-6, 9)
})

test('a run restored while a device wakes goes on as the unbroken one', () => {
  const [whole, begun, restored] = [createRun(moved()), createRun(moved()), createRun(moved())]
  begun.advance(MOVE_AT * 1e12 + 5e9, 1_000_000)
  restored.restore(begun.save())
  for (const run of [whole, restored]) run.advance(SECONDS * 1e12, 10_000_000)
  expect(outcomeOf(restored)).toEqual(outcomeOf(whole))
})
