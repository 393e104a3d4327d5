import type { NodeKind, Protocol } from '../../scenario/scenario'

/**
 * What the stage needs to know of a rack: a thin, forgiving view of the topology, made from a document that may still
 * be being drawn (`stageTopologyOfDrawing`).
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
  /** Cells of one device: cores of a CPU, a DPU or a memory device, streams of a GPU, 0 elsewhere. */
  readonly cores: number
  /** Fixed-function engines of one NIC; 0 elsewhere. */
  readonly engines: number
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
