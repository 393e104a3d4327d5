import type { DrawnNode, DrawnTopology } from '../../app/read-stage'
import { isList, numberOf } from '../../app/document-path'
import type { StageNode, StageTopology } from './stage-topology'

const MOST_CELLS = 4096
const MOST_ENGINES = 6

/** The stage's view of a document that is still being drawn. */
export function stageTopologyOfDrawing(drawing: DrawnTopology): StageTopology {
  return { racks: drawing.racks, nodes: drawing.nodes.map(stageNode), links: drawing.links }
}

function stageNode(node: DrawnNode): StageNode {
  const { kind, fields } = node
  const slabs = Math.floor((numberOf(fields.capacityGiB, 1) * 1024) / Math.max(1, numberOf(fields.slabMiB, 1024)))
  return {
    id: node.id,
    label: node.label,
    kind,
    count: node.count,
    rack: node.rack,
    at: node.at,
    cores: cells(
      kind === 'gpu'
        ? fields.streams
        : kind === 'cpu' || kind === 'memory' || (kind === 'nic' && (node.hosts || node.helps))
          ? fields.cores
          : 0,
    ),
    engines: kind === 'nic' && isList(fields.engines) ? Math.min(MOST_ENGINES, fields.engines.length) : 0,
    slabs: kind === 'memory' ? Math.min(slabs, 1e7) : 0,
    channels: kind === 'memory' ? Math.min(Math.max(1, Math.floor(numberOf(fields.channels, 1))), 64) : 0,
    hosts: node.hosts,
    hasFooter: node.sources.length > 0 || kind === 'gpu',
  }
}

const cells = (value: unknown): number =>
  typeof value === 'number' && value >= 0 ? Math.min(MOST_CELLS, Math.floor(value)) : 0
