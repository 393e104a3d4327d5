import { medianRow, meanUs, relativeRow, shownRow } from '../measuring'
import type { Bench } from '../once'
import { comparison, publishedCase } from '../published-case'
import { call, cpuPool, service, trace, type Fields, type Parts } from '../scenario-parts'
import type { Row } from '../validation-case'

/** Published latencies over the size of a message. */

const SIZE_AXES = { xLabel: 'message, bytes', yLabel: 'latency, µs', xScale: 'log', yScale: 'log' } as const

interface Path {
  /** Rate of each hop, host to host, Gb/s; between two hops stands a device that stores and forwards. */
  readonly gbps: readonly number[]
  readonly packetBytes: number
  readonly headerBytes: number
  /** One way, all devices and software together. */
  readonly fixedNs: number
}

/** Host a calls host b with a message there and a message back. */
function pingPong({ gbps, packetBytes, headerBytes, fixedNs }: Path, there: number, back: number): Parts {
  const places = ['a', ...gbps.slice(1).map((_, i) => `via${i}`), 'b']
  return {
    nodes: [
      cpuPool('a', 1, 1),
      cpuPool('b', 1, 1),
      ...places.slice(1, -1).map((id): Fields => ({ id, kind: 'switch', spec: { latencyNs: 0, bufferKiB: 65_536 } })),
    ],
    links: gbps.map((rate, h) => ({
      id: `l${h}`,
      from: places[h],
      to: places[h + 1],
      protocol: 'rdma',
      bandwidthGbps: rate,
      payloadBytes: packetBytes,
      headerBytes,
      propagationNs: fixedNs / gbps.length,
    })),
    services: [
      service('ask', [call('echo.o', { requestBytes: there, responseBytes: back })], { on: 'a' }),
      service('echo', [], { on: 'b' }),
    ],
    sources: [trace('ask.o', [0])],
  }
}

const roundTripUs = (bench: Bench, path: Path, there: number, back: number): number =>
  meanUs(bench.one(pingPong(path, there, back)))

const SEND = [
  [32, 0.83],
  [1024, 1.61],
  [4096, 2.28],
  [32_768, 4.57],
] as const

export const sendLatency = publishedCase(
  {
    id: 'A14',
    title: 'ib_send_lat over message size',
    strictness: 'calibrated',
    question: 'Do a host bus, a wire and a host bus that store and forward give the two slopes of send latency?',
    source: 'Dennis Potter, master thesis, tables/mtu_performance.tex (git.dennispotter.eu), RC, MTU 4096, 100 Gb/s',
    tolerance: 'Points held out within 10 %, their median error at most 5 %.',
    inputs:
      'PCIe 3.0 x16 at 126 Gb/s on both sides, 100 Gb/s between, packets of 4,096 bytes; the fixed cost is calibrated on 4 KiB, and 32 B, 1 KiB and 32 KiB are held out.',
    secondsShort: 1,
  },
  (bench) => {
    const path = { gbps: [126, 100, 126], packetBytes: 4096, headerBytes: 30, fixedNs: 0 }
    const oneWay = (fixedNs: number, bytes: number): number =>
      roundTripUs(bench, { ...path, fixedNs }, bytes, bytes) / 2
    const fixedNs = Math.round(1000 * (2.28 - oneWay(0, 4096)))
    const rows = SEND.map(([bytes, us]) =>
      relativeRow(
        { label: `${bytes} B`, unit: 'µs', expected: us },
        oneWay(fixedNs, bytes),
        0.1,
        bytes === 4096 ? 'calibration point' : 'parameter',
      ),
    )
    return {
      rows: [...rows, medianRow(rows)],
      figures: [
        comparison(
          SIZE_AXES,
          SEND,
          rows.map((row, i) => [SEND[i][0], row.simulated] as const),
        ),
      ],
      notes: [
        'The 32-byte message misses: small sends are written to the card with the doorbell (inline), so they save the read over PCIe that all larger ones wait for, some 0.5 µs. The model has one fixed cost for all sizes.',
      ],
    }
  },
)

const ECHO = [
  [100, 3.9],
  [1000, 5.1],
  [10_000, 9.4],
  [100_000, 38.9],
  [1_000_000, 338.6],
] as const

export const echoRoundTrip = publishedCase(
  {
    id: 'A15',
    title: 'RAMCloud echo over message size',
    strictness: 'calibrated',
    question: 'Do a fixed cost, a cost per packet and a cost per byte give the round trip over four decades of size?',
    source: 'RAMCloud project wiki, ramcloud.atlassian.net/wiki/x/AYA1Mw (2018 cluster)',
    tolerance: 'Points held out within 10 %, their median error at most 5 %.',
    inputs:
      'Four hops (bus, wire, wire, bus) of 56 Gb/s InfiniBand, whose payload rate is calibrated on 1 MB and whose fixed cost on 100 B; packets of 2,048 bytes (the default of InfiniBand, assumed); 1 KB, 10 KB and 100 KB are held out.',
    secondsShort: 1,
  },
  (bench) => {
    // 900 kB take 299.7 µs more, there and back.
    const gbps = (2 * 900_000 * 8 * (1 + 30 / 2048)) / 299_700
    const path = { gbps: [gbps, gbps, gbps, gbps], packetBytes: 2048, headerBytes: 30, fixedNs: 0 }
    const fixedNs = Math.round(500 * (3.9 - roundTripUs(bench, path, 100, 100)))
    const rows: Row[] = ECHO.map(([bytes, us]) =>
      relativeRow(
        { label: `${bytes} B, median`, unit: 'µs', expected: us },
        roundTripUs(bench, { ...path, fixedNs }, bytes, bytes),
        0.1,
        bytes === 100 || bytes === 1_000_000 ? 'calibration point' : 'parameter',
      ),
    )
    return {
      rows: [
        ...rows,
        medianRow(rows),
        shownRow({ label: '100 B, p99', unit: 'µs', expected: 5.6 }, rows[0].simulated, 'parameter'),
      ],
      figures: [
        comparison(
          SIZE_AXES,
          ECHO,
          rows.map((row, i) => [ECHO[i][0], row.simulated] as const),
        ),
      ],
      notes: [
        'The published p99 is 1.44 times the median although the cluster was idle: jitter of software and hosts, which an unloaded run of the model does not have.',
      ],
    }
  },
)
