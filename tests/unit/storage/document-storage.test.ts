import { expect, test, vi } from 'vitest'
import { createDocumentStorage, storageFailureText } from '../../../src/storage'
import type { DocumentDatabase } from '../../../src/storage/document-database'

const draft = { id: 'a', name: 'A', text: '{}', revision: 0 }

function failing(name: string): () => Promise<DocumentDatabase> {
  return () => Promise.reject(Object.assign(new Error('no'), { name }))
}

test('blocked storage answers every access, and throws at none', async () => {
  const storage = createDocumentStorage({ open: failing('SecurityError') })
  const blocked = { kind: 'blocked' }
  expect(await storage.save(draft)).toEqual(blocked)
  expect(await storage.keepVersion('a', 'name', '{}')).toEqual(blocked)
  expect(await storage.read('a')).toEqual(blocked)
  expect(await storage.list()).toEqual(blocked)
  expect(await storage.versions('a')).toEqual(blocked)
  expect(await storage.remove('a')).toEqual(blocked)
})

test('a browser without IndexedDB is blocked storage', async () => {
  expect(await createDocumentStorage().list()).toEqual({ kind: 'blocked' })
})

test('full storage is told apart', async () => {
  expect(await createDocumentStorage({ open: failing('QuotaExceededError') }).save(draft)).toEqual({ kind: 'full' })
})

test('nothing is opened before the first access, and a failed opening is tried again', async () => {
  const open = vi.fn(failing('UnknownError'))
  const storage = createDocumentStorage({ open })
  expect(open).not.toHaveBeenCalled()
  await storage.list()
  await storage.list()
  expect(open).toHaveBeenCalledTimes(2)
})

test('each failure has its own words', () => {
  expect(storageFailureText('blocked')).toBe(
    'This page may not store anything here; your changes last until you close it.',
  )
  expect(storageFailureText('full')).toContain('Could not save')
})
