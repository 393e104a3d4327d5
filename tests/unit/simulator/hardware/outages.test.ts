import { describe, expect, test } from 'vitest'
import type { Fidelity } from '../../../../src/scenario/scenario'
import { Outages } from '../../../../src/simulator/hardware/outages'
import { BareFabric, bareNetwork, type Sending } from '../../../support/bare-fabric'
import { constant, cpuPool, finishedRun, freeNic, scenarioOf, trace, type Fields } from '../../../support/scenarios'

/** Two devices, each at a switch of its own; the switches joined over two spines. 80 Gb/s: a byte takes 100 ps. */
const [near, far, torA, torB, spineA, spineB] = [0, 1, 2, 3, 4, 5]
const network = bareNetwork(
  ['device', 'device', ...Array.from({ length: 4 }, () => ({ latencyPs: 1000 }))],
  [
    [near, torA],
    [far, torB],
    [torA, spineA],
    [spineA, torB],
    [torA, spineB],
    [spineB, torB],
  ].map(([from, to]) => ({ from, to, gbps: 80, propagationPs: 500, payloadBytes: 1000, retransmitPs: 1_000_000 })),
)
const channelsBetween = (a: number, b: number): number[] =>
  network.channels.flatMap(({ from, to }, i) => ((from === a && to === b) || (from === b && to === a) ? [i] : []))
/** One packet of 1000 B over four hops. */
const way = 4 * 100_000 + 4 * 500 + 3 * 1000

function bare(sendings: readonly Sending[], fidelity: Fidelity): { bare: BareFabric; outages: Outages } {
  const made = new BareFabric(network, sendings, fidelity)
  return { bare: made, outages: new Outages(made.fabric) }
}

for (const fidelity of ['line', 'burst'] as const)
  describe(`in fidelity ${fidelity}`, () => {
    const packet: Sending = { at: 0, from: near, to: far, bytes: 1000 }

    test('of two equal ways the one with the lower link ids is taken, and the other when it fails', () => {
      const { bare: one, outages } = bare([packet], fidelity)
      const route = one.fabric.routes.between(near, far)
      const through = (index: number): number[] =>
        Array.from(one.fabric.routes.list[index].channels, (channel) => network.channels[channel].to)
      expect(through(route)).toEqual([torA, spineA, torB, far])
      expect(outages.fail(channelsBetween(spineA, torB), -1)).toEqual({ routes: 1, lost: 0 })
      const detour = one.fabric.routes.between(near, far)
      expect(through(detour)).toEqual([torA, spineB, torB, far])
      expect(outages.repair(channelsBetween(spineA, torB))).toEqual({ routes: 1, lost: 0 })
      expect(one.fabric.routes.between(near, far)).toBe(route)
      outages.fail(channelsBetween(spineA, torB), -1)
      expect(one.fabric.routes.between(near, far)).toBe(detour)
    })

    test('what is on a failed wire is sent again after the time-out, another way', () => {
      const { bare: one, outages } = bare([packet], fidelity)
      while (one.queue.clock[0] < 101_500) one.run(1)
      // The packet has left the first switch at 101.5 ns and is on its way to spine A.
      expect(outages.fail(channelsBetween(torA, spineA), -1)).toEqual({ routes: 1, lost: 1 })
      one.run()
      const last = one.hops.filter((hop) => hop.message === 0 && hop.start >= 1_000_000)
      expect(last[0]).toMatchObject({ channel: channelsBetween(near, torA)[0], start: 101_500 + 1_000_000 })
      expect(last.map((hop) => network.channels[hop.channel].to)).toEqual([torA, spineB, torB, far])
      expect(one.arrived[0]).toBe(101_500 + 1_000_000 + way)
    })

    test('what is at its sender waits until a way is up, and then goes', () => {
      const { bare: one, outages } = bare([packet, { ...packet, at: 2000 }], fidelity)
      outages.fail(channelsBetween(near, torA), -1)
      expect(one.run()).toBe(true)
      expect([...one.arrived]).toEqual([NaN, NaN])
      const saved = structuredClone(one.save())
      outages.repair(channelsBetween(near, torA))
      one.run()
      expect([...one.arrived]).toEqual([2000 + way, 2000 + way + 100_000])
      const { bare: again, outages: others } = bare([packet, { ...packet, at: 2000 }], fidelity)
      again.restore(saved)
      others.repair(channelsBetween(near, torA))
      again.run()
      expect([...again.arrived]).toEqual([...one.arrived])
    })

    test('a failed switch loses what is in it, and only that', () => {
      const sendings = [packet, { ...packet, at: 500_000 }]
      const { bare: one, outages } = bare(sendings, fidelity)
      while (one.queue.clock[0] < 203_000) one.run(1)
      const channels = [...channelsBetween(torA, spineA), ...channelsBetween(spineA, torB)]
      expect(outages.fail(channels, spineA)).toEqual({ routes: 1, lost: 1 })
      one.run()
      expect(one.arrived[0]).toBe(203_000 + 1_000_000 + way)
      expect(one.arrived[1]).toBe(500_000 + way)
    })

    test('a lane that fails gives its flows to the others', () => {
      const lanes = bareNetwork(['device', 'device'], [{ from: 0, to: 1, gbps: 80, lanes: 2 }])
      const one = new BareFabric(lanes, [{ at: 0, from: 0, to: 1, bytes: 1000 }], fidelity)
      const taken = (): number => one.fabric.routes.list[one.fabric.routes.between(0, 1)].channels[0]
      const before = taken()
      const outages = new Outages(one.fabric)
      outages.fail([before], -1)
      expect(taken()).toBe(before === 0 ? 2 : 0)
      outages.repair([before])
      expect(taken()).toBe(before)
    })
  })

