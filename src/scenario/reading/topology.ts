import type { Catalog } from '../catalog'
import type { Link, NodeKind, Protocol, Rack, Scenario, TopologyNode } from '../scenario'
import { quoted } from '../words'
import { readField, readFields, readId, readLabel, readText, readVariant, type FieldRule, type Values } from './field'
import { expectObject, listItems, type Place } from './place'
import { pick, protocolValues, readPreset, readSpec, subjectOf } from './spec'

/** A topology of which some nodes could not be read; they keep their place in the list. */
export interface DraftTopology {
  readonly racks: readonly Rack[]
  readonly nodes: readonly (TopologyNode | null)[]
  readonly links: readonly Link[]
}

const nodeKinds: readonly NodeKind[] = ['cpu', 'memory', 'gpu', 'nic', 'switch']
const countRule: FieldRule = { name: 'count', type: 'integer', minimum: 1, default: 1 }

/** Reads racks, nodes and links, with every field of every device filled in. */
export function readTopology(place: Place, catalog: Catalog): DraftTopology {
  if (place.isGiven) expectObject(place, 'the topology', ['racks', 'nodes', 'links'])
  const rackIds = new Map<string, string>()
  const nodeIds = new Map<string, string>()
  const linkIds = new Map<string, string>()
  return {
    racks: listItems(place.field('racks'), 'a topology').map((item) => readRack(item, rackIds)),
    nodes: listItems(place.field('nodes'), 'a topology').map((item) => readNode(item, nodeIds, catalog)),
    links: listItems(place.field('links'), 'a topology').map((item) => readLink(item, linkIds, catalog)),
  }
}

/** The draft as a topology, once it is known that nothing is missing. */
export function soundTopology(draft: DraftTopology): Scenario['topology'] {
  return { ...draft, nodes: draft.nodes.filter((node) => node !== null) }
}

function readRack(place: Place, taken: Map<string, string>): Rack {
  if (!expectObject(place, 'a rack', ['id', 'label'])) return { id: '' }
  return { id: readId(place, 'a rack', taken), ...readLabel(place, 'a rack') }
}

function readNode(place: Place, taken: Map<string, string>, catalog: Catalog): TopologyNode | null {
  if (!expectObject(place, 'a node', ['id', 'kind', 'count', 'rack', 'label', 'at', 'spec'])) return null
  const id = readId(place, 'a node', taken)
  const kind = readVariant(place.field('kind'), 'a node', nodeKinds)
  if (kind === null) return null
  const count = Number(readField(place.field('count'), subjectOf[kind], countRule))
  if (kind === 'switch' && count !== 1)
    place.field('count').error(`a switch is one device, as its links would not say which; got ${count}`)
  const spec = readSpec(place.field('spec'), catalog.hardware[kind])
  const node = {
    id,
    kind,
    count,
    ...readRackOf(place),
    ...readLabel(place, 'a node'),
    ...readAt(place.field('at')),
    spec,
  }
  return node as unknown as TopologyNode // the catalog's fields of a kind are those of its spec
}

function readRackOf(place: Place): { readonly rack?: string } {
  const rack = place.field('rack')
  return rack.isGiven ? { rack: readText(rack, 'a node', 'the id of a rack') } : {}
}

function readAt(place: Place): { readonly at?: { readonly x: number; readonly y: number } } {
  if (!place.isGiven || !expectObject(place, 'a place on the screen', ['x', 'y'])) return {}
  const coordinate = (name: string): number =>
    Number(readField(place.field(name), 'a place on the screen', { name, type: 'number', minimum: -1e9, maximum: 1e9 }))
  return { at: { x: coordinate('x'), y: coordinate('y') } }
}

/** Stands in for a link that cannot be read, so that the others keep their numbers. */
const nowhere: Link = {
  id: '',
  from: '',
  to: '',
  protocol: 'ideal',
  bandwidthGbps: null,
  propagationNs: 0,
  lanes: 1,
  payloadBytes: null,
  headerBytes: 0,
  lossless: true,
  access: 'loadstore',
  retransmitUs: 200,
}

function readLink(place: Place, taken: Map<string, string>, catalog: Catalog): Link {
  const info = catalog.hardware.link
  const subject = subjectOf.link
  if (!expectObject(place, subject, ['id', 'label', 'preset', 'from', 'to', ...info.fields.map((field) => field.name)]))
    return nowhere
  const preset = readPreset(place.field('preset'), info)
  const protocol = readProtocol(place, preset, catalog)
  const base = { ...protocolValues(catalog, protocol), ...preset }
  const link = {
    id: readId(place, subject, taken),
    ...readLabel(place, subject),
    ...pick(preset, 'preset'),
    from: readText(place.field('from'), subject, 'the id of a node'),
    to: readText(place.field('to'), subject, 'the id of a node'),
    protocol,
    ...readFields(
      place,
      subject,
      info.fields.filter((field) => field.name !== 'protocol'),
      base,
    ),
  } as unknown as Link // the catalog's fields of a link are those of Link
  refuseUnlimited(place, link)
  return link
}

function readProtocol(place: Place, preset: Values, catalog: Catalog): Protocol {
  const names = catalog.protocols.map((protocol) => protocol.name)
  const fromPreset = names.find((name) => name === preset.protocol)
  const given = place.field('protocol')
  if (fromPreset !== undefined && !given.isGiven) return fromPreset
  const isLost = place.field('preset').isGiven && preset.protocol === undefined
  if (isLost && !given.isGiven) return 'ideal' // the preset that is not known would say it
  return readVariant(given, subjectOf.link, names) ?? fromPreset ?? 'ideal'
}

function refuseUnlimited(place: Place, link: Link): void {
  if (link.protocol === 'ideal') return
  for (const name of ['bandwidthGbps', 'payloadBytes'] as const) {
    if (link[name] === null)
      place.field(name).error(`only an ideal link is unlimited; got null with protocol ${quoted(link.protocol)}`)
  }
}
