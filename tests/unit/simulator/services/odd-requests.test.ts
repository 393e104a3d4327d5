import { describe, expect, test } from 'vitest'
import type { Run } from '../../../../src/simulator/run'
import {
  constant,
  cpuPool,
  exponential,
  finishedRun,
  poisson,
  scenarioOf,
  trace,
  type Fields,
  type Parts,
} from '../../../support/scenarios'

const cpu = [cpuPool('cpu', 1, 1)]
const service = (steps: readonly Fields[], fields: Fields = {}): Fields[] => [
  { id: 's', operations: [{ id: 'o', steps }], ...fields },
]
const run = (parts: Parts): Run => finishedRun(scenarioOf(parts))
const counts = ({ machine }: Run): readonly number[] => {
  const { requests, offeredCount } = machine.measures
  return [offeredCount, requests.completed, requests.failed]
}

describe('a scenario with next to nothing in it runs', () => {
  test('no nodes, no services, no sources', () => {
    expect(counts(run({ nodes: [] }))).toEqual([0, 0, 0])
    expect(counts(run({ nodes: cpu }))).toEqual([0, 0, 0])
    expect(counts(run({ nodes: cpu, services: [{ id: 's' }] }))).toEqual([0, 0, 0])
    expect(counts(run({ nodes: cpu, services: service([]) }))).toEqual([0, 0, 0])
  })

  test('operations without steps take no time', () => {
    const done = run({ nodes: cpu, services: service([]), sources: [trace('s.o', [0, 1, 1, 2])] })
    expect(counts(done)).toEqual([4, 4, 0])
    expect(done.machine.measures.requests.latency.max).toBe(0)
  })

  test('steps of no length take no time and no core', () => {
    const steps = [
      { do: 'compute', timeNs: constant(0) },
      { do: 'compute', instructions: constant(0), missesPerKiloInstruction: 5 },
      { do: 'delay', timeNs: constant(0) },
      { do: 'parallel', branches: [[], []] },
      { do: 'choose', options: [{ probability: 1, steps: [] }] },
    ]
    const done = run({ nodes: cpu, services: service(steps), sources: [trace('s.o', [0, 1])] })
    expect(done.machine.measures.requests.latency.max).toBe(0)
    expect(done.machine.cores.served[0]).toBe(0)
  })

  test('a run shorter than a request leaves it in flight', () => {
    const steps = [{ do: 'compute', timeNs: constant(1e9) }]
    const parts = { nodes: cpu, services: service(steps), sources: [trace('s.o', [0])] }
    expect(counts(run({ ...parts, run: { durationSeconds: 1e-12 } }))).toEqual([1, 0, 0])
    // What ends at the very end of the window is still in flight in it.
    expect(counts(run({ ...parts, run: { durationSeconds: 1 } }))).toEqual([1, 0, 0])
    expect(counts(run({ ...parts, run: { durationSeconds: 1 + 1e-12 } }))).toEqual([1, 1, 0])
  })

  test('the window begins with the first instant after the warm-up', () => {
    const sources = [trace('s.o', [0, 999_999, 1_000_000, 1_500_000])]
    expect(counts(run({ nodes: cpu, services: service([]), sources, run: { warmupSeconds: 1 } }))).toEqual([2, 2, 0])
  })
})

describe('users without end', () => {
  const closed = (users: number, thinkTimeNs: Fields): Fields => ({
    id: 'users',
    entry: 's.o',
    arrivals: { process: 'closed', users, thinkTimeNs },
  })

  test('who neither think nor wait are told apart from a slow run', () => {
    const parts = { nodes: cpu, services: service([]), sources: [closed(3, constant(0))] }
    expect(() => run(parts)).toThrow('at 0.000 ms: the users of source "users" ask without end')
  })

  test('who do not think but wait go on', () => {
    const steps = [{ do: 'compute', timeNs: constant(1000) }]
    const parts = {
      nodes: cpu,
      services: service(steps),
      sources: [closed(5, constant(0))],
      run: { durationSeconds: 0.001 },
    }
    expect(counts(run(parts))).toEqual([1004, 999, 0])
  })

  test('twenty thousand of them fit', () => {
    const steps = [{ do: 'compute', timeNs: constant(1000) }]
    const sources = [closed(20_000, exponential(1e6))]
    const [offered, completed] = counts(
      run({ nodes: cpu, services: service(steps), sources, run: { durationSeconds: 0.05 } }),
    )
    expect(completed).toBe(49_999)
    expect(offered).toBeGreaterThan(completed)
  })
})

