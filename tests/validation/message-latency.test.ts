import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { finishedRun, freeNic, scenarioOf, trace, type Fields } from '../support/scenarios'

/**
 * The latency of a lone message against the recurrence of the model, worked out here packet by packet:
 * d(k,h) = max(d(k,h-1) + propagation + switch latency, d(k-1,h)) + ser_h(k). Tolerance: none, to the picosecond.
 */

interface Hop {
  readonly protocol: 'cxl' | 'rdma' | 'ethernet' | 'pcie' | 'nvlink' | 'ideal'
  /** null: unlimited, only `ideal`. */
  readonly gbps: number | null
  readonly propagationNs: number
}

/** Payload and header of a packet, bytes, as the format's table gives them. */
const framing = {
  cxl: [64, 4],
  rdma: [4096, 82],
  ethernet: [1460, 78],
  pcie: [256, 24],
  nvlink: [256, 16],
  ideal: [Infinity, 0],
} as const

/** @param switchNs latencies of the switches between the hops */
function packetByPacketPs(bytes: number, hops: readonly Hop[], switchNs: readonly number[]): number {
  const payload = Math.min(...hops.map((hop) => framing[hop.protocol][0]))
  const sizes: number[] = []
  for (let left = bytes; left > 0; left -= payload) sizes.push(Math.min(left, payload))
  if (bytes === 0) sizes.push(0)
  let ready = sizes.map(() => 0)
  hops.forEach(({ protocol, gbps, propagationNs }, h) => {
    let portFree = 0
    ready = ready.map((time, k) => {
      const bits = 8 * (sizes[k] + framing[protocol][1])
      const serialization = gbps === null ? 0 : Math.floor((bits * 1000) / gbps + 0.5)
      portFree = Math.max(time, portFree) + serialization
      const latencyNs = h < hops.length - 1 ? switchNs[h] : 0
      return portFree + Math.round(propagationNs * 1000) + Math.round(latencyNs * 1000)
    })
  })
  return Math.max(...ready.slice(-1))
}

/** The NIC asks, the CPU answers at once: there and back over the hops, ps. */
function simulatedPs(requestBytes: number, responseBytes: number, hops: readonly Hop[], switchNs: readonly number[]) {
  const places = ['nic', ...switchNs.map((_, i) => `switch${i}`), 'cpu']
  const run = finishedRun(
    scenarioOf({
      nodes: [
        freeNic(),
        { id: 'cpu', kind: 'cpu' },
        ...switchNs.map((latencyNs, i): Fields => ({ id: `switch${i}`, kind: 'switch', spec: { latencyNs } })),
      ],
      links: hops.map(({ protocol, gbps, propagationNs }, h) => ({
        id: `l${h}`,
        from: places[h],
        to: places[h + 1],
        protocol,
        propagationNs,
        bandwidthGbps: gbps,
      })),
      services: [{ id: 's', operations: [{ id: 'o', steps: [] }] }],
      sources: [trace('s.o', [0], { via: 'nic', requestBytes, responseBytes })],
    }),
  )
  const { requests } = run.machine.measures
  expect(requests.completed).toBe(1)
  return requests.latency.max
}

function expectExact(bytes: number, hops: readonly Hop[], switchNs: readonly number[]): void {
  const back = [...hops].reverse()
  const switchesBack = [...switchNs].reverse()
  const expected = packetByPacketPs(bytes, hops, switchNs) + packetByPacketPs(0, back, switchesBack)
  expect(simulatedPs(bytes, 0, hops, switchNs)).toBe(expected)
  const mirrored = packetByPacketPs(0, hops, switchNs) + packetByPacketPs(bytes, back, switchesBack)
  expect(simulatedPs(0, bytes, hops, switchNs)).toBe(mirrored)
}

const sizes = [1, 63, 64, 65, 256, 257, 1460, 1461, 4095, 4096, 4097, 8192, 65535, 65536, 1048575, 1048576]
const switches = [[], [250], [250, 333.3]] as const
const hop = (protocol: Hop['protocol'], gbps: number | null, propagationNs = 10): Hop => ({
  protocol,
  gbps,
  propagationNs,
})

describe('an unloaded message takes exactly what the packet recurrence says', () => {
  for (const protocol of Object.keys(framing) as Hop['protocol'][])
    for (const between of switches)
      test(`over ${between.length + 1} hops of ${protocol}`, () => {
        const hops = [hop(protocol, 100), hop(protocol, 100, 5.5), hop(protocol, 100, 0)].slice(0, between.length + 1)
        for (const bytes of sizes) expectExact(bytes, hops, between)
      })

  const rates = [
    [25, 100, 400],
    [400, 100, 25],
    [400, 25, 400],
    [25, 400, 25],
    [33.3, 7, 91.7],
    [100, 3, 99],
  ]
  for (const protocol of ['cxl', 'rdma', 'ethernet'] as const)
    for (const mixed of rates)
      test(`over hops of ${mixed.join(', ')} Gb/s of ${protocol}`, () => {
        const hops = mixed.map((gbps) => hop(protocol, gbps))
        for (const bytes of sizes) for (const n of [2, 3]) expectExact(bytes, hops.slice(0, n), switches[n - 1])
      })

  test('over an unlimited wire', () => {
    for (const bytes of sizes) expectExact(bytes, [hop('ideal', null), hop('ideal', null)], [250])
  })

  test('over hops of any protocol and rate, for any size', () => {
    const anyHop = fc.record({
      protocol: fc.constantFrom(...(Object.keys(framing) as Hop['protocol'][])),
      gbps: fc.double({ min: 0.5, max: 800, noNaN: true }),
      propagationNs: fc.integer({ min: 0, max: 2_000_000 }).map((n) => n / 1000),
    })
    fc.assert(
      fc.property(
        fc.array(anyHop, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 200_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (hops, bytes, latencyPs) => {
          const between = hops.slice(1).map((_, i) => (latencyPs + 1000 * i) / 1000)
          expectExact(bytes, hops, between)
        },
      ),
      { numRuns: 200, seed: 2101 },
    )
  })
})
