import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fidelity } from '../../src/scenario/scenario'
import { Outages } from '../../src/simulator/hardware/outages'
import { BareFabric, bareNetwork, type BareLink, type Sending } from '../support/bare-fabric'

/** Trees of switches drawn at random, with a device at every switch, tiny buffers and mixed rates. */
const anyTree = fc
  .record({
    parents: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 6 }),
    links: fc.array(
      fc.record({
        gbps: fc.constantFrom(10, 25, 100),
        propagationPs: fc.constantFrom(0, 5000),
        payloadBytes: fc.constantFrom(64, 256, 1460),
        headerBytes: fc.constantFrom(0, 4, 78),
        lanes: fc.constantFrom(1, 1, 3),
      }),
      { minLength: 14, maxLength: 14 },
    ),
    lossless: fc.boolean(),
    bufferBytes: fc.constantFrom(1, 100, 1600, 20_000),
    cuts: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
    sendings: fc.array(
      fc.record({
        at: fc.nat({ max: 3_000_000 }),
        from: fc.nat({ max: 6 }),
        to: fc.nat({ max: 6 }),
        bytes: fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 40_000 })),
      }),
      { minLength: 1, maxLength: 25 },
    ),
    fidelity: fc.constantFrom<Fidelity>('line', 'burst'),
  })
  .map(({ parents, links, lossless, bufferBytes, cuts, sendings, fidelity }) => {
    const count = parents.length + 1
    const switches = Array.from({ length: count }, (_, i) => ({ latencyPs: 20_000, cutsThrough: cuts[i], bufferBytes }))
    const wires = [
      ...Array.from({ length: count }, (_, i) => [i, count + i]),
      ...parents.map((parent, i) => [count + i + 1, count + (parent % (i + 1))]),
    ].map(([from, to], i): BareLink => ({ ...links[i], from, to, lossless, retransmitPs: 1_000_000 }))
    const devices = Array.from({ length: count }, () => 'device' as const)
    const between = sendings
      .map((each): Sending => ({ ...each, from: each.from % count, to: each.to % count }))
      .filter(({ from, to }) => from !== to)
    return { network: bareNetwork([...devices, ...switches], wires), sendings: between, fidelity, lossless }
  })

test('every message arrives, whole, however small the buffers, and nothing stays behind', () => {
  fc.assert(
    fc.property(anyTree, ({ network, sendings, fidelity, lossless }) => {
      const bare = new BareFabric(network, sendings, fidelity)
      expect(bare.run(2_000_000)).toBe(true)
      expect([...bare.arrived].filter(Number.isNaN)).toEqual([])
      const { messages, ports } = bare.fabric
      expect([...messages.underWay()]).toEqual([])
      expect([...ports.queued, ...ports.reserved].filter((held) => held !== 0)).toEqual([])
      if (lossless) expect([...ports.dropped].filter((count) => count !== 0)).toEqual([])
    }),
    { numRuns: 150 },
  )
})

test('packets of a flow arrive in the order in which they left', () => {
  fc.assert(
    fc.property(anyTree, ({ network, sendings, fidelity, lossless }) => {
      fc.pre(lossless)
      const bare = new BareFabric(network, sendings, fidelity)
      bare.run()
      const order = (isHop: (channel: number, from: number, to: number) => boolean): string[] =>
        sendings.flatMap((flow, i) =>
          sendings.findIndex(({ from, to }) => from === flow.from && to === flow.to) < i
            ? []
            : [
                String(
                  bare.hops
                    .filter(({ message, channel }) => {
                      const { from, to } = sendings[message]
                      return from === flow.from && to === flow.to && isHop(channel, from, to)
                    })
                    .map(({ message, number }) => `${message}.${number}`),
                ),
              ],
        )
      const { channels } = network
      const left = order((channel, from) => channels[channel].from === from)
      const came = order((channel, _, to) => channels[channel].to === to)
      expect(came).toEqual(left)
    }),
    { numRuns: 100 },
  )
})

test('a fabric saved and put back at any event goes on as if nothing had been, outages included', () => {
  fc.assert(
    fc.property(
      anyTree,
      fc.nat({ max: 400 }),
      fc.nat({ max: 400 }),
      ({ network, sendings, fidelity }, events, more) => {
        const strike = (bare: BareFabric): void => {
          const channels = bare.network.channels.flatMap(({ link }, i) => (link === 0 ? [i] : []))
          new Outages(bare.fabric).fail(channels, -1)
          bare.run(more)
          new Outages(bare.fabric).repair(channels)
        }
        const whole = new BareFabric(network, sendings, fidelity)
        whole.run(events)
        const saved = structuredClone(whole.save())
        strike(whole)
        whole.run()
        const other = new BareFabric(network, sendings, fidelity)
        other.restore(saved)
        strike(other)
        other.run()
        expect([...other.arrived]).toEqual([...whole.arrived])
        expect([...whole.arrived].filter(Number.isNaN)).toEqual([])
        expect(other.fabric.save()).toEqual(whole.fabric.save())
      },
    ),
    { numRuns: 100 },
  )
})

test('the flows of many devices spread evenly over the lanes of a trunk, and each keeps its lane', () => {
  const devices = 40
  const lanes = 4
  const trunk = 2 * devices
  const network = bareNetwork(
    [...Array.from({ length: 2 * devices }, () => 'device' as const), { latencyPs: 0 }, { latencyPs: 0 }],
    [
      ...Array.from({ length: 2 * devices }, (_, i) => ({ from: i, to: trunk + (i < devices ? 0 : 1), gbps: 100 })),
      { from: trunk, to: trunk + 1, gbps: 100, lanes },
    ],
  )
  const { routes } = new BareFabric(network, [], 'line').fabric
  const flows = new Float64Array(lanes)
  for (let from = 0; from < devices; from += 1)
    for (let to = devices; to < 2 * devices; to += 1) {
      const { channels } = routes.list[routes.between(from, to)]
      flows[network.channels[channels[1]].lane] += 1
    }
  // 1600 flows on 4 lanes: 400 each, with a standard deviation of 17.3 if they fall at random; 4 of those are allowed.
  for (const count of flows) expect(Math.abs(count - 400)).toBeLessThan(70)
})
