import { expect, test } from 'vitest'
import { createEditor } from '../../../src/app/editor'
import { catalog } from '../../../src/simulator/catalog'
import { checkDocument } from '../../../src/scenario/read-scenario'
import { createCatalogStore } from '../../../src/stores/catalog-store'
import { createDocumentStore, emptyDocument } from '../../../src/stores/document-store'

function setUp() {
  const documents = createDocumentStore()
  const store = createCatalogStore()
  let time = 0
  const editor = createEditor({ documents, catalog: store, check: checkDocument, now: () => time })
  return {
    documents,
    store,
    editor,
    wait: (ms: number) => {
      time += ms
    },
  }
}

test('undo and redo say which step they take', () => {
  const { documents, editor } = setUp()
  editor.apply('rename it', { ...emptyDocument, name: 'a' })
  expect(editor.undo()).toBe('rename it')
  expect(documents.getState().document).toBe(emptyDocument)
  expect(editor.redo()).toBe('rename it')
  expect(documents.getState().document['name']).toBe('a')
  expect(editor.redo()).toBe('')
})

test('quick edits of one field are one step, slow ones are two', () => {
  const { documents, editor, wait } = setUp()
  editor.apply('change cores', { ...emptyDocument, name: '1' }, 'cores')
  wait(200)
  editor.apply('change cores', { ...emptyDocument, name: '12' }, 'cores')
  expect(documents.getState().past).toHaveLength(1)
  wait(5000)
  editor.apply('change cores', { ...emptyDocument, name: '128' }, 'cores')
  expect(documents.getState().past).toHaveLength(2)
  editor.undo()
  editor.undo()
  expect(documents.getState().document).toBe(emptyDocument)
})

test('a new step after an undo forgets what was undone', () => {
  const { documents, editor } = setUp()
  editor.apply('one', { ...emptyDocument, name: '1' })
  editor.undo()
  editor.apply('two', { ...emptyDocument, name: '2' })
  expect(documents.getState().future).toHaveLength(0)
})

test('the document is checked as soon as the catalog is there, and after every edit', () => {
  const { documents, store, editor } = setUp()
  expect(documents.getState().scenario).toBeNull()
  store.setState({ catalog })
  expect(documents.getState().scenario).not.toBeNull()
  editor.apply('break it', { ...emptyDocument, topology: { nodes: [{ id: 'x', kind: 'toaster' }], links: [] } })
  expect(documents.getState().scenario).toBeNull()
  expect(documents.getState().problems.map((problem) => problem.path)).toContain('topology.nodes[0].kind')
  editor.undo()
  expect(documents.getState().problems.filter((problem) => problem.severity === 'error')).toEqual([])
})
