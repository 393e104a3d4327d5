import { expect, test } from 'vitest'
import { appendAt, freeId, getAt, moveAt, parsePath, pathText, setAt } from '../../../src/app/document-path'

const document = { topology: { links: [{ id: 'a' }, { id: 'b' }] } }

test('a path is written as the command line writes it, and read back', () => {
  const path = ['topology', 'links', 1, 'to'] as const
  expect(pathText(path)).toBe('topology.links[1].to')
  expect(parsePath('topology.links[1].to')).toEqual(path)
})

test('setting a value leaves the document before as it was', () => {
  const next = setAt(document, ['topology', 'links', 0, 'to'], 'tor')
  expect(getAt(next, ['topology', 'links', 0])).toEqual({ id: 'a', to: 'tor' })
  expect(document.topology.links[0]).toEqual({ id: 'a' })
})

test('undefined takes a field or an element away', () => {
  expect(setAt(document, ['topology', 'links', 0], undefined)).toEqual({ topology: { links: [{ id: 'b' }] } })
  expect(setAt({ a: 1, b: 2 }, ['a'], undefined)).toEqual({ b: 2 })
})

test('missing parents are made', () => {
  expect(setAt({}, ['policies', 'migration', 'use'], 'never')).toEqual({ policies: { migration: { use: 'never' } } })
  expect(appendAt({}, ['faults'], { effect: 'down' })).toEqual({ faults: [{ effect: 'down' }] })
})

test('names of the prototype are not fields of a document', () => {
  expect(getAt({}, ['constructor'])).toBeUndefined()
})

test('an element moves to another position, and nowhere beyond the ends', () => {
  expect(getAt(moveAt(document, ['topology', 'links'], 0, 1), ['topology', 'links'])).toEqual([
    { id: 'b' },
    { id: 'a' },
  ])
  expect(moveAt(document, ['topology', 'links'], 1, 2)).toBe(document)
})

test('a free id is the wish itself or the least number behind it', () => {
  expect(freeId('cpu', [])).toBe('cpu')
  expect(freeId('cpu', ['cpu', 'cpu2'])).toBe('cpu3')
})
