import { expect, test } from 'vitest'
import { getAt, objectsAt } from '../../../src/app/document-path'
import {
  addLink,
  addNode,
  addRack,
  cutOut,
  moveNodes,
  pasteFragment,
  removeNodes,
  removeRack,
} from '../../../src/app/edit-topology'
import { emptyDocument } from '../../../src/stores/document-store'
import type { ScenarioDocument } from '../../../src/scenario/scenario'

const at = { x: 0, y: 0 }
function pair(): ScenarioDocument {
  const { document } = addNode(emptyDocument, 'cpu', at, 'r1')
  return addLink(addNode(document, 'switch', at, 'r1').document, 'cpu', 'tor').document
}

test('pools get the names that the field uses, and numbers when those are taken', () => {
  const first = addNode(emptyDocument, 'memory', at, '')
  expect(first.id).toBe('mem')
  expect(addNode(first.document, 'memory', at, '').id).toBe('mem2')
})

test('a new link is like the newest link at one of its ends', () => {
  const document = addLink(pair(), 'cpu', 'tor').document
  expect(objectsAt(document, ['topology', 'links'])[0]).toMatchObject({ id: 'cpu-tor', protocol: 'cxl' })
  const rdma = {
    ...document,
    topology: { nodes: [], links: [{ id: 'a', from: 'x', to: 'tor', protocol: 'rdma', bandwidthGbps: 100 }] },
  }
  expect(objectsAt(addLink(rdma, 'cpu', 'tor').document, ['topology', 'links'])[1]).toMatchObject({
    id: 'cpu-tor',
    from: 'cpu',
    protocol: 'rdma',
    bandwidthGbps: 100,
  })
})

test('deleting a pool deletes the links at it', () => {
  const document = removeNodes(pair(), ['tor'])
  expect(objectsAt(document, ['topology', 'nodes'])).toHaveLength(1)
  expect(objectsAt(document, ['topology', 'links'])).toHaveLength(0)
})

test('a move writes whole numbers', () => {
  const document = moveNodes(pair(), new Map([['cpu', { x: 10.4, y: -3.6 }]]))
  expect(getAt(document, ['topology', 'nodes', 0, 'at'])).toEqual({ x: 10, y: -4 })
})

test('what is cut out can be pasted beside itself, with names and links of its own', () => {
  const { document, ids } = pasteFragment(pair(), cutOut(pair(), ['cpu', 'tor']), { x: 40, y: 40 })
  expect(ids).toEqual(['cpu2', 'tor2'])
  expect(objectsAt(document, ['topology', 'links'])[1]).toMatchObject({ from: 'cpu2', to: 'tor2' })
  expect(getAt(document, ['topology', 'nodes', 2, 'at'])).toEqual({ x: 40, y: 40 })
})

test('a rack takes pools in, and leaves them standing when it goes', () => {
  const { document, id } = addRack(pair(), ['cpu'])
  expect(getAt(document, ['topology', 'nodes', 0, 'rack'])).toBe(id)
  expect(getAt(removeRack(document, id), ['topology', 'nodes', 0])).not.toHaveProperty('rack')
})
