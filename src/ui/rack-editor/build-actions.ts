import {
  addRack,
  addLink,
  addNode,
  cutOut,
  KIND_WORDS,
  moveNodes,
  pasteFragment,
  removeLinks,
  removeNodes,
  removeRack,
} from '../../app/edit-topology'
import type { Fragment, Place } from '../../app/edit-topology'
import { isObject, objectsAt } from '../../app/document-path'
import type { JsonObject } from '../../app/document-path'
import { announce } from '../../app/page'
import type { Page } from '../../app/page'
import type { Json, NodeKind, ScenarioDocument } from '../../scenario/scenario'
import type { Selection } from '../../stores/view-store'
import { freePlace, layeredPlaces, placeNodes } from '../stage/auto-layout'
import type { Placements } from '../stage/auto-layout'
import { stageTopologyOfDrawing } from '../stage/read-topology'
import { readingOrder } from '../stage/reading-order'
import { focusElement } from '../stage/stage-handle'
import type { StageHandle } from '../stage/stage-handle'
import type { StageNode } from '../stage/stage-topology'
import { PROTOCOL_NAME } from '../stage/stage-texts'

export const GRID = 20
export const snap = (value: number): number => Math.round(value / GRID) * GRID

/** What is selected: the group, or the one thing. */
function chosen(page: Page): readonly Selection[] {
  const { group, selection, focused } = page.view.getState()
  if (group.length > 0) return group
  return selection !== null ? [selection] : focused !== null ? [focused] : []
}

export const chosenNodes = (page: Page): string[] =>
  chosen(page).flatMap((one) => (one.type === 'node' ? [one.id] : []))

/** The node that the keyboard, else the selection, is on. */
export function currentNode(page: Page): string | null {
  const { focused, selection } = page.view.getState()
  const node = [focused, selection].find((one) => one?.type === 'node')
  return node?.id ?? null
}

/** Where everything stands now, written into the document, so that adding something moves nothing else. */
function withPlaces(document: ScenarioDocument, stage: StageHandle): ScenarioDocument {
  if (stage.drawing.nodes.every((node) => node.at !== null)) return document
  return moveNodes(document, placesOf(stage))
}

const placesOf = (stage: StageHandle): Placements => placeNodes(stageTopologyOfDrawing(stage.drawing))

/** Words for where a new element stands: "right of cpu". */
function whereWords(stage: StageHandle, at: Place): string {
  let near = ''
  let least = Infinity
  for (const card of stage.geometry.cards) {
    const dx = at.x - (card.x + card.width / 2)
    const dy = at.y - card.y
    const distance = Math.hypot(dx, dy)
    if (distance >= least) continue
    least = distance
    near =
      Math.abs(dx) > Math.abs(dy)
        ? `${dx > 0 ? 'right' : 'left'} of ${card.nodeId}`
        : `${dy > 0 ? 'below' : 'above'} ${card.nodeId}`
  }
  return near
}

/** A new node's sketch, for finding room before it exists. */
const sketch = (kind: NodeKind): StageNode => ({
  id: '',
  label: '',
  kind,
  count: 1,
  rack: '',
  at: null,
  cores: 8,
  engines: 0,
  slabs: 64,
  channels: 1,
  hosts: kind === 'cpu',
  hasFooter: false,
})

/** Columns of a rack from left to right: hosts and NICs, switches, pools. */
const COLUMN: { readonly [kind in NodeKind]: 0 | 1 | 2 } = { cpu: 0, nic: 0, switch: 1, memory: 2, gpu: 2 }
const COLUMN_STEP = 240

