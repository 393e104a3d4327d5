import { describe, expect, test } from 'vitest'
import { fabricLoads, fabricScenario } from '../../src/validation/fabric-load'
import type { Fidelity } from '../../src/scenario/scenario'
import { outcomeOf } from '../../src/simulator/outcome'
import { cpuPool, finishedRun, readDocument, scenarioOf, type Fields } from '../support/scenarios'

/**
 * Messages under load: `burst`, whose pieces are trains of packets, against `line`, where every packet is an event.
 * Tolerance, set beforehand: mean and p99 within 5 % while no link is over 70 % utilized. The whole map is in
 * docs/decisions/0003-messages-as-trains.md.
 */
function latencies(name: string, load: number, fidelity: Fidelity, messages = 1500, seed = 11): Latencies {
  const of = fabricLoads.find((each) => each.name === name)!
  const run = finishedRun(readDocument(fabricScenario(of, load, messages, fidelity, seed)))
  const { latency } = run.machine.measures.requests
  return { mean: latency.mean(), p50: latency.percentile(0.5), p99: latency.percentile(0.99), events: run.events }
}

interface Latencies {
  readonly mean: number
  readonly p50: number
  readonly p99: number
  readonly events: number
}

describe('messages in burst are as late as in line', () => {
  for (const name of ['pages', 'mixed ethernet', 'one sender', 'chain'])
    for (const load of [0.3, 0.7])
      test(`${name} at ${load * 100} % load`, () => {
        const line = latencies(name, load, 'line')
        const burst = latencies(name, load, 'burst')
        expect(Math.abs(burst.mean / line.mean - 1)).toBeLessThan(0.05)
        expect(Math.abs(burst.p99 / line.p99 - 1)).toBeLessThan(0.05)
      })
})

test('small messages are as late beside large ones of the same host, each kind by itself', () => {
  const asked = (id: string, requestBytes: number): Fields => ({
    id,
    steps: [{ do: 'send', to: `b.${id}`, requestBytes }],
  })
  const sent = [
    { id: 'small', bytes: 1000, ratePerSecond: 3_700_000 },
    { id: 'large', bytes: 4096, ratePerSecond: 900_000 },
  ]
  const received = (fidelity: Fidelity) =>
    outcomeOf(
      finishedRun(
        scenarioOf({
          nodes: [cpuPool('a', 1, 1), cpuPool('b', 1, 1), { id: 'tor', kind: 'switch', spec: { latencyNs: 250 } }],
          links: ['a', 'b'].map((from) => ({ id: from, from, to: 'tor', protocol: 'cxl', bandwidthGbps: 100 })),
          services: [
            { id: 'a', on: 'a', operations: sent.map(({ id, bytes }) => asked(id, bytes)) },
            { id: 'b', on: 'b', operations: sent.map(({ id }) => ({ id, steps: [] })) },
          ],
          sources: sent.map(({ id, ratePerSecond }) => ({
            id,
            entry: `a.${id}`,
            via: null,
            arrivals: { process: 'poisson', ratePerSecond },
          })),
          run: { durationSeconds: 0.005, fidelity },
        }),
      ),
    ).operations.filter(({ service }) => service === 'b')
  const line = received('line')
  const burst = received('burst')
  line.forEach(({ meanUs, p99Us }, i) => {
    expect(Math.abs(burst[i].meanUs / meanUs - 1)).toBeLessThan(0.05)
    expect(Math.abs(burst[i].p99Us / p99Us - 1)).toBeLessThan(0.05)
  })
})

test.runIf(process.env['FABRIC_MAP'])('the whole map', { timeout: 600_000 }, () => {
  const off = (value: number, of: number): string => ((value / of - 1) * 100).toFixed(1)
  for (const { name } of fabricLoads)
    for (const load of [0.1, 0.3, 0.5, 0.7, 0.8, 0.9]) {
      const line = latencies(name, load, 'line', 2000, 3)
      const burst = latencies(name, load, 'burst', 2000, 3)
      const errors = (['mean', 'p50', 'p99'] as const).map((each) => `${each} ${off(burst[each], line[each])} %`)
      process.stdout.write(`${name} at ${load}: ${errors.join(', ')}, events ${line.events} to ${burst.events}\n`)
      expect(burst.events).toBeGreaterThan(0)
    }
})
