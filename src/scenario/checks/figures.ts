import type { Catalog } from '../catalog'
import type { Link, TopologyNode } from '../scenario'
import type { Complain, Draft } from './draft'
import { doubts, neverDrops, ofCores, reach } from './plausible'

/** Above this ratio one of a memory device and its links is not used for most of what it could do. */
const mismatch = 16

/** Warns of hardware that nobody can buy or that a unit's slip would explain; it is simulated as written. */
export function checkFigures(draft: Draft, catalog: Catalog, warn: Complain): void {
  draft.topology.nodes.forEach((node, index) => {
    if (node !== null) checkNode(node, `topology.nodes[${index}]`, warn)
  })
  const nodes = new Map(draft.topology.nodes.flatMap((node) => (node === null ? [] : [[node.id, node] as const])))
  draft.topology.links.forEach((link, index) => checkLink(link, `topology.links[${index}]`, nodes, catalog, warn))
  draft.topology.nodes.forEach((node, index) => {
    if (node?.kind === 'memory') checkMemoryLinks(node, `topology.nodes[${index}]`, draft.topology.links, warn)
  })
  const { warmupSeconds, durationSeconds } = draft.run
  if (warmupSeconds > durationSeconds)
    warn(
      'run.warmupSeconds',
      `${warmupSeconds} s of warm-up are longer than the ${durationSeconds} s that are measured`,
    )
}

function checkNode(node: TopologyNode, path: string, warn: Complain): void {
  const spec = node.spec as unknown as Readonly<Record<string, unknown>>
  const hasCores = node.kind === 'cpu' || (spec['cores'] ?? 0) !== 0
  for (const doubt of doubts[node.kind]) {
    if (!hasCores && ofCores.includes(doubt)) continue
    const value = Number(spec[doubt.field])
    if (value > (doubt.most ?? Infinity)) warn(`${path}.spec.${doubt.field}`, tooMuch(value, doubt.unit, doubt.known))
    if (value > 0 && value < (doubt.least ?? 0))
      warn(`${path}.spec.${doubt.field}`, `${value} ${doubt.unit} is hardly possible: ${doubt.known}`)
  }
  const { idleWatts, busyWatts } = node.spec
  if (busyWatts < idleWatts)
    warn(`${path}.spec.busyWatts`, `${busyWatts} W when busy is less than the ${idleWatts} W when idle`)
  if (node.kind === 'cpu' && node.spec.sleepWatts !== null && node.spec.sleepWatts > idleWatts)
    warn(`${path}.spec.sleepWatts`, `${node.spec.sleepWatts} W asleep is more than the ${idleWatts} W when idle`)
  if (node.kind !== 'memory') return
  checkRows(node.spec, path, warn)
  const { slabMiB, capacityGiB } = node.spec
  if (capacityGiB > 0 && slabMiB > capacityGiB * 1024)
    warn(`${path}.spec.slabMiB`, `a slab of ${slabMiB} MiB does not fit into ${capacityGiB} GiB: nothing can be leased`)
}

function checkRows(
  spec: { readonly rowHitNs: number; readonly rowMissNs: number; readonly rowConflictNs: number },
  path: string,
  warn: Complain,
): void {
  const { rowHitNs, rowMissNs, rowConflictNs } = spec
  if (rowHitNs > rowMissNs)
    warn(`${path}.spec.rowHitNs`, `${rowHitNs} ns for a row hit is more than the ${rowMissNs} ns for a row miss`)
  if (rowMissNs > rowConflictNs)
    warn(
      `${path}.spec.rowConflictNs`,
      `${rowConflictNs} ns for a row conflict is less than the ${rowMissNs} ns for a row miss, which it includes`,
    )
}

function checkLink(
  link: Link,
  path: string,
  nodes: ReadonlyMap<string, TopologyNode>,
  catalog: Catalog,
  warn: Complain,
): void {
  checkFrames(link, path, warn)
  const limits = reach[link.protocol]
  if (limits === null || link.bandwidthGbps === null) return
  const preset = catalog.hardware.link.presets.find(({ name }) => name === link.preset)
  const asPreset = Number(preset?.values['bandwidthGbps'] ?? Infinity)
  if (link.bandwidthGbps > limits.gbps) warn(`${path}.bandwidthGbps`, tooMuch(link.bandwidthGbps, 'Gb/s', limits.known))
  else if (link.bandwidthGbps > asPreset)
    warn(`${path}.bandwidthGbps`, tooMuch(link.bandwidthGbps, 'Gb/s', `${link.preset} carries ${asPreset} Gb/s`))
  const isFarMeant = link.protocol === 'ethernet' && link.propagationNs === preset?.values['propagationNs']
  if (link.propagationNs > limits.ns && !isFarMeant && !betweenRacks(link, nodes))
    warn(
      `${path}.propagationNs`,
      `${link.propagationNs} ns is ${lengthOf(link.propagationNs)} at 5 ns a meter; ${link.protocol} links of a rack are 1 to 100 m long`,
    )
}

function checkFrames(
  { protocol, lossless, access, payloadBytes, headerBytes }: Link,
  path: string,
  warn: Complain,
): void {
  if (!lossless && neverDrops.includes(protocol))
    warn(`${path}.lossless`, `${protocol} holds senders back by credits and drops nothing`)
  if (access === 'loadstore' && (protocol === 'ethernet' || protocol === 'rdma'))
    warn(`${path}.access`, `cores do not load and store over ${protocol}: it moves messages and pages`)
  if (payloadBytes !== null && headerBytes > payloadBytes)
    warn(
      `${path}.headerBytes`,
      `${headerBytes} bytes of header are more than the ${payloadBytes} bytes that a packet carries`,
    )
}

function betweenRacks({ from, to }: Link, nodes: ReadonlyMap<string, TopologyNode>): boolean {
  const one = nodes.get(from)?.rack
  const other = nodes.get(to)?.rack
  return one !== undefined && other !== undefined && one !== other
}

function lengthOf(ns: number): string {
  const meters = ns / 5
  return meters >= 1000 ? `${Number((meters / 1000).toPrecision(3))} km` : `${Number(meters.toPrecision(3))} m`
}

/** Of memory that is read line by line: pages over a network are slow beside any memory, and meant so. */
function checkMemoryLinks(
  node: TopologyNode & { readonly kind: 'memory' },
  path: string,
  links: readonly Link[],
  warn: Complain,
): void {
  const own = links.filter(({ from, to }) => from === node.id || to === node.id)
  if (own.length === 0 || own.some((link) => link.bandwidthGbps === null || link.access === 'paging')) return
  const carried = own.reduce((sum, link) => sum + (link.lanes * (link.bandwidthGbps ?? 0)) / 8, 0)
  const given = node.spec.channels * node.spec.channelBandwidthGBps
  if (given > mismatch * carried)
    warn(
      `${path}.spec.channels`,
      `its channels give ${round(given)} GB/s, its links carry ${round(carried)} GB/s of it`,
    )
  if (carried > mismatch * given)
    warn(
      `${path}.spec.channelBandwidthGBps`,
      `its channels give ${round(given)} GB/s to links that carry ${round(carried)} GB/s`,
    )
}

function round(value: number): number {
  return Number(value.toPrecision(4))
}

function tooMuch(value: number, unit: string, known: string): string {
  return `${value} ${unit} is more than there is today: ${known}`
}
