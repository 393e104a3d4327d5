import type { Catalog } from '../scenario/catalog'
import type { Json, NodeKind, Protocol, ScenarioDocument } from '../scenario/scenario'
import { isList, isObject, numberOf, objectsAt, textOf } from './document-path'
import type { JsonObject } from './document-path'
import { resolveFields } from './resolve-spec'

/** A node of a document that is still being drawn, with the values in force and what it is for. */
export interface DrawnNode {
  readonly id: string
  readonly label: string
  readonly kind: NodeKind
  readonly count: number
  readonly rack: string
  readonly at: { readonly x: number; readonly y: number } | null
  readonly fields: JsonObject
  /** Whether some service may run on it. */
  readonly hosts: boolean
  /** Whether single steps are offloaded to it. */
  readonly helps: boolean
  /** Sources that come in here: `readers 100 k/s`. */
  readonly sources: readonly { readonly id: string; readonly rate: number | null }[]
}

export interface DrawnLink {
  readonly id: string
  readonly label: string
  readonly from: string
  readonly to: string
  readonly protocol: Protocol
  readonly lanes: number
  readonly bandwidthGbps: number | null
  readonly propagationNs: number
}

export interface DrawnRack {
  readonly id: string
  readonly label: string
}

/** Everything of a document that can be drawn; what cannot be understood is left out, not guessed at. */
export interface DrawnTopology {
  readonly racks: readonly DrawnRack[]
  readonly nodes: readonly DrawnNode[]
  readonly links: readonly DrawnLink[]
}

const KINDS: readonly string[] = ['cpu', 'memory', 'gpu', 'nic', 'switch'] satisfies NodeKind[]
const PROTOCOLS: readonly string[] = ['cxl', 'rdma', 'ethernet', 'pcie', 'nvlink', 'ideal'] satisfies Protocol[]
const isKind = (text: string): text is NodeKind => KINDS.includes(text)
const isProtocol = (text: string): text is Protocol => PROTOCOLS.includes(text)
/** Cards for more devices than this would only be strips anyway; keeps a mistyped count from being laid out. */
const MOST_DEVICES = 100000

export function readStage(document: ScenarioDocument, catalog: Catalog | null): DrawnTopology {
  const services = objectsAt(document, ['application', 'services'])
  const sources = objectsAt(document, ['workload', 'sources'])
  const helpers = new Set(objectsAt(document, ['policies', 'offload', 'map']).map((entry) => textOf(entry.to)))
  return {
    racks: objectsAt(document, ['topology', 'racks']).map((rack) => ({
      id: textOf(rack.id),
      label: textOf(rack.label, textOf(rack.id)),
    })),
    nodes: objectsAt(document, ['topology', 'nodes']).flatMap((node) =>
      readNode(node, services, sources, helpers, catalog),
    ),
    links: objectsAt(document, ['topology', 'links']).map((link) => readLink(link, catalog)),
  }
}

function readNode(
  node: JsonObject,
  services: readonly JsonObject[],
  sources: readonly JsonObject[],
  helpers: ReadonlySet<string>,
  catalog: Catalog | null,
): DrawnNode[] {
  const kind = textOf(node.kind)
  if (!isKind(kind)) return []
  const id = textOf(node.id)
  return [
    {
      id,
      label: textOf(node.label),
      kind,
      count: kind === 'switch' ? 1 : wholeNumber(node.count, 1, MOST_DEVICES),
      rack: textOf(node.rack),
      at: readPlace(node.at),
      fields: resolveFields(catalog, kind, node.spec),
      hosts: kind === 'cpu' || services.some((service) => runsOn(service, kind, id)),
      helps: helpers.has(id),
      sources: sources
        .filter((source) => source.via === id)
        .map((source) => ({ id: textOf(source.id), rate: rateOf(source) })),
    },
  ]
}

function readPlace(at: Json | undefined): { x: number; y: number } | null {
  if (!isObject(at) || typeof at.x !== 'number' || typeof at.y !== 'number') return null
  return Number.isFinite(at.x) && Number.isFinite(at.y) ? { x: at.x, y: at.y } : null
}

export function runsOn(service: JsonObject, kind: NodeKind, id: string): boolean {
  const pinned = isObject(service.on) ? service.on.node : service.on
  if (pinned === id) return true
  const kinds: readonly Json[] = Array.isArray(service.runsOn) ? (service.runsOn as readonly Json[]) : ['cpu']
  return kinds.includes(kind)
}

/** Requests per second on average over time; null for closed sources and traces. */
export function rateOf(source: JsonObject): number | null {
  const arrivals = isObject(source.arrivals) ? source.arrivals : {}
  if (typeof arrivals.ratePerSecond === 'number') return arrivals.ratePerSecond
  if (arrivals.process === 'rates') return meanOf(arrivals.ratesPerSecond)
  if (arrivals.process !== 'mmpp') return null
  const states = objectsAt(arrivals, ['states'])
  const seconds = states.reduce((sum, state) => sum + numberOf(state.meanSeconds, 0), 0)
  return seconds > 0
    ? states.reduce((sum, state) => sum + numberOf(state.ratePerSecond, 0) * numberOf(state.meanSeconds, 0), 0) /
        seconds
    : null
}

function meanOf(values: Json | undefined): number | null {
  const numbers = isList(values) ? values.filter((value) => typeof value === 'number') : []
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length
}

function readLink(link: JsonObject, catalog: Catalog | null): DrawnLink {
  const fields = resolveFields(catalog, 'link', link)
  const protocol = textOf(fields.protocol, 'cxl')
  return {
    id: textOf(link.id),
    label: textOf(link.label),
    from: textOf(link.from),
    to: textOf(link.to),
    protocol: isProtocol(protocol) ? protocol : 'ideal',
    lanes: wholeNumber(fields.lanes, 1, 1024),
    bandwidthGbps: typeof fields.bandwidthGbps === 'number' ? fields.bandwidthGbps : null,
    propagationNs: numberOf(fields.propagationNs, 0),
  }
}

function wholeNumber(value: Json | undefined, least: number, most: number): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(most, Math.max(least, Math.floor(value)))
    : least
}
