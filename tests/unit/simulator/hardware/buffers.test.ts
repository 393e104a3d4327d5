import { describe, expect, test } from 'vitest'
import { constant, cpuPool, finishedRun, freeNic, scenarioOf, trace, type Fields } from '../../../support/scenarios'
import { outcomeOf } from '../../../../src/simulator/outcome'
import { WatchedRun } from '../../../support/watched-run'

const every = (count: number, stepUs: number): number[] => Array.from({ length: count }, (_, i) => i * stepUs)

describe('small buffers', () => {
  const flood = (protocol: string, bufferKiB: number): WatchedRun => {
    const nodes = [cpuPool('cpu', 4, 4), freeNic(3)]
    const watched = new WatchedRun(
      scenarioOf({
        nodes: [...nodes, { id: 'tor', kind: 'switch', spec: { bufferKiB } }],
        links: ['cpu', 'nic'].map((from) => ({ id: from, from, to: 'tor', protocol, bandwidthGbps: 10 })),
        services: [{ id: 's', replicas: 4, operations: [{ id: 'o', steps: [] }] }],
        sources: [trace('s.o', every(500, 1), { via: 'nic', requestBytes: 9000, responseBytes: 20_000 })],
        policies: { placement: { use: 'spread' } },
        run: { durationSeconds: 5 },
      }),
    )
    watched.finish()
    return watched
  }
  const dropped = ({ run }: WatchedRun): number => run.machine.fabric.ports.dropped.reduce((sum, n) => sum + n, 0)

  for (const bufferKiB of [1, 16, 64])
    test(`of ${bufferKiB} KiB make Ethernet drop and send again, and nothing is lost`, () => {
      const watched = flood('ethernet', bufferKiB)
      expect(watched.run.machine.measures.requests.completed).toBe(500)
      expect(dropped(watched)).toBeGreaterThan(0)
      expect(watched.strays).toBe(0)
    })

  test('let it send again after the time-out of the link behind the full port', () => {
    const watched = new WatchedRun(
      scenarioOf({
        nodes: [cpuPool('cpu', 1, 1), freeNic(4), { id: 'tor', kind: 'switch', spec: { bufferKiB: 4 } }],
        links: [
          { id: 'in', from: 'nic', to: 'tor', protocol: 'ethernet', bandwidthGbps: 10, retransmitUs: 900 },
          { id: 'out', from: 'tor', to: 'cpu', protocol: 'ethernet', bandwidthGbps: 10, retransmitUs: 300 },
        ],
        services: [{ id: 's', operations: [{ id: 'o', steps: [] }] }],
        sources: [trace('s.o', every(4, 0), { via: 'nic', requestBytes: 1400, responseBytes: 0 })],
        run: { durationSeconds: 1 },
      }),
    )
    watched.finish()
    const { latency } = watched.run.machine.measures.requests
    expect(dropped(watched)).toBeGreaterThan(0)
    expect(latency.max / 1e6).toBeGreaterThan(300)
    expect(latency.max / 1e6).toBeLessThan(320)
  })

  test('that are large enough make it drop nothing', () => {
    expect(dropped(flood('ethernet', 100_000))).toBe(0)
  })

  for (const bufferKiB of [0.0625, 1, 16])
    test(`of ${bufferKiB} KiB hold lossless senders back, and nothing is dropped`, () => {
      const watched = flood('rdma', bufferKiB)
      expect(watched.run.machine.measures.requests.completed).toBe(500)
      expect(dropped(watched)).toBe(0)
    })
})

test('pages cut into packets of thirds of a byte leave an empty buffer empty', () => {
  const nodes = [cpuPool('cpu', 2, 4), { id: 'mem', kind: 'memory', spec: { capacityGiB: 16 } }]
  const miss = { do: 'compute', instructions: constant(100_000), missesPerKiloInstruction: 1, dirtyRatio: 0.7 }
  const watched = new WatchedRun(
    scenarioOf({
      nodes: [...nodes, { id: 'tor', kind: 'switch', spec: { bufferKiB: 2 } }],
      links: nodes.map(({ id }) => ({
        id,
        from: id,
        to: 'tor',
        protocol: 'rdma',
        payloadBytes: 1460,
        bandwidthGbps: 9,
      })),
      services: [
        { id: 's', replicas: 2, footprintMiB: 128, localShare: 0.3, operations: [{ id: 'o', steps: [miss] }] },
      ],
      sources: [trace('s.o', every(200, 10))],
      policies: { placement: { use: 'spread' } },
    }),
  )
  const { machine } = watched.finish()
  expect(machine.measures.requests.completed).toBe(200)
  const { bytes, queued, reserved } = machine.fabric.ports
  expect([...queued, ...reserved].filter((held) => held !== 0)).toEqual([])
  expect(bytes.every(Number.isInteger)).toBe(true)
})

