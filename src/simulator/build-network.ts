import type { Link, Scenario, TopologyNode } from '../scenario/scenario'
import { KIB } from '../units/data'
import { PS_PER_US, roundHalfUp } from '../units/time'
import type { DeviceInfo } from './display'
import type { Channel, Network, Vertex } from './hardware/network'

/** All devices and switches in order of the document. */
export function listDevices(nodes: readonly TopologyNode[]): DeviceInfo[] {
  return nodes.flatMap((node, index) =>
    Array.from({ length: node.count }, (_, device): DeviceInfo => ({
      id: node.kind === 'switch' ? node.id : `${node.id}.${device}`,
      node: index,
      device,
      kind: node.kind,
      cores: cellsOf(node),
    })),
  )
}

/** What a device does at once: cores, or streams of a GPU. */
function cellsOf(node: TopologyNode): number {
  if (node.kind === 'switch') return 0
  return node.kind === 'gpu' ? node.spec.streams : node.spec.cores
}

/** First device of each node, and their number at the end. */
export function firstDevices(nodes: readonly TopologyNode[]): Int32Array {
  const first = new Int32Array(nodes.length + 1)
  nodes.forEach((node, i) => (first[i + 1] = first[i] + node.count))
  return first
}

/** The rack as places and one-way channels. */
export function buildNetwork(scenario: Scenario): Network {
  const { nodes, links } = scenario.topology
  const first = firstDevices(nodes)
  const order = new Map(
    [...links.map((link) => link.id)].sort((a, b) => (a < b ? -1 : 1)).map((id, rank) => [id, rank]),
  )
  const channels = links.flatMap((link, index) => channelsOf(link, index, order.get(link.id)!, nodes, first))
  const neighbors = nodes.flatMap((node) => Array.from({ length: node.count }, () => new Set<number>()))
  for (const channel of channels) neighbors[channel.from].add(channel.to)
  const vertices = nodes.flatMap((node, i) =>
    Array.from({ length: node.count }, (_, d) => vertexOf(node, neighbors[first[i] + d].size)),
  )
  return { vertices, channels }
}

function vertexOf(node: TopologyNode, neighbors: number): Vertex {
  if (node.kind === 'switch')
    return {
      forwardPs: roundHalfUp(node.spec.latencyNs * 1000),
      cutsThrough: node.spec.forwarding === 'cut-through',
      portBytes: node.spec.bufferKiB * KIB,
    }
  const passes = node.kind === 'nic' && neighbors > 1
  const forwardPs = passes ? roundHalfUp(node.spec.messageNs * 1000) : -1
  return { forwardPs, cutsThrough: false, portBytes: Infinity }
}

/** Both directions of every lane of every physical link: lane by lane, there and back. */
function channelsOf(
  link: Link,
  index: number,
  rank: number,
  nodes: readonly TopologyNode[],
  first: Int32Array,
): Channel[] {
  const from = nodes.findIndex((node) => node.id === link.from)
  const to = nodes.findIndex((node) => node.id === link.to)
  const physical = Math.max(nodes[from].count, nodes[to].count)
  const channels: Channel[] = []
  for (let p = 0; p < physical; p += 1) {
    const a = first[from] + (p % nodes[from].count)
    const b = first[to] + (p % nodes[to].count)
    for (let lane = 0; lane < link.lanes; lane += 1)
      for (const [start, end] of [
        [a, b],
        [b, a],
      ] as const)
        channels.push(channelOf(link, index, rank, lane, start, end))
  }
  return channels
}

function channelOf(link: Link, index: number, rank: number, lane: number, from: number, to: number): Channel {
  return {
    link: index,
    rank,
    lane,
    lanes: link.lanes,
    from,
    to,
    gbps: link.bandwidthGbps ?? Infinity,
    propagationPs: roundHalfUp(link.propagationNs * 1000),
    payloadBytes: link.payloadBytes ?? Infinity,
    headerBytes: link.headerBytes,
    lossless: link.lossless,
    paging: link.access === 'paging',
    retransmitPs: roundHalfUp(link.retransmitUs * PS_PER_US),
  }
}
