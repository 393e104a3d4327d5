import type { NodeKind, Protocol, Scenario, Service } from '../../scenario/scenario'

/**
 * What the stage needs to know of a rack: a thin, forgiving view of the topology. It is made from a checked scenario
 * (`stageTopologyOf`) or from a document that is still being drawn (`readStageTopology`).
 */
export interface StageTopology {
  readonly racks: readonly { readonly id: string; readonly label: string }[]
  readonly nodes: readonly StageNode[]
  readonly links: readonly StageLink[]
}

export interface StageNode {
  readonly id: string
  readonly label: string
  readonly kind: NodeKind
  readonly count: number
  /** '' when it stands outside every rack. */
  readonly rack: string
  /** Middle of its upper edge, in stage coordinates (px at 100 %); null: find a place. */
  readonly at: { readonly x: number; readonly y: number } | null
  /** Cells of one device: cores of a CPU or DPU, streams of a GPU, 0 elsewhere. */
  readonly cores: number
  /** Slabs of one memory device; 0 elsewhere. */
  readonly slabs: number
  /** Channels of one memory device; 0 elsewhere. */
  readonly channels: number
  /** Whether services may run on it, so that its rows keep a place for instances. */
  readonly hosts: boolean
  /** Whether it has a line of text at its foot. */
  readonly hasFooter: boolean
}

export interface StageLink {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly protocol: Protocol
  readonly lanes: number
  /** Gb/s per lane and direction; null: unlimited. */
  readonly bandwidthGbps: number | null
}

const slabsOf = (capacityGiB: number, slabMiB: number): number => Math.ceil((capacityGiB * 1024) / slabMiB)

/** The stage's view of a checked scenario. */
export function stageTopologyOf(scenario: Scenario): StageTopology {
  const { racks, nodes, links } = scenario.topology
  const entries = new Set(scenario.workload.sources.map((source) => source.via))
  return {
    racks: racks.map((rack) => ({ id: rack.id, label: rack.label ?? rack.id })),
    nodes: nodes.map((node) => {
      const hosts = hostsServices(node.kind, node.id, scenario.application.services)
      return {
        id: node.id,
        label: node.label ?? '',
        kind: node.kind,
        count: node.count,
        rack: node.rack ?? '',
        at: node.at ?? null,
        cores:
          node.kind === 'cpu' || (node.kind === 'nic' && hosts)
            ? node.spec.cores
            : node.kind === 'gpu'
              ? node.spec.streams
              : 0,
        slabs: node.kind === 'memory' ? slabsOf(node.spec.capacityGiB, node.spec.slabMiB) : 0,
        channels: node.kind === 'memory' ? node.spec.channels : 0,
        hosts,
        hasFooter: entries.has(node.id) || node.kind === 'gpu',
      }
    }),
    links: links.map(({ id, from, to, protocol, lanes, bandwidthGbps }) => ({
      id,
      from,
      to,
      protocol,
      lanes,
      bandwidthGbps,
    })),
  }
}

function hostsServices(kind: NodeKind, id: string, services: readonly Service[]): boolean {
  if (kind === 'switch') return false
  return kind === 'cpu' || services.some((service) => service.runsOn.includes(kind) || service.on?.node === id)
}
