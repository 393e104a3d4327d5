import { expect, test } from 'vitest'
import { createEditor } from '../../../src/app/editor'
import { openDocument, putBack } from '../../../src/app/open-document'
import { createSaver } from '../../../src/app/save-document'
import { readScenario, checkDocument } from '../../../src/scenario/read-scenario'
import type { DocumentStorage } from '../../../src/storage'
import { createCatalogStore } from '../../../src/stores/catalog-store'
import { createDocumentStore, emptyDocument } from '../../../src/stores/document-store'
import { createFileStore } from '../../../src/stores/file-store'
import { memoryStorage } from '../../support/memory-storage'

/** A page with nothing but documents; `pass` lets the pause after editing pass. */
function page(storage: DocumentStorage = memoryStorage()) {
  const [files, documents, catalog] = [createFileStore(), createDocumentStore(), createCatalogStore()]
  const editor = createEditor({ documents, catalog, check: checkDocument, now: () => 0 })
  const waiting = new Set<() => void>()
  const later = (callback: () => void) => {
    waiting.add(callback)
    return () => waiting.delete(callback)
  }
  const saver = createSaver({ files, documents, storage, later })
  saver.watch()
  const pass = async (): Promise<void> => {
    for (const callback of [...waiting]) callback()
    waiting.clear()
    await saver.flush()
  }
  return {
    files,
    documents,
    editor,
    saver,
    storage,
    pass,
    parts: { files, documents, catalog, editor, read: readScenario },
  }
}

const named = (name: string) => ({ ...emptyDocument, name })

test('a document that was only opened is not stored', async () => {
  const { parts, pass, storage } = page()
  openDocument(parts, { document: named('from a link'), origin: 'link' })
  await pass()
  expect(await storage.list()).toEqual({ kind: 'ok', value: [] })
})

test('with its first edit it becomes a document of this browser, and the page says when it was saved', async () => {
  const { parts, files, documents, editor, pass } = page(memoryStorage(() => 1234))
  openDocument(parts, { document: named('from a link'), origin: 'link' })
  editor.apply('rename', named('mine'))
  expect(files.getState().saving).toBe('waiting')
  await pass()
  expect(files.getState()).toMatchObject({ saving: 'clean', notice: null })
  expect(documents.getState().savedAt).toBe(1234)
})

test('many edits in a row are one save', async () => {
  const storage = memoryStorage()
  const { editor, pass } = page(storage)
  for (const name of ['a', 'b', 'c']) editor.apply('rename', named(name))
  await pass()
  expect([...storage.documents.values()]).toMatchObject([{ name: 'c', revision: 1 }])
})

test('opening another document saves the edited one first, and it can be put back as it was left', async () => {
  const storage = memoryStorage()
  const { parts, files, documents, editor, pass } = page(storage)
  editor.apply('rename', named('edited'))
  openDocument(parts, { document: named('from a link'), origin: 'link' })
  await pass()
  expect([...storage.documents.values()].map((each) => each.name)).toEqual(['edited'])
  expect(files.getState().notice?.actions).toEqual(['put-back'])
  putBack(parts)
  expect(documents.getState().document).toEqual(named('edited'))
  editor.apply('rename', named('edited again'))
  await pass()
  expect([...storage.documents.values()]).toMatchObject([{ name: 'edited again', revision: 2 }])
})

test('a document that another tab saved meanwhile goes on as a copy, and both stay', async () => {
  const storage = memoryStorage()
  const { files, editor, pass } = page(storage)
  editor.apply('rename', named('ours'))
  await pass()
  const id = files.getState().documentId ?? ''
  await storage.save({ id, name: 'theirs', text: '{}', revision: 1 })
  editor.apply('rename', named('ours again'))
  await pass()
  expect([...storage.documents.values()].map((each) => each.name).sort()).toEqual(['ours again', 'theirs'])
  expect(files.getState().documentId).not.toBe(id)
  expect(files.getState().notice?.title).toBe('This document was edited in another tab too')
})

test('where nothing can be stored the page says so once and goes on', async () => {
  const blocked: DocumentStorage = { ...memoryStorage(), save: () => Promise.resolve({ kind: 'blocked' }) }
  const { files, documents, editor, pass } = page(blocked)
  editor.apply('rename', named('a'))
  await pass()
  expect(files.getState()).toMatchObject({
    saving: 'blocked',
    notice: {
      tone: 'problem',
      lines: ['This page may not store anything here; your changes last until you close it.'],
      actions: ['download'],
    },
  })
  files.setState({ notice: null })
  editor.apply('rename', named('b'))
  await pass()
  expect(files.getState().notice).toBeNull()
  expect(documents.getState().document).toEqual(named('b'))
})

test('a named version is kept of a document that was never edited', async () => {
  const { saver, files, storage } = page()
  expect(await saver.saveVersion('as it came')).toBe(true)
  expect(await storage.versions(files.getState().documentId ?? '')).toMatchObject({
    kind: 'ok',
    value: [{ name: 'as it came' }],
  })
})

test('what was edited counts as unsaved until its save has ended', async () => {
  const { parts, editor, saver, pass } = page()
  openDocument(parts, { document: named('from a link'), origin: 'link' })
  expect(saver.unsaved()).toBeNull()
  editor.apply('rename', named('mine'))
  expect(saver.unsaved()).toEqual({ revision: 0, text: JSON.stringify(named('mine')) })
  await pass()
  expect(saver.unsaved()).toBeNull()
  editor.apply('rename', named('mine again'))
  expect(saver.unsaved()).toMatchObject({ revision: 1 })
})
