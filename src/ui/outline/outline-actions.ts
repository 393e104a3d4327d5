import { setAt } from '../../app/document-path'
import {
  addFault,
  addOperation,
  addOrder,
  addService,
  addSource,
  listLength,
  removeOperation,
  removeService,
  removeSource,
} from '../../app/edit-application'
import { renameLink, renameNode, renameOperation, renameRack, renameService, renameSource } from '../../app/edit-names'
import { removeLinks, removeNodes, removeRack } from '../../app/edit-topology'
import { announce } from '../../app/page'
import type { Page } from '../../app/page'
import type { ScenarioDocument } from '../../scenario/scenario'
import type { Selection } from '../../stores/view-store'

function addThing(page: Page, step: string, document: ScenarioDocument, selection: Selection): void {
  page.editor.apply(step, document)
  page.view.setState({ selection, group: [] })
  announce(page.view, `${step.replace(/^add /, '')} ${selection.id} added.`)
}

const current = (page: Page): ScenarioDocument => page.documents.getState().document

export function newService(page: Page): void {
  const { document, id } = addService(current(page))
  addThing(page, 'add service', document, { type: 'service', id })
}

export function newOperation(page: Page, service: string): void {
  const { document, id } = addOperation(current(page), service)
  addThing(page, 'add operation', document, { type: 'operation', id })
}

export function newSource(page: Page): void {
  const { document, id } = addSource(current(page))
  addThing(page, 'add source', document, { type: 'source', id })
}

export function newOrder(page: Page): void {
  const document = addOrder(current(page))
  addThing(page, 'add order', document, { type: 'order', id: String(listLength(document, ['policies', 'orders']) - 1) })
}

export function newFault(page: Page): void {
  const document = addFault(current(page))
  addThing(page, 'add fault', document, { type: 'fault', id: String(listLength(document, ['faults']) - 1) })
}

/** Deletes one thing of the document, whatever it is. */
export function removeThing(page: Page, { type, id }: Selection): void {
  const document = current(page)
  const next = without(document, type, id)
  if (next === document) return
  page.editor.apply(`delete ${id}`, next)
  page.view.setState({ selection: null, group: [] })
  announce(page.view, `${id} deleted.`)
}

function without(document: ScenarioDocument, type: Selection['type'], id: string): ScenarioDocument {
  if (type === 'node') return removeNodes(document, [id])
  if (type === 'link') return removeLinks(document, [id])
  if (type === 'rack') return removeRack(document, id)
  if (type === 'service') return removeService(document, id)
  if (type === 'operation') return removeOperation(document, id)
  if (type === 'source') return removeSource(document, id)
  if (type === 'order') return setAt(document, ['policies', 'orders', Number(id)], undefined)
  return type === 'fault' ? setAt(document, ['faults', Number(id)], undefined) : document
}

/** Gives one thing another id; everything that names it follows. */
export function renameThing(page: Page, { type, id }: Selection, to: string): void {
  const document = current(page)
  const rename = {
    node: renameNode,
    link: renameLink,
    rack: renameRack,
    service: renameService,
    operation: renameOperation,
    source: renameSource,
  }
  if (!(type in rename)) return
  const next = rename[type as keyof typeof rename](document, id, to)
  page.editor.apply(`rename ${id} to ${to}`, next)
  const name = type === 'operation' ? `${id.split('.')[0] ?? ''}.${to}` : to
  page.view.setState({ selection: { type, id: name } })
  announce(page.view, `${id} is now ${to}.`)
}