describe('in a run', () => {
  const rack = (faults: readonly Fields[], fidelity: string): ReturnType<typeof finishedRun> =>
    finishedRun(
      scenarioOf({
        nodes: [
          freeNic(2),
          cpuPool('cpu', 2, 4),
          ...['a', 'b', 'spine1', 'spine2'].map((id) => ({ id, kind: 'switch' })),
        ],
        links: [
          ['nic', 'a'],
          ['cpu', 'b'],
          ['a', 'spine1'],
          ['a', 'spine2'],
          ['spine1', 'b'],
          ['spine2', 'b'],
        ].map(([from, to]) => ({ id: `${from}-${to}`, from, to, protocol: 'rdma', bandwidthGbps: 10 })),
        services: [
          { id: 's', replicas: 2, operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(1e4) }] }] },
        ],
        sources: [
          trace(
            's.o',
            Array.from({ length: 400 }, (_, i) => i * 10),
            { via: 'nic', requestBytes: 3000, responseBytes: 9000 },
          ),
        ],
        policies: { placement: { use: 'spread' } },
        faults,
        run: { durationSeconds: 0.1, fidelity },
      }),
    )

  for (const fidelity of ['line', 'burst'])
    test(`requests find another way, or wait for one, and none is lost, in ${fidelity}`, () => {
      const run = rack(
        [
          { atSeconds: 0.001, target: { link: 'a-spine1' }, effect: 'down', forSeconds: 0.002 },
          { atSeconds: 0.002, target: { node: 'spine2' }, effect: 'down', forSeconds: 0.0005 },
          { atSeconds: 0.003, target: { link: 'cpu-b', device: 1 }, effect: 'slow', factor: 4, forSeconds: 0.001 },
        ],
        fidelity,
      )
      const { measures, fabric } = run.machine
      expect(measures.requests.completed).toBe(400)
      expect([...fabric.messages.underWay()]).toEqual([])
      const faults = run.decisions.rows.filter((row) => row.kind === 'fault')
      expect(faults.map(({ timeS, subject, reason }) => [timeS, subject, reason.split(':')[0]])).toEqual([
        [0.001, 'a-spine1', 'is down'],
        [0.002, 'spine2', 'is down'],
        [0.0025, 'spine2', 'is up again'],
        [0.003, 'cpu-b.1', 'works 4 times slower'],
        [0.003, 'a-spine1', 'is up again'],
        [0.004, 'cpu-b.1', 'works at full speed again'],
      ])
      expect(faults[0].reason).toMatch(/^is down: 4 routes changed, \d+ messages? on the way lost$/)
      // While both ways are gone nothing gets through for half a millisecond.
      expect(measures.requests.latency.max).toBeGreaterThan(0.0005 * 1e12)
    })

  test('a link slowed down by four takes four times as long for its bytes', () => {
    const alone = (faults: readonly Fields[]): number => {
      const run = finishedRun(
        scenarioOf({
          nodes: [freeNic(), cpuPool('cpu', 1, 1)],
          links: [{ id: 'l', from: 'nic', to: 'cpu', protocol: 'ideal', bandwidthGbps: 8, propagationNs: 0 }],
          services: [{ id: 's', operations: [{ id: 'o', steps: [] }] }],
          sources: [trace('s.o', [1], { via: 'nic', requestBytes: 1000, responseBytes: 0 })],
          faults,
        }),
      )
      return run.machine.measures.requests.latency.max
    }
    expect(alone([])).toBe(1_000_000)
    expect(alone([{ atSeconds: 0, target: { link: 'l' }, effect: 'slow', factor: 4 }])).toBe(4_000_000)
  })
})