/** A free place for a new node: in its kind's column of the rack, under what stands there; in the middle of an empty stage. */
function roomFor(page: Page, stage: StageHandle, kind: NodeKind): Place {
  const { camera, viewport } = page.view.getState()
  const places = placesOf(stage)
  const near = stage.drawing.nodes.find((node) => node.id === currentNode(page))
  const inRack = stage.drawing.nodes.filter((node) => near === undefined || node.rack === near.rack)
  const standing = inRack.flatMap((node) => {
    const at = places.get(node.id)
    return at === undefined ? [] : [{ ...at, column: COLUMN[node.kind] }]
  })
  const [known] = standing.filter((one) => one.column === COLUMN[kind])
  const [other] = standing
  const top = Math.min(...standing.map((one) => one.y))
  const middle = {
    x: (viewport.width / 2 - camera.x) / camera.k + (COLUMN[kind] - 1) * COLUMN_STEP,
    y: (viewport.height / 3 - camera.y) / camera.k,
  }
  const x = known?.x ?? (other === undefined ? middle.x : other.x + (COLUMN[kind] - other.column) * COLUMN_STEP)
  const y = other === undefined ? middle.y : top + (kind === 'switch' && known === undefined ? 80 : 0)
  return freePlace(sketch(kind), { x: snap(x), y: snap(y) }, stageTopologyOfDrawing(stage.drawing).nodes, places)
}

/** Adds a pool, selects it, and lets the arrows move it. */
export function addPool(page: Page, stage: StageHandle, kind: NodeKind, at: Place = roomFor(page, stage, kind)): void {
  const before = page.documents.getState().document
  const rack = rackAt(page, stage, at)
  const { document, id } = addNode(withPlaces(before, stage), kind, at, rack)
  page.editor.apply(`add ${KIND_WORDS[kind]}`, document)
  const added = { type: 'node', id } as const
  page.view.setState({ selection: added, group: [], focused: added, mode: { name: 'move', ids: [id], fresh: true } })
  const where = whereWords(stage, at)
  announce(page.view, `${KIND_WORDS[kind]} ${id} added${where === '' ? '' : `, ${where}`}.`)
  requestAnimationFrame(() => {
    focusElement(stage.element, added)
  })
}

/** The rack under a place; the focused node's; the only one there is. */
function rackAt(page: Page, stage: StageHandle, at: Place): string {
  const under = stage.geometry.racks.find(
    (rack) => at.x > rack.x && at.x < rack.x + rack.width && at.y > rack.y && at.y < rack.y + rack.height,
  )
  if (under !== undefined) return under.rackId
  const near = stage.drawing.nodes.find((node) => node.id === currentNode(page))
  const racks = stage.drawing.racks
  return near?.rack ?? (racks.length === 1 ? (racks[0]?.id ?? '') : '')
}

export function linkNodes(page: Page, from: string, to: string): void {
  const before = page.documents.getState().document
  const { document, id } = addLink(before, from, to)
  page.editor.apply(`link ${from} to ${to}`, document)
  page.view.setState({ mode: { name: 'rest' }, selection: { type: 'link', id }, group: [] })
  const link = objectsAt(document, ['topology', 'links']).find((one) => one.id === id)
  const protocol = Object.entries(PROTOCOL_NAME).find(([name]) => name === link?.protocol)?.[1] ?? ''
  const said = `${protocol} link ${from} to ${to} added`
  announce(page.view, `${said}.`)
  void sayPath(page, from, said)
}

/** Adds what the new link makes possible: the way to the nearest memory pool. */
async function sayPath(page: Page, from: string, said: string): Promise<void> {
  const { scenario } = page.documents.getState()
  if (scenario === null) return
  const memory = new Set(scenario.topology.nodes.filter((node) => node.kind === 'memory').map((node) => node.id))
  const derived = await page.derive(scenario).catch(() => null)
  const path = derived?.paths.find((one) => one.from === from && memory.has(one.to))
  if (path !== undefined)
    announce(page.view, `${said}; path to ${path.to} is now ${Math.round(path.oneWayNs)} nanoseconds.`)
}

/** Deletes what is selected; the keyboard goes to a neighbor. */
export function removeChosen(page: Page, stage: StageHandle): void {
  const gone = chosen(page)
  const ids = (type: Selection['type']): string[] => gone.flatMap((one) => (one.type === type ? [one.id] : []))
  const before = page.documents.getState().document
  const racks = ids('rack').reduce(removeRack, before)
  const document = removeNodes(removeLinks(racks, ids('link')), ids('node'))
  if (document === before) return
  const order = readingOrder(stage.geometry)
  const isGone = (one: Selection): boolean => gone.some((other) => other.type === one.type && other.id === one.id)
  const index = order.findIndex(isGone)
  const next =
    order.slice(index).find((one) => !isGone(one) && one.type === 'node') ??
    order.find((one) => !isGone(one) && one.type === 'node') ??
    null
  const names = gone.map((one) => one.id).join(', ')
  page.editor.apply(`delete ${names}`, document)
  page.view.setState({ selection: null, group: [], focused: next, mode: { name: 'rest' } })
  announce(page.view, `${names} deleted.`)
  requestAnimationFrame(() => {
    focusElement(stage.element, next)
  })
}