describe('a tree of lossless links does not lock up', () => {
  for (const protocol of ['cxl', 'rdma', 'pcie'])
    for (const bufferKiB of [0.0625, 0.5, 8])
      test(`of ${protocol} with ${bufferKiB} KiB a port`, () => {
        const memory = { footprintMiB: 128, localShare: 0.2 }
        const miss = (instructions: number): Fields => ({
          do: 'compute',
          instructions: constant(instructions),
          missesPerKiloInstruction: 4,
          dirtyRatio: 0.5,
        })
        const call = (requestBytes: number, responseBytes: number): Fields => ({
          do: 'call',
          to: 't.o',
          requestBytes,
          responseBytes,
        })
        const pools = [
          cpuPool('cpu', 4, 2),
          cpuPool('host', 4, 2),
          { id: 'mem', kind: 'memory', count: 2, spec: { capacityGiB: 16, slabMiB: 64 } },
          freeNic(2),
        ]
        const parallel = { do: 'parallel', branches: [[call(3000, 40_000)], [call(100, 9000)]] }
        const watched = new WatchedRun(
          scenarioOf({
            nodes: [...pools, ...['a', 'b', 'root'].map((id) => ({ id, kind: 'switch', spec: { bufferKiB } }))],
            links: [
              ...pools.map(({ id }, i) => ({ id, from: id, to: i % 2 === 0 ? 'a' : 'b', protocol, bandwidthGbps: 20 })),
              { id: 'up-a', from: 'a', to: 'root', protocol, bandwidthGbps: 10 },
              { id: 'up-b', from: 'b', to: 'root', protocol, bandwidthGbps: 15 },
            ],
            services: [
              { id: 's', replicas: 4, ...memory, operations: [{ id: 'o', steps: [miss(20_000), parallel] }] },
              { id: 't', replicas: 4, on: 'host', ...memory, operations: [{ id: 'o', steps: [miss(10_000)] }] },
            ],
            sources: [trace('s.o', every(300, 5), { via: 'nic', requestBytes: 5000, responseBytes: 12_000 })],
            policies: { placement: { use: 'spread' }, memory: { use: 'spread' } },
            run: { durationSeconds: 5 },
          }),
        )
        const { machine } = watched.finish()
        expect(machine.measures.requests.completed).toBe(300)
        expect([...machine.fabric.messages.underWay()]).toEqual([])
        expect(machine.fabric.ports.dropped.every((count) => count === 0)).toBe(true)
        expect(watched.strays).toBe(0)
      })
})

/**
 * When the last of some packets has left a port that they reach over one lossless wire, ps: each starts as soon as the
 * wire is free and so much of those before it has left that it fits into the buffer of the port.
 *
 * @param sizes bytes of each
 * @param wire ps a byte takes to the port, and from it
 */
function lastArrival(sizes: readonly number[], buffer: number, wire: number, out: number, between: number): number {
  const leaves: number[] = []
  let start = 0
  let promised = 0
  sizes.forEach((size, k) => {
    promised += size
    let gone = 0
    let over = promised - buffer
    for (; over > sizes[gone]; gone += 1) over -= sizes[gone]
    if (over > 0) start = Math.max(start, leaves[gone] + over * out)
    const before = k === 0 ? 0 : leaves[k - 1] + sizes[k - 1] * out
    leaves.push(Math.max(before, start + size * wire + between))
    start += size * wire
  })
  return leaves.at(-1)! + sizes.at(-1)! * out
}

describe('room in a buffer', () => {
  const host = (id: string): Fields => cpuPool(id, 1, 1)
  const receiver = (operations: readonly string[]): Fields => ({
    id: 'r',
    on: 'b',
    operations: operations.map((id) => ({ id, steps: [] })),
  })
  const sender = (on: string, to: string, requestBytes: number): Fields => ({
    id: `s${on}`,
    on,
    operations: [{ id: 'o', steps: [{ do: 'send', to: `r.${to}`, requestBytes }] }],
  })

  test('comes back as bytes leave, also with others behind them', () => {
    const scenario = scenarioOf({
      nodes: [host('a'), host('b'), { id: 'tor', kind: 'switch', spec: { latencyNs: 250, bufferKiB: 16 } }],
      links: [400, 100].map((bandwidthGbps, i) => ({
        ...{ id: `l${i}`, from: 'ab'[i], to: 'tor', protocol: 'rdma', payloadBytes: 4096, headerBytes: 82 },
        ...{ bandwidthGbps, propagationNs: 700 },
      })),
      services: [sender('a', 'x', 200_000), receiver(['x'])],
      sources: [trace('sa.o', [0])],
      run: { durationSeconds: 0.001, fidelity: 'line' },
    })
    const sizes = Array.from({ length: 49 }, (_, k) => 82 + (k < 48 ? 4096 : 200_000 - 48 * 4096))
    const takenPs = lastArrival(sizes, 16 * 1024, 20, 80, 700_000 + 250_000) + 700_000
    expect(outcomeOf(finishedRun(scenario)).operations.at(-1)!.maxUs * 1e6).toBeCloseTo(takenPs, 3)
  })

  for (const protocol of ['ethernet', 'rdma'])
    test(`is not taken by bytes of a packet that have yet to come over a slow wire: ${protocol}`, () => {
      const links = [1, 100, 400].map((gbps, i) => ({
        ...{ id: `l${i}`, from: 'acb'[i], to: 'tor', protocol, payloadBytes: 1460, headerBytes: 78 },
        ...{ bandwidthGbps: gbps, propagationNs: 10 },
      }))
      const tor = { id: 'tor', kind: 'switch', spec: { latencyNs: 250, forwarding: 'cut-through', bufferKiB: 512 } }
      const scenario = scenarioOf({
        nodes: [host('a'), host('b'), host('c'), tor],
        links,
        services: [sender('a', 'x', 1460), sender('c', 'y', 1460), receiver(['x', 'y'])],
        sources: [
          { ...trace('sa.o', [0]), id: 'one' },
          { ...trace('sc.o', [1]), id: 'two' },
        ],
        run: { durationSeconds: 0.001, fidelity: 'line' },
      })
      const { operations, links: told } = outcomeOf(finishedRun(scenario))
      // The first packet comes in over 12.304 µs and leaves as it comes; the second waits for its end.
      const end = 12_304_000 + 10_000 + 250_000
      expect(operations.at(-1)!.maxUs * 1e6).toBeCloseTo(end - 1_000_000 + 1538 * 20 + 10_000, 3)
      expect(told.reduce((sum, { dropped }) => sum + dropped, 0)).toBe(0)
      expect(told.find(({ direction }) => direction === 'c.0>tor')!.meanQueueBytes).toBe(0)
    })
})
