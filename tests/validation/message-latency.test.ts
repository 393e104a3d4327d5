import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrivals, lineOf } from '../support/bare-fabric'
import { finishedRun, freeNic, scenarioOf, trace, type Fields } from '../support/scenarios'

/**
 * The latency of a lone message against the recurrence of the model, worked out here packet by packet:
 * d(k,h) = max(d(k,h-1) + propagation + switch latency, d(k-1,h)) + ser_h(k). Tolerance: none, to the picosecond.
 */

const fidelities = ['line', 'burst'] as const

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
function simulatedPs(
  requestBytes: number,
  responseBytes: number,
  hops: readonly Hop[],
  switchNs: readonly number[],
  fidelity: string,
): number {
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
      run: { fidelity },
    }),
  )
  const { requests } = run.machine.measures
  expect(requests.completed).toBe(1)
  return requests.latency.max
}

function expectExact(bytes: number, hops: readonly Hop[], switchNs: readonly number[], fidelity = 'burst'): void {
  const back = [...hops].reverse()
  const switchesBack = [...switchNs].reverse()
  const expected = packetByPacketPs(bytes, hops, switchNs) + packetByPacketPs(0, back, switchesBack)
  expect(simulatedPs(bytes, 0, hops, switchNs, fidelity)).toBe(expected)
  const mirrored = packetByPacketPs(0, hops, switchNs) + packetByPacketPs(bytes, back, switchesBack)
  expect(simulatedPs(0, bytes, hops, switchNs, fidelity)).toBe(mirrored)
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

  for (const fidelity of fidelities)
    test(`in fidelity ${fidelity}`, () => {
      const hops = [hop('rdma', 100), hop('rdma', 25, 5.5), hop('cxl', 400, 0)]
      for (const bytes of sizes.slice(0, -2)) expectExact(bytes, hops, [250, 333.3], fidelity)
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

/** A hop of a bare fabric, and the switch behind it. */
interface Wire {
  readonly gbps: number
  readonly propagationPs: number
  readonly payloadBytes: number
  readonly headerBytes: number
  readonly lossless: boolean
  readonly latencyPs: number
  readonly cutsThrough: boolean
}

/**
 * The same recurrence with switches that cut through: packet k starts over hop h at
 * s(k,h) = max(a(k,h), e(k-1,h)), where a is when it may start: with its header in at a cut-through switch, with all
 * of it in elsewhere; and ends at e(k,h) = max(s(k,h) + ser_h(k), its last bit in), so never faster than it arrives.
 */
function recurrencePs(bytes: number, wires: readonly Wire[]): number {
  const payload = Math.min(...wires.map((wire) => wire.payloadBytes))
  const sizes = Array.from({ length: Math.max(1, Math.ceil(bytes / payload)) }, (_, k) =>
    k === 0 ? Math.min(payload, bytes) : Math.min(payload, bytes - k * payload),
  )
  let may = sizes.map(() => 0)
  let lastBit = sizes.map(() => 0)
  for (const { gbps, headerBytes, propagationPs, latencyPs, cutsThrough } of wires) {
    const ser = (size: number): number => Math.floor(((size + headerBytes) * 8000) / gbps + 0.5)
    const starts: number[] = []
    const ends: number[] = []
    sizes.forEach((size, k) => {
      starts.push(Math.max(may[k], k === 0 ? 0 : ends[k - 1]))
      ends.push(Math.max(starts[k] + ser(size), lastBit[k]))
    })
    const away = propagationPs + Math.max(0, latencyPs)
    may = sizes.map((_, k) => (cutsThrough ? starts[k] + ser(0) : ends[k]) + away)
    lastBit = ends.map((end) => end + away)
  }
  return lastBit[sizes.length - 1]
}

function bareLatency(bytes: number, wires: readonly Wire[], fidelity: (typeof fidelities)[number]): number {
  const switches = wires.slice(0, -1).map(({ latencyPs, cutsThrough }) => ({ latencyPs, cutsThrough }))
  const [arrived] = arrivals(lineOf(wires, switches), [{ at: 0, from: 0, to: wires.length, bytes }], fidelity)
  return arrived
}

/** The last wire ends at a device, which takes a packet when all of it is in. */
const ending = (wires: readonly Wire[]): Wire[] =>
  wires.map((wire, h) => (h === wires.length - 1 ? { ...wire, latencyPs: -1, cutsThrough: false } : wire))

describe('switches that cut through and switches that do not, in any mixture', () => {
  const anyWire: fc.Arbitrary<Wire> = fc.record({
    gbps: fc.oneof(fc.constantFrom(1, 10, 25, 100, 400), fc.double({ min: 0.5, max: 800, noNaN: true })),
    propagationPs: fc.constantFrom(0, 5000, 123_456),
    payloadBytes: fc.oneof(fc.constantFrom(64, 256, 1460, 4096, Infinity), fc.integer({ min: 1, max: 9000 })),
    headerBytes: fc.constantFrom(0, 4, 24, 78, 300),
    lossless: fc.boolean(),
    latencyPs: fc.integer({ min: 0, max: 500_000 }),
    cutsThrough: fc.boolean(),
  })
  for (const fidelity of fidelities)
    test(`give a lone message of any size the recurrence, over one to four hops, in ${fidelity}`, () => {
      fc.assert(
        fc.property(
          fc.array(anyWire, { minLength: 1, maxLength: 4 }).map(ending),
          fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 300_000 })),
          (wires, bytes) => {
            fc.pre(bytes / Math.min(...wires.map((wire) => wire.payloadBytes)) < 3000)
            expect(bareLatency(bytes, wires, fidelity)).toBe(recurrencePs(bytes, wires))
          },
        ),
        { numRuns: 400, seed: 2102 },
      )
    })

  // header 0, payload unlimited: cut-through L/B + h*switch + propagation, store-and-forward (h+1) L/B + ...
  const cases = [
    { bytes: 64, gbps: 100, switches: 1, latencyNs: 300, propagationNs: 30, cutNs: 335.12, storeNs: 340.24 },
    { bytes: 4096, gbps: 40, switches: 3, latencyNs: 240, propagationNs: 440, cutNs: 1979.2, storeNs: 4436.8 },
    {
      bytes: 1_048_576,
      gbps: 400,
      switches: 2,
      latencyNs: 500,
      propagationNs: 150,
      cutNs: 22_121.52,
      storeNs: 64_064.56,
    },
  ]
  for (const fidelity of fidelities)
    for (const { bytes, gbps, switches, latencyNs, propagationNs, cutNs, storeNs } of cases)
      test(`${bytes} B over ${switches} switches at ${gbps} Gb/s take the textbook's time in ${fidelity}`, () => {
        const wires = (cutsThrough: boolean): Wire[] =>
          ending(
            Array.from({ length: switches + 1 }, (_, h) => ({
              gbps,
              propagationPs: h === 0 ? propagationNs * 1000 : 0,
              payloadBytes: Infinity,
              headerBytes: 0,
              lossless: true,
              latencyPs: latencyNs * 1000,
              cutsThrough,
            })),
          )
        expect(bareLatency(bytes, wires(true), fidelity)).toBe(Math.round(cutNs * 1000))
        expect(bareLatency(bytes, wires(false), fidelity)).toBe(Math.round(storeNs * 1000))
      })
})
