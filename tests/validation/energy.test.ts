import { describe, expect, test } from 'vitest'
import { simulate } from '../../src/simulator/simulate'
import type { RunResult } from '../../src/simulator/result'
import { constant, cpuPool, finishedRun, scenarioOf, type Fields } from '../support/scenarios'
import { outcomeOf } from '../../src/simulator/outcome'

const figure = (result: RunResult, metric: string): number =>
  result.summary.find((row) => row.metric === metric)?.value ?? Number.NaN

/** One core that is busy for `timeNs` of each request; requests come at equal distances, so its utilization is exact. */
function steadyCore(ratePerSecond: number, timeNs: number, spec: Fields, run: Fields = {}): RunResult {
  return simulate(
    scenarioOf({
      nodes: [cpuPool('cpu', 1, 1, spec)],
      services: [{ id: 's', operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(timeNs) }] }] }],
      sources: [{ id: 'u', entry: 's.o', via: null, arrivals: { process: 'constant', ratePerSecond } }],
      run: { warmupSeconds: 0.1, durationSeconds: 1, ...run },
    }),
  )
}

/**
 * P = idle + (busy - idle) * u, and joules a request P / rate (Fan et al., ISCA 2007; Barroso et al., The Datacenter as a Computer).
 * The window may cut one request of fifty thousand at each end: 5e-5.
 */
describe('energy of a device', () => {
  test.each([
    { idleWatts: 100, busyWatts: 400, u: 0.2, rate: 50_000, watts: 160, microjoules: 3200 },
    { idleWatts: 100, busyWatts: 400, u: 0.8, rate: 200_000, watts: 340, microjoules: 1700 },
    { idleWatts: 25, busyWatts: 75, u: 0.6, rate: 60_000, watts: 55, microjoules: 916.6667 },
  ])('$idleWatts to $busyWatts W at $u busy with $rate requests/s: $watts W, $microjoules µJ each', (row) => {
    const result = steadyCore(row.rate, (row.u / row.rate) * 1e9, {
      idleWatts: row.idleWatts,
      busyWatts: row.busyWatts,
    })
    expect(result.devices[0]?.utilization).toBeCloseTo(row.u, 4)
    expect(Math.abs(figure(result, 'power_mean_watts') / row.watts - 1)).toBeLessThan(5e-5)
    expect(Math.abs(figure(result, 'energy_joules') / row.watts - 1)).toBeLessThan(5e-5)
    const perRequest = figure(result, 'energy_per_request_joules')
    expect(Math.abs((perRequest * 1e6) / row.microjoules - 1)).toBeLessThan(1e-4)
  })

  test('an idle rack draws its idle power, and no request has a share of it', () => {
    const result = simulate(
      scenarioOf({
        nodes: [
          { id: 'cpu', kind: 'cpu', count: 2, spec: { idleWatts: 60 } },
          { id: 'mem', kind: 'memory', spec: { idleWatts: 20 } },
          { id: 'gpu', kind: 'gpu', spec: { idleWatts: 70 } },
          { id: 'nic', kind: 'nic', spec: { idleWatts: 15 } },
          { id: 'tor', kind: 'switch', spec: { idleWatts: 150 } },
        ],
      }),
    )
    expect(figure(result, 'power_mean_watts')).toBe(2 * 60 + 20 + 70 + 15 + 150)
    expect(figure(result, 'energy_per_request_joules')).toBeNaN()
    expect(figure(result, 'cost_per_million_requests_usd')).toBeNaN()
  })
})

/** Two cores that call each other over a switch: 1000 bytes of payload and no header each way at 1 Gb/s. */
const overSwitch = scenarioOf({
  nodes: [
    cpuPool('a', 1, 1, { idleWatts: 0, busyWatts: 0 }),
    cpuPool('b', 1, 1, { idleWatts: 0, busyWatts: 0 }),
    { id: 'tor', kind: 'switch', spec: { idleWatts: 100, busyWatts: 300 } },
  ],
  links: ['a', 'b'].map((id) => ({ id, from: id, to: 'tor', protocol: 'pcie', bandwidthGbps: 1, headerBytes: 0 })),
  services: [
    {
      id: 'front',
      on: 'a',
      operations: [{ id: 'o', steps: [{ do: 'call', to: 'back.o', requestBytes: 1000, responseBytes: 1000 }] }],
    },
    { id: 'back', on: 'b', operations: [{ id: 'o', steps: [] }] },
  ],
  sources: [{ id: 'u', entry: 'front.o', via: null, arrivals: { process: 'constant', ratePerSecond: 50_000 } }],
  run: { warmupSeconds: 0.01, durationSeconds: 0.1 },
})

test('a switch draws power for what its ports send: 8 µs of every 20 on each of two ports is 40 %', () => {
  const result = simulate(overSwitch)
  const tor = result.devices.find((row) => row.kind === 'switch')
  expect(tor?.utilization).toBeCloseTo(0.4, 3)
  expect(tor?.energyJoules).toBeCloseTo(0.1 * (100 + 200 * 0.4), 1)
})

test('the rack uses what its devices use, switches included', () => {
  const { devices, figures } = outcomeOf(finishedRun(overSwitch))
  expect(devices.reduce((sum, row) => sum + row.energyJoules, 0)).toBeCloseTo(figures.get('energy_joules')!, 9)
  expect(devices.map((row) => row.node)).toEqual(['a', 'b', 'tor'])
})

test('a million requests cost their share of the rack and the electricity of the building', () => {
  const result = steadyCore(
    10_000,
    50_000,
    { idleWatts: 100, busyWatts: 300, costUsd: 8766 },
    { amortizationYears: 4, electricityUsdPerKwh: 0.1, powerUsageEffectiveness: 1.5 },
  )
  // 8766 USD over 4 years of 8766 hours is 0.25 USD an hour; 200 W × 1.5 at 0.1 USD/kWh is 0.03 USD an hour;
  // an hour has 36 million requests.
  expect(figure(result, 'rack_cost_usd')).toBe(8766)
  expect(Math.abs(figure(result, 'cost_per_million_requests_usd') / ((0.25 + 0.03) / 36) - 1)).toBeLessThan(2e-4)
})
