import { afterEach, expect, test, vi } from 'vitest'
import { openAtStart } from '../../../src/app/open-at-start'
import type { Opener } from '../../../src/app/open-inputs'
import { emptyAddress, type LinkAddress } from '../../../src/share'
import { createFileStore } from '../../../src/stores/file-store'
import { createViewStore } from '../../../src/stores/view-store'
import { memoryStorage } from '../../support/memory-storage'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** A start with what was asked of the opener, in order. */
function start(
  fragment: string,
  linkAnswer: LinkAddress | null = null,
  stored: readonly string[] = [],
  isReload = false,
  isOvertaken = () => false,
) {
  const asked: string[] = []
  const storage = memoryStorage()
  for (const id of stored) storage.documents.set(id, { id, name: id, text: '{}', savedAt: 1, revision: 1 })
  const files = createFileStore()
  const opener: Opener = {
    empty: () => asked.push('empty'),
    files: () => Promise.resolve(),
    text: () => Promise.resolve(),
    confirmImport: () => undefined,
    version: () => undefined,
    gallery: () => Promise.resolve([{ file: 'first.json', title: 'First', question: '', summary: '' }]),
    galleryEntry: (entry) => {
      asked.push(`gallery ${entry.file}`)
      files.setState({ notice: null })
      return Promise.resolve()
    },
    link: (text) => {
      asked.push(`link ${text}`)
      if (linkAnswer === null) files.setState({ notice: { tone: 'problem', title: 'no', lines: [], actions: [] } })
      return Promise.resolve(linkAnswer)
    },
    stored: (id, unsaved = null) => {
      asked.push(`stored ${id}${unsaved === null ? '' : ` or ${unsaved.text} from ${unsaved.revision}`}`)
      return Promise.resolve(storage.documents.has(id))
    },
  }
  const parts = { files, opener, storage, view: createViewStore(), paintTheme: () => undefined }
  const done = openAtStart({ ...parts, fragment, isReload, isOvertaken })
  return { asked, files, done }
}

function rememberTab(text: string): void {
  vi.stubGlobal('sessionStorage', { getItem: () => text })
}

test('what was opened before the first document is there is not replaced', async () => {
  const { asked, done } = start('', null, [], false, () => true)
  await done
  expect(asked).toEqual([])
})

test('the first visit begins with the first scenario of the gallery', async () => {
  const { asked, done } = start('')
  await done
  expect(asked).toEqual(['gallery first.json'])
})

test('a later visit begins with what was saved last', async () => {
  const { asked, done } = start('', null, ['mine'])
  await done
  expect(asked).toEqual(['stored mine'])
})

test('a link goes before what is stored', async () => {
  const address = { ...emptyAddress, scenario: 'd1.x.y' }
  const { asked, done } = start('#/run?s=d1.x.y', address, ['mine'])
  expect(await done).toBe(address)
  expect(asked).toEqual(['link #/run?s=d1.x.y'])
})

test('a link that cannot be opened leaves its reason standing over what is opened instead', async () => {
  const { asked, files, done } = start('#/run?s=d1.x')
  expect(await done).toBeNull()
  expect(asked).toEqual(['link #/run?s=d1.x', 'gallery first.json'])
  expect(files.getState().notice?.title).toBe('no')
})

test('a reload goes on with the document of this tab, not with its link', async () => {
  rememberTab('mine d1.x.y')
  const { asked, done } = start('#/run?s=d1.x.y', null, ['mine'])
  await done
  expect(asked).toEqual(['stored mine'])
})

test('a reload that began before the address was written goes on with the document, not with the run of the older address', async () => {
  rememberTab('mine d1.new.y')
  const { asked, done } = start('#/run?t=5ms&s=d1.x.y', emptyAddress, ['mine'], true)
  expect(await done).toBeNull()
  expect(asked).toEqual(['stored mine'])
})

test('the same address come to anew opens its link', async () => {
  rememberTab('mine d1.new.y')
  const { asked, done } = start('#/run?s=d1.x.y', emptyAddress, ['mine'])
  await done
  expect(asked).toEqual(['link #/run?s=d1.x.y'])
})

test('with what was not saved any more before it', async () => {
  rememberTab('mine d1.x.y 3 {"name": "two words"}')
  const { asked, done } = start('#/run?s=d1.x.y', null, ['mine'])
  await done
  expect(asked).toEqual(['stored mine or {"name": "two words"} from 3'])
})

test('another link in the same tab is no reload', async () => {
  rememberTab('mine d1.x.y')
  const { asked, done } = start('#/run?s=d1.other.z', emptyAddress, ['mine'])
  await done
  expect(asked).toEqual(['link #/run?s=d1.other.z'])
})
