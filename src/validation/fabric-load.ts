import type { Fidelity, Json, ScenarioDocument } from '../scenario/scenario'

/** Messages of one size: how many of all are of it. */
export interface MessageShare {
  readonly bytes: number
  readonly share: number
}

/** A fabric under load by messages that nothing else delays. */
export interface FabricLoad {
  readonly name: string
  readonly summary: string
  readonly protocol: 'rdma' | 'cxl' | 'ethernet'
  readonly senders: number
  /** Rate of the senders' links, and of each hop after the first switch, Gb/s. */
  readonly gbps: readonly number[]
  readonly bufferKiB: number
  readonly forwarding: 'store-and-forward' | 'cut-through'
  readonly sizes: readonly MessageShare[]
}

const framing = { rdma: [4096, 82], cxl: [64, 4], ethernet: [1460, 78] } as const

/** Sizes as of remote procedure calls: most small, few large, half of the bytes in the large ones. */
const mixed: readonly MessageShare[] = [
  { bytes: 500, share: 0.6 },
  { bytes: 4000, share: 0.3 },
  { bytes: 30_000, share: 0.09 },
  { bytes: 300_000, share: 0.01 },
]
const star = { senders: 4, gbps: [100, 100], bufferKiB: 512, forwarding: 'store-and-forward', sizes: mixed } as const

const cut = { forwarding: 'cut-through' } as const
const chain = { gbps: [100, 100, 40], bufferKiB: 64 } as const

/** From one message size to bulk among small ones, from one switch to a chain with little room. */
export const fabricLoads: readonly FabricLoad[] = [
  { ...star, name: 'packet', summary: 'one packet each', protocol: 'rdma', sizes: [{ bytes: 3000, share: 1 }] },
  { ...star, name: 'pages', summary: '16 KiB each, in flits', protocol: 'cxl', sizes: [{ bytes: 16_384, share: 1 }] },
  { ...star, name: 'mixed rdma', summary: '500 B to 300 kB', protocol: 'rdma' },
  { ...star, name: 'mixed cxl', summary: '500 B to 300 kB, in flits', protocol: 'cxl' },
  { ...star, name: 'mixed ethernet', summary: '500 B to 300 kB, lossy', protocol: 'ethernet' },
  { ...star, name: 'cut-through', summary: 'flits through a switch that cuts through', protocol: 'cxl', ...cut },
  { ...star, name: 'one sender', summary: 'all sizes from one sender', protocol: 'cxl', senders: 1 },
  { ...star, name: 'incast', summary: '16 senders to one receiver', protocol: 'cxl', senders: 16 },
  { ...star, ...chain, name: 'chain', summary: 'back-pressure over two switches, 64 KiB a port', protocol: 'cxl' },
]

/**
 * The scenario of a load: each message is a request from a NIC to a CPU that answers at once with nothing, its latency
 * that of the request and of an empty packet back.
 *
 * @param load of the narrowest link, 0 to 1
 */
export function fabricScenario(
  of: FabricLoad,
  load: number,
  messages: number,
  fidelity: Fidelity,
  seed: number,
): ScenarioDocument {
  const [payload, header] = framing[of.protocol]
  const wire = (bytes: number): number => bytes + Math.ceil(bytes / payload) * header
  const mean = of.sizes.reduce((sum, { bytes, share }) => sum + share * wire(bytes), 0)
  const narrowest = Math.min(of.gbps[0] * of.senders, ...of.gbps.slice(1))
  const perSecond = (load * narrowest * 1e9) / 8 / mean
  const switches = of.gbps.slice(1).map((_, i) => `s${i}`)
  const places = ['nic', ...switches, 'cpu']
  const free = { messageNs: 0, messagesPerSecond: 1e12, cores: 0 }
  const links = of.gbps.map((bandwidthGbps, i): Json => ({
    id: `l${i}`,
    from: places[i],
    to: places[i + 1],
    protocol: of.protocol,
    bandwidthGbps,
    propagationNs: 20,
  }))
  return {
    format: 'unrack-scenario',
    version: 1,
    name: `${of.name} at ${Math.round(load * 100)} %`,
    topology: {
      nodes: [
        { id: 'nic', kind: 'nic', count: of.senders, spec: free },
        { id: 'cpu', kind: 'cpu', spec: { cores: 1 } },
        ...switches.map((id) => ({
          id,
          kind: 'switch',
          spec: { latencyNs: 250, bufferKiB: of.bufferKiB, forwarding: of.forwarding },
        })),
      ],
      links,
    },
    application: {
      rpc: { cyclesPerMessage: 0, cyclesPerByte: 0 },
      services: [{ id: 's', operations: [{ id: 'o', steps: [] }] }],
    },
    workload: {
      sources: of.sizes.map(({ bytes, share }, i) => ({
        id: `size${i}`,
        entry: 's.o',
        via: 'nic',
        requestBytes: bytes,
        responseBytes: 0,
        arrivals: { process: 'poisson', ratePerSecond: perSecond * share },
      })),
    },
    run: { seed, warmupSeconds: 0, durationSeconds: messages / perSecond, fidelity },
  }
}
