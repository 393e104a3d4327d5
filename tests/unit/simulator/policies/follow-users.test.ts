import { describe, expect, test } from 'vitest'
import { constant, cpuPool, finishedRun, scenarioOf, type Fields } from '../../../support/scenarios'

const work = { do: 'compute', timeNs: constant(50_000) }
const service = (id: string, callee: string | null, more: Fields = {}): Fields => ({
  id,
  footprintMiB: 64,
  stateMiB: 1,
  operations: [{ id: 'o', steps: [work, ...(callee === null ? [] : [{ do: 'call', to: `${callee}.o` }])] }],
  ...more,
})

/** Two sites, 1 ms of fiber apart; everything is placed at `here`, and all users come in at `there`. */
function twoSites(parameters: Fields, services: readonly Fields[], more: Fields = {}) {
  const policy = { use: 'follow-users', controlPeriodMs: 10, forMs: 20, ...parameters }
  const nic = { id: 'nic', kind: 'nic', spec: {} }
  const tors = ['tor-here', 'tor-there'].map((id) => ({ id, kind: 'switch', spec: { bufferKiB: 65536 } }))
  const link = (from: string, to: string, propagationNs: number): Fields => ({
    ...{ id: `${from}-${to}`, from, to, protocol: 'rdma', propagationNs },
  })
  return finishedRun(
    scenarioOf({
      nodes: [cpuPool('here', 1, 4), cpuPool('there', 1, 4), nic, ...tors],
      links: [
        link('here', 'tor-here', 10),
        link('there', 'tor-there', 10),
        link('nic', 'tor-there', 10),
        link('tor-here', 'tor-there', 1e6),
      ],
      services,
      sources: [{ id: 'users', entry: 'a.o', via: 'nic', arrivals: { process: 'constant', ratePerSecond: 4000 } }],
      policies: { placement: { use: 'first-fit' }, migration: policy },
      run: { durationSeconds: 0.4 },
      ...more,
    }),
  )
}

const homes = (run: ReturnType<typeof twoSites>): string[] =>
  Array.from(run.machine.instances.device, (device) => run.machine.devices.names[device])

describe('follow-users', () => {
  const chain = [service('a', 'b'), service('b', 'c'), service('c', null)]

  test('moves together what talks with each other, and says how much nearer it is', () => {
    const run = twoSites({}, chain)
    expect(homes(run)).toEqual(['there.0', 'there.0', 'there.0'])
    const moves = run.decisions.rows.filter(({ kind }) => kind === 'migration')
    expect(new Set(moves.map(({ timePs }) => timePs)).size).toBe(1)
    expect(moves[0].reason).toMatch(
      /^a\.0, b\.0, c\.0: requests are 200\d µs on the way and back, \d µs after the move$/,
    )
  })

  test('then requests take as long as if all had been placed there', () => {
    const moved = twoSites({}, chain)
    const placed = twoSites({ minGainUs: 1e9 }, [
      service('a', 'b', { on: 'there' }),
      service('b', 'c', { on: 'there' }),
      service('c', null, { on: 'there' }),
    ])
    const { latency } = moved.machine.measures.requests
    expect(latency.min).toBe(placed.machine.measures.requests.latency.min)
    const half = placed.machine.measures.requests.latency.percentile(0.5)
    expect(Math.abs(latency.percentile(0.5) / half - 1)).toBeLessThan(0.001) // a bucket of the histogram
  })

  test('stays where little would be gained, or where the downtime would cost more than is saved in time', () => {
    expect(homes(twoSites({ minGainUs: 2500 }, chain))[0]).toBe('here.0')
    expect(homes(twoSites({ paybackMs: 0.5 }, chain))[0]).toBe('here.0')
  })

  test('does not go where its remote memory is far', () => {
    const far = service('a', null, { footprintMiB: 2048, localShare: 0.5 })
    const memory = { id: 'pool', kind: 'memory', spec: { capacityGiB: 4 } }
    const near = { id: 'pool-link', from: 'pool', to: 'tor-here', protocol: 'rdma', propagationNs: 10 }
    const nodes = [memory, cpuPool('here', 1, 4), cpuPool('there', 1, 4), { id: 'nic', kind: 'nic', spec: {} }]
    const switches = ['tor-here', 'tor-there'].map((id) => ({ id, kind: 'switch' }))
    const links = [
      ['here', 'tor-here', 10],
      ['there', 'tor-there', 10],
      ['nic', 'tor-there', 10],
      ['tor-here', 'tor-there', 1e6],
    ].map(([from, to, propagationNs]) => ({ id: `${from}-${to}`, from, to, protocol: 'rdma', propagationNs }))
    const run = twoSites({}, [far], { nodes: [...nodes, ...switches], links: [...links, near] })
    expect(homes(run)).toEqual(['here.0'])
  })

  test('a device is not filled over the limit', () => {
    expect(homes(twoSites({ targetBelow: 0.1 }, chain))).toEqual(['here.0', 'here.0', 'here.0'])
  })

  test.each(['stop-and-copy', 'pre-copy', 'post-copy'])(
    '%s takes what was expected of it, fiber included, within a thousandth',
    (mechanism) => {
      const run = twoSites({ mechanism, paybackMs: 1e9 }, [service('a', null)])
      const [move] = run.decisions.rows.filter(({ kind }) => kind === 'migration')
      const against = move.outcome!.against
      expect(against.map(({ name }) => name)).toEqual(['total', 'downtime'])
      for (const { estimateUs, actualUs } of against) expect(Math.abs(actualUs / estimateUs - 1)).toBeLessThan(0.001)
    },
  )
})