export function moveBy(page: Page, stage: StageHandle, ids: readonly string[], dx: number, dy: number): void {
  const places = placesOf(stage)
  const moved = new Map(
    ids.flatMap((id) => {
      const at = places.get(id)
      return at === undefined ? [] : [[id, { x: at.x + dx, y: at.y + dy }] as const]
    }),
  )
  page.editor.apply(
    `move ${ids.join(', ')}`,
    moveNodes(page.documents.getState().document, moved),
    `move ${ids.join()}`,
  )
  const [first] = moved.values()
  const words =
    dx !== 0 ? `${dx > 0 ? 'right' : 'left'}, ${Math.abs(dx)}` : `${dy > 0 ? 'down' : 'up'}, ${Math.abs(dy)}`
  const others = {
    ...stage,
    geometry: { ...stage.geometry, cards: stage.geometry.cards.filter((card) => !ids.includes(card.nodeId)) },
  }
  const where = first === undefined ? '' : whereWords(others, first)
  announce(page.view, `Moved ${words}${where === '' ? '' : `; now ${where}`}.`)
}

export function tidy(page: Page, stage: StageHandle): void {
  const places = layeredPlaces(stageTopologyOfDrawing(stage.drawing))
  page.editor.apply('tidy the layout', moveNodes(page.documents.getState().document, places))
  page.view.setState({ isFitted: true })
  announce(page.view, 'Layout tidied.')
}

export function intoRack(page: Page): void {
  const members = chosenNodes(page)
  if (members.length === 0) return
  const { document, id } = addRack(page.documents.getState().document, members)
  page.editor.apply('put into a new rack', document)
  announce(page.view, `${members.join(', ')} put into rack ${id}.`)
}

/** A pool of the same kind, linked, one step in a direction. */
export function growBy(page: Page, stage: StageHandle, dx: number, dy: number): void {
  const from = currentNode(page)
  const node = stage.drawing.nodes.find((one) => one.id === from)
  const card = stage.geometry.cardById.get(from ?? '')
  if (node === undefined || card === undefined) return
  const wished = {
    x: snap(card.x + card.width / 2 + dx * (card.width + 100)),
    y: snap(card.y + dy * (card.height + 60)),
  }
  const at = freePlace(sketch(node.kind), wished, stageTopologyOfDrawing(stage.drawing).nodes, placesOf(stage))
  addPool(page, stage, node.kind, at)
  const added = page.view.getState().selection
  if (added !== null) linkNodes(page, node.id, added.id)
  page.view.setState({ selection: added, focused: added })
}

/** What is selected as text for the clipboard; '' when there are no pools in it. */
export function copyText(page: Page): string {
  const fragment = cutOut(page.documents.getState().document, chosenNodes(page))
  return fragment.nodes.length === 0
    ? ''
    : JSON.stringify({ format: 'unrack-fragment', version: 1, ...fragment }, null, 2)
}

/** Reads a piece of a topology; null when a text is none. */
export function readFragment(text: string): Fragment | null {
  let value: Json
  try {
    // What JSON.parse gives is JSON.
    value = JSON.parse(text) as Json
  } catch {
    return null
  }
  if (!isObject(value) || value.format !== 'unrack-fragment') return null
  const list = (key: string): readonly JsonObject[] => objectsAt(value, [key])
  return { nodes: list('nodes'), links: list('links') }
}

export function pasteChosen(page: Page, fragment: Fragment, step: string): void {
  const { document, ids } = pasteFragment(page.documents.getState().document, fragment, { x: 2 * GRID, y: 2 * GRID })
  if (ids.length === 0) return
  page.editor.apply(step, document)
  const added = ids.map((id) => ({ type: 'node', id }) as const)
  page.view.setState({ selection: added[0] ?? null, group: added.length > 1 ? added : [], focused: added[0] ?? null })
  announce(page.view, `${ids.join(', ')} added.`)
}
