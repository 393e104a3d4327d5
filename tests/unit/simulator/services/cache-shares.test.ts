import { expect, test } from 'vitest'
import { outcomeOf } from '../../../../src/simulator/outcome'
import { constant, cpuPool, finishedRun, scenarioOf, type Fields } from '../../../support/scenarios'

/** Misses at 8 MiB: 10 per thousand instructions; the square-root rule. */
const cache: Fields = { model: 'power', atMiB: 8, exponent: 0.5 }

/** Two services on one CPU of 32 MiB, each asked at constant gaps for 10,000 instructions a request. */
function rowsOf(rates: readonly number[], use: readonly (Fields | null)[], fields: { policies?: Fields } = {}) {
  const run = finishedRun(
    scenarioOf({
      nodes: [
        cpuPool('cpu', 2, 4, { baseCpi: 1, llcMiB: 32, localLatencyNs: 0, localBandwidthGBps: 1e6 }),
        { id: 'tor', kind: 'switch' },
      ],
      links: [{ id: 'l', from: 'cpu', to: 'tor', protocol: 'cxl' }],
      services: rates.map((_, i) => ({
        id: `s${i}`,
        on: { node: 'cpu', device: 0 },
        operations: [
          { id: 'o', steps: [{ do: 'compute', instructions: constant(10_000), missesPerKiloInstruction: 10 }] },
        ],
        ...(use[i] === null ? {} : { cache: use[i] }),
      })),
      sources: rates.map((ratePerSecond, i) => ({
        id: `u${i}`,
        entry: `s${i}.o`,
        arrivals: { process: 'constant', ratePerSecond },
      })),
      run: { warmupSeconds: 0.05, durationSeconds: 0.05 },
      ...fields,
    }),
  )
  return outcomeOf(run).services.map((row) => ({
    llc: row.llcMeanMib,
    missesPerKilo: (1000 * row.missesLocal) / row.instructions,
  }))
}

test('one alone has all of the cache: half the misses with four times the cache', () => {
  const [alone] = rowsOf([20_000], [cache])
  expect(alone.llc).toBeCloseTo(32, 6)
  expect(alone.missesPerKilo).toBeCloseTo(5, 1)
})

test('two alike have half each', () => {
  const rows = rowsOf([20_000, 20_000], [cache, cache])
  for (const row of rows) {
    expect(row.llc).toBeCloseTo(16, 6)
    expect(row.missesPerKilo).toBeCloseTo(10 * 2 ** -0.5, 1)
  }
})

test('an aggressor of eight times the load leaves a fifth, and the misses of the victim rise by the closed form', () => {
  // Shares are in the ratio 8^(1 / 1.5) = 4.
  const [victim, aggressor] = rowsOf([10_000, 80_000], [cache, cache])
  expect(victim.llc).toBeCloseTo(32 / 5, 3)
  expect(aggressor.llc).toBeCloseTo((32 * 4) / 5, 3)
  expect(victim.missesPerKilo / (10 * (32 / 5 / 8) ** -0.5)).toBeCloseTo(1, 2)
})

test('a service that says nothing of its use misses as its steps say, and takes no share', () => {
  const [silent, other] = rowsOf([20_000, 20_000], [null, cache])
  expect(silent).toEqual({ llc: NaN, missesPerKilo: 10 })
  expect(other.llc).toBeCloseTo(32, 6)
})

test('a move gives each the cache of its new device', () => {
  const orders = [
    {
      atSeconds: 0.01,
      do: 'migrate',
      service: 's1',
      instance: 0,
      to: { node: 'cpu', device: 1 },
      mechanism: 'stop-and-copy',
    },
  ]
  for (const row of rowsOf([20_000, 20_000], [cache, cache], { policies: { orders } }))
    expect(row.llc).toBeCloseTo(32, 6)
})
