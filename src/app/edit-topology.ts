import type { Json, NodeKind, ScenarioDocument } from '../scenario/scenario'
import { appendAt, freeId, getAt, isObject, objectsAt, setAt, textOf } from './document-path'
import type { JsonObject } from './document-path'

const NODES = ['topology', 'nodes'] as const
const LINKS = ['topology', 'links'] as const
const RACKS = ['topology', 'racks'] as const

/** Ids that new elements get. */
const WISHED_ID: { readonly [kind in NodeKind]: string } = {
  cpu: 'cpu',
  memory: 'mem',
  gpu: 'gpu',
  nic: 'nic',
  switch: 'tor',
}

/** Words for a pool of a kind. */
export const KIND_WORDS: { readonly [kind in NodeKind]: string } = {
  cpu: 'CPU pool',
  memory: 'Memory pool',
  gpu: 'GPU pool',
  nic: 'NIC pool',
  switch: 'Switch',
}

export interface Place {
  readonly x: number
  readonly y: number
}

/** A document with one element more, and that element's id. */
export interface Added {
  readonly document: ScenarioDocument
  readonly id: string
}

export const idsAt = (document: ScenarioDocument, path: readonly string[]): string[] =>
  objectsAt(document, path).map((item) => textOf(item.id))
export const nodeIds = (document: ScenarioDocument): string[] => idsAt(document, NODES)
export const indexOfId = (document: ScenarioDocument, path: readonly string[], id: string): number => {
  const list = getAt(document, path)
  return Array.isArray(list) ? (list as readonly Json[]).findIndex((item) => isObject(item) && item.id === id) : -1
}
export const nodePath = (document: ScenarioDocument, id: string): (string | number)[] => [
  ...NODES,
  indexOfId(document, NODES, id),
]
export const linkPath = (document: ScenarioDocument, id: string): (string | number)[] => [
  ...LINKS,
  indexOfId(document, LINKS, id),
]
export const rackPath = (document: ScenarioDocument, id: string): (string | number)[] => [
  ...RACKS,
  indexOfId(document, RACKS, id),
]

/** Adds a pool or switch of the kind's plain preset. */
export function addNode(document: ScenarioDocument, kind: NodeKind, at: Place, rack: string): Added {
  const id = freeId(WISHED_ID[kind], nodeIds(document))
  const count = kind === 'switch' ? {} : { count: 1 }
  const node = { id, kind, ...count, ...(rack === '' ? {} : { rack }), at: { x: at.x, y: at.y }, spec: {} }
  return { document: appendAt(document, NODES, node), id }
}

/** The protocol, and the figures that were set by hand, of the newest link at one of two nodes; plain CXL otherwise. */
function wishedLink(document: ScenarioDocument, from: string, to: string): JsonObject {
  const links = [...objectsAt(document, LINKS)].reverse()
  const like = links.find((link) => [from, to].some((id) => link.from === id || link.to === id))
  const kept = Object.entries(like ?? {}).filter(([key]) => !['id', 'label', 'from', 'to', 'lanes'].includes(key))
  return { protocol: 'cxl', ...Object.fromEntries(kept) }
}

/** Links two nodes. */
export function addLink(document: ScenarioDocument, from: string, to: string): Added {
  const id = freeId(`${from}-${to}`.slice(0, 60), idsAt(document, LINKS))
  return { document: appendAt(document, LINKS, { id, from, to, ...wishedLink(document, from, to) }), id }
}

/** Puts nodes at other places. */
export function moveNodes(document: ScenarioDocument, places: ReadonlyMap<string, Place>): ScenarioDocument {
  const nodes = getAt(document, NODES)
  if (!Array.isArray(nodes)) return document
  const moved = (nodes as readonly Json[]).map((node) => {
    const place = isObject(node) ? places.get(textOf(node.id)) : undefined
    return place === undefined || !isObject(node)
      ? node
      : { ...node, at: { x: Math.round(place.x), y: Math.round(place.y) } }
  })
  return setAt(document, NODES, moved)
}

/** Takes nodes away, and the links at them. What else names them stays and becomes a problem that can be seen. */
export function removeNodes(document: ScenarioDocument, ids: readonly string[]): ScenarioDocument {
  const without = setAt(
    document,
    NODES,
    objectsAt(document, NODES).filter((node) => !ids.includes(textOf(node.id))),
  )
  return setAt(
    without,
    LINKS,
    objectsAt(document, LINKS).filter((link) => !ids.includes(textOf(link.from)) && !ids.includes(textOf(link.to))),
  )
}

export function removeLinks(document: ScenarioDocument, ids: readonly string[]): ScenarioDocument {
  return setAt(
    document,
    LINKS,
    objectsAt(document, LINKS).filter((link) => !ids.includes(textOf(link.id))),
  )
}

/** A piece of a topology that can be pasted: nodes and the links among them. */
export interface Fragment {
  readonly nodes: readonly JsonObject[]
  readonly links: readonly JsonObject[]
}

export function cutOut(document: ScenarioDocument, ids: readonly string[]): Fragment {
  const nodes = objectsAt(document, NODES).filter((node) => ids.includes(textOf(node.id)))
  const links = objectsAt(document, LINKS).filter(
    (link) => ids.includes(textOf(link.from)) && ids.includes(textOf(link.to)),
  )
  return { nodes, links }
}

/** Adds a fragment beside what is there, with ids of its own. */
export function pasteFragment(
  document: ScenarioDocument,
  fragment: Fragment,
  shift: Place,
): { readonly document: ScenarioDocument; readonly ids: readonly string[] } {
  const names = new Map<string, string>()
  let next = document
  for (const node of fragment.nodes) {
    const old = textOf(node.id, 'pool')
    const id = freeId(old.replace(/\d+$/, '') || old, nodeIds(next))
    names.set(old, id)
    const at =
      isObject(node.at) && typeof node.at.x === 'number' && typeof node.at.y === 'number'
        ? { at: { x: node.at.x + shift.x, y: node.at.y + shift.y } }
        : {}
    next = appendAt(next, NODES, { ...node, id, ...at })
  }
  for (const link of fragment.links) {
    const from = names.get(textOf(link.from)) ?? textOf(link.from)
    const to = names.get(textOf(link.to)) ?? textOf(link.to)
    next = appendAt(next, LINKS, { ...link, id: freeId(`${from}-${to}`, idsAt(next, LINKS)), from, to })
  }
  return { document: next, ids: [...names.values()] }
}

/** Puts nodes into a new rack. */
export function addRack(document: ScenarioDocument, members: readonly string[]): Added {
  const racks = idsAt(document, RACKS)
  const id = freeId(`r${racks.length + 1}`, racks)
  const label = `Rack ${racks.length + 1}`
  const added = appendAt(document, RACKS, { id, label })
  const nodes = objectsAt(added, NODES).map((node) =>
    members.includes(textOf(node.id)) ? { ...node, rack: id } : node,
  )
  return { document: setAt(added, NODES, nodes), id }
}

/** Takes a rack away; what stood in it stands free. */
export function removeRack(document: ScenarioDocument, id: string): ScenarioDocument {
  const racks = setAt(
    document,
    RACKS,
    objectsAt(document, RACKS).filter((rack) => rack.id !== id),
  )
  const nodes = objectsAt(document, NODES).map((node) => {
    if (node.rack !== id) return node
    return Object.fromEntries(Object.entries(node).filter(([key]) => key !== 'rack'))
  })
  return setAt(racks, NODES, nodes)
}