describe('requests that depend on each other', () => {
  test('ten thousand that take no time, behind one that holds the only worker, all begin when it ends', () => {
    const operations = [
      { id: 'work', steps: [{ do: 'compute', timeNs: constant(1e8) }] },
      { id: 'ping', steps: [] },
    ]
    const times = Array.from({ length: 10_000 }, (_, i) => 1 + i)
    const sources = [trace('s.work', [0]), { ...trace('s.ping', times), id: 'pings' }]
    expect(counts(run({ nodes: cpu, services: [{ id: 's', threads: 1, operations }], sources }))).toEqual([
      10_001, 10_001, 0,
    ])
  })

  test('what is sent outlives who sent it, and is no request of its own', () => {
    const operations = [
      { id: 'o', steps: [{ do: 'send', to: 's.log' }] },
      { id: 'log', steps: [{ do: 'compute', timeNs: constant(1e6) }] },
    ]
    const done = run({ nodes: cpu, services: [{ id: 's', operations }], sources: [trace('s.o', [0, 1, 2])] })
    expect(counts(done)).toEqual([3, 3, 0])
    expect(done.machine.measures.requests.latency.max).toBe(0)
    expect(done.machine.measures.operations.map((operation) => operation.completed)).toEqual([3, 3])
    expect(done.machine.executions.pool.live).toBe(0)
  })

  test('two sources of one operation are told apart, and two of one stream are alike', () => {
    const steps = [{ do: 'compute', timeNs: exponential(1000) }]
    const same = { ...poisson('s.o', 1000), id: 'same', stream: 'users' }
    const other = { ...poisson('s.o', 1000), id: 'other' }
    const alone = (source: Fields): number =>
      run({
        nodes: [cpuPool('cpu', 1, 64)],
        services: service(steps),
        sources: [source],
      }).machine.measures.requests.latency.total()
    expect(alone(same)).toBe(alone(poisson('s.o', 1000)))
    expect(alone(other)).not.toBe(alone(same))
    const both = run({
      nodes: [cpuPool('cpu', 1, 64)],
      services: service(steps),
      sources: [same, poisson('s.o', 1000)],
    })
    expect(both.machine.measures.requests.latency.total()).toBe(2 * alone(same))
  })

  test('those that are turned away fail their callers', () => {
    const services = [
      {
        id: 's',
        operations: [
          {
            id: 'o',
            steps: [
              { do: 'call', to: 't.o' },
              { do: 'compute', timeNs: constant(1e6) },
            ],
          },
        ],
      },
      {
        id: 't',
        threads: 1,
        queueLimit: 0,
        operations: [{ id: 'o', steps: [{ do: 'delay', timeNs: constant(10_000) }] }],
      },
    ]
    const done = run({ nodes: cpu, services, sources: [trace('s.o', [0, 1, 20])] })
    expect(counts(done)).toEqual([3, 2, 1])
    expect(done.machine.measures.operations.map(({ completed, failed }) => [completed, failed])).toEqual([
      [2, 1],
      [2, 1],
    ])
  })

  test('a worker that calls its own service waits for itself for ever', () => {
    const again = { probability: 0.5, steps: [{ do: 'call', to: 's.o' }] }
    const steps = [{ do: 'choose', options: [again, { probability: 0.5, steps: [] }] }]
    const times = Array.from({ length: 50 }, (_, i) => i)
    const [offered, completed, failed] = counts(
      run({ nodes: cpu, services: service(steps, { threads: 1 }), sources: [trace('s.o', times)] }),
    )
    expect([offered, failed]).toEqual([50, 0])
    expect(completed).toBeLessThan(50)
  })
})

describe('RPC work', () => {
  const services: Fields[] = [
    {
      id: 'a',
      on: 'cpu',
      operations: [{ id: 'o', steps: [{ do: 'call', to: 'b.o', requestBytes: 100, responseBytes: 1000 }] }],
    },
    { id: 'b', on: 'cpu', operations: [{ id: 'o', steps: [] }] },
  ]
  const nic = { id: 'nic', kind: 'nic', spec: { messageNs: 0, messagesPerSecond: 1e12, cores: 0 } }
  const links = [{ id: 'l', from: 'cpu', to: 'nic', protocol: 'ideal', bandwidthGbps: null, propagationNs: 0 }]
  const rpc = { cyclesPerMessage: 1000, cyclesPerByte: 1 }

  test('a call has four charges', () => {
    const done = run({ nodes: [...cpu, nic], links, rpc, services, sources: [trace('a.o', [0])] })
    expect(done.machine.measures.requests.latency.max).toBe(4 * 1000 + 2 * 100 + 2 * 1000)
  })

  test('of a request from outside only the end of the service pays', () => {
    const source = trace('b.o', [0], { via: 'nic', requestBytes: 7, responseBytes: 30 })
    const done = run({ nodes: [...cpu, nic], links, rpc, services, sources: [source] })
    expect(done.machine.measures.requests.latency.max).toBe(2 * 1000 + 7 + 30)
  })

  test('work without a wait between is one core visit, on the next clock edge, rounded up once', () => {
    const slow = [cpuPool('cpu', 1, 1, { frequencyGHz: 0.3, baseCpi: 0.5 })]
    const steps = [
      { do: 'compute', instructions: constant(1) },
      { do: 'compute', instructions: constant(2) },
    ]
    const done = run({ nodes: slow, services: service(steps), sources: [trace('s.o', [0.000001])] })
    // 1.5 cycles are 2, from the edge at 3,333 ps to that at 10,000 ps; it came at 1 ps.
    expect(done.machine.measures.requests.latency.max).toBe(9_999)
    expect(done.machine.cores.served[0]).toBe(1)
  })
})
