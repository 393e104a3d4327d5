import { expect, test } from 'vitest'
import {
  call,
  cpuPool,
  exponential,
  finishedRun,
  freeNic,
  poisson,
  scenarioOf,
  service,
  work,
} from '../support/scenarios'

/**
 * Where theory is exact the yardstick must be the mean latency: exponential work of one mean on every device makes an open
 * Jackson network, and links so wide that nothing waits add their unloaded time. Set beforehand: 3 %.
 */
const PLACES = [
  { front: 0, back: 0, leaf: 0 },
  { front: 0, back: 0, leaf: 1 },
  { front: 0, back: 1, leaf: 2 },
  { front: 2, back: 1, leaf: 2 },
] as const

test.each(PLACES)('the expected time per request is that of a Jackson network: %j', ({ front, back, leaf }) => {
  const on = (device: number) => ({ on: { node: 'cpu', device } })
  const run = finishedRun(
    scenarioOf({
      nodes: [cpuPool('cpu', 3, 2), freeNic(), { id: 'tor', kind: 'switch', spec: { bufferKiB: 1e6 } }],
      links: ['cpu', 'nic'].map((from) => ({
        id: from,
        from,
        to: 'tor',
        protocol: 'ideal',
        bandwidthGbps: 400,
        propagationNs: 3000,
      })),
      services: [
        service(
          'front',
          [work(exponential(10_000)), call('back.o', { requestBytes: 4000, responseBytes: 9000 })],
          on(front),
        ),
        service(
          'back',
          [work(exponential(10_000)), call('leaf.o', { requestBytes: 500, responseBytes: 20_000 })],
          on(back),
        ),
        service('leaf', [work(exponential(10_000))], on(leaf)),
      ],
      sources: [poisson('front.o', 50_000, { via: 'nic', requestBytes: 1000, responseBytes: 1000 })],
      policies: { placement: { use: 'first-fit', yardstick: true } },
      run: { seed: 4117, warmupSeconds: 0.05, durationSeconds: 3 },
    }),
  )
  const measuredUs = run.machine.measures.requests.latency.mean() / 1e6
  expect(Math.abs(run.placementGap!.costUs / measuredUs - 1)).toBeLessThan(0.03)
})
