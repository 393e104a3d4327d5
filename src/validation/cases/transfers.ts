import { meanUs, relativeRow } from '../measuring'
import { plainCase } from '../plain-case'
import { freeNic, service, trace, type Fields, type Parts } from '../scenario-parts'

/** A lone message over switches in a row. */

interface Way {
  readonly bytes: number
  readonly gbps: number
  readonly switches: number
  readonly switchNs: number
  readonly propagationNs: number
}

const WAYS: readonly Way[] = [
  { bytes: 64, gbps: 100, switches: 1, switchNs: 300, propagationNs: 30 },
  { bytes: 4096, gbps: 40, switches: 3, switchNs: 240, propagationNs: 440 },
  { bytes: 1_048_576, gbps: 400, switches: 2, switchNs: 500, propagationNs: 150 },
]

/** A message to a CPU and an empty answer, over switches in a row. */
function wayParts(way: Way, forwarding: string): Parts {
  const places = ['nic', ...Array.from({ length: way.switches }, (_, i) => `sw${i}`), 'cpu']
  const hops = way.switches + 1
  return {
    nodes: [
      freeNic(),
      { id: 'cpu', kind: 'cpu' },
      ...places
        .slice(1, -1)
        .map((id): Fields => ({ id, kind: 'switch', spec: { latencyNs: way.switchNs, bufferKiB: 4096, forwarding } })),
    ],
    links: Array.from({ length: hops }, (_, h) => ({
      id: `l${h}`,
      from: places[h],
      to: places[h + 1],
      protocol: 'ideal',
      bandwidthGbps: way.gbps,
      propagationNs: way.propagationNs / hops,
    })),
    services: [service('s', [])],
    sources: [trace('s.o', [0], { via: 'nic', requestBytes: way.bytes, responseBytes: 0 })],
  }
}

const wayName = (way: Way): string => `${way.bytes} B at ${way.gbps} Gb/s over ${way.switches} switches`

export const transfers = plainCase(
  {
    id: 'B16',
    title: 'Network transfer, store-and-forward and cut-through',
    question: 'Does a lone message take L/B once, or once per hop, plus switches and propagation?',
    source: 'J. Kurose, K. Ross, Computer Networking, section 1.4; P. Kermani, L. Kleinrock, Computer Networks 3, 1979',
    tolerance: 'To 0.1 ns: each hop rounds its terms to the picosecond once.',
    inputs: 'Header 0, unlimited payload; nothing is calibrated.',
  },
  (bench) =>
    WAYS.flatMap((way) =>
      ['cut-through', 'store-and-forward'].map((forwarding) => {
        const ns = (way.bytes * 8) / way.gbps
        const sends = forwarding === 'cut-through' ? 1 : way.switches + 1
        const expected = sends * ns + way.switches * way.switchNs + way.propagationNs
        const back = way.switches * way.switchNs + way.propagationNs
        const latencyNs = 1000 * meanUs(bench.one(wayParts(way, forwarding))) - back
        const label = `${wayName(way)}, ${forwarding}`
        return relativeRow({ label, unit: 'ns', expected }, latencyNs, 0.1 / expected, 'mechanism')
      }),
    ),
)
