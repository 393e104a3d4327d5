import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createEditor } from '../../../src/app/editor'
import { createOpener } from '../../../src/app/open-inputs'
import { createSaver } from '../../../src/app/save-document'
import { problemText } from '../../../src/scenario/problems'
import { checkDocument, readScenario } from '../../../src/scenario/read-scenario'
import { catalog } from '../../../src/simulator/catalog'
import { createCatalogStore } from '../../../src/stores/catalog-store'
import { createDocumentStore } from '../../../src/stores/document-store'
import { createFileStore } from '../../../src/stores/file-store'
import { createViewStore } from '../../../src/stores/view-store'
import { brokenLinks, deflatedParameter, smallScenarioText } from '../../support/links/link-samples'
import { memoryStorage } from '../../support/memory-storage'

function page() {
  const [files, documents, catalogs, view] = [
    createFileStore(),
    createDocumentStore(),
    createCatalogStore(),
    createViewStore(),
  ]
  catalogs.setState({ catalog })
  const editor = createEditor({ documents, catalog: catalogs, check: checkDocument, now: () => 0 })
  const painted: string[] = []
  const storage = memoryStorage()
  const saver = createSaver({ files, documents, storage, later: () => () => undefined })
  const fetchText = (path: string) =>
    path === 'scenarios/index.json'
      ? Promise.resolve('[{"file":"a.json","title":"A","question":"?","summary":"."},{"file":1}]')
      : Promise.resolve(smallScenarioText)
  const opener = createOpener({
    paintTheme: (theme) => painted.push(theme),
    files,
    documents,
    catalog: catalogs,
    editor,
    view,
    storage,
    saver,
    fetchText,
    read: readScenario,
  })
  return { opener, saver, files, documents, view, storage, painted, start: documents.getState().document }
}

const small: unknown = JSON.parse(smallScenarioText)
const trace = (id: string): string =>
  JSON.stringify([
    {
      traceID: id,
      spans: [
        {
          traceID: id,
          spanID: '1',
          operationName: 'get',
          references: [],
          startTime: 1,
          duration: 250,
          tags: [],
          processID: 'p',
        },
      ],
      processes: { p: { serviceName: 'shop' } },
    },
  ])

test('a scenario file is opened', async () => {
  const { opener, documents, files } = page()
  await opener.files([new File([smallScenarioText], 'small.json')])
  expect(documents.getState().document).toEqual(small)
  expect(files.getState()).toMatchObject({ dialog: 'none', origin: 'file', reading: '', refusal: null })
})

test('so is one that is packed by gzip', async () => {
  const { opener, documents } = page()
  await opener.files([new File([new Uint8Array(gzipSync(smallScenarioText))], 'small.json.gz')])
  expect(documents.getState().document).toEqual(small)
})

test('a broken file is told with the same lines as on the command line, and the document stays', async () => {
  const { opener, documents, files, start } = page()
  const broken = smallScenarioText.replace('worker.work', 'nobody.work')
  await opener.files([new File([broken], 'broken.json')])
  const lines = readScenario(broken, catalog).problems.map(problemText)
  expect(lines.length).toBeGreaterThan(0)
  expect(files.getState()).toMatchObject({ dialog: 'open', refusal: { name: 'broken.json', lines } })
  expect(documents.getState().document).toBe(start)
})

test('bytes that are no text are told apart from bad JSON', async () => {
  const { opener, files } = page()
  await opener.files([new File([Uint8Array.of(0xff, 0xfe, 0x00)], 'photo.json')])
  expect(files.getState().refusal?.lines[0]).toContain('photo.json: found bytes that are no text')
})

test('a folder without JSON is told', async () => {
  const { opener, files } = page()
  await opener.files([new File(['a'], 'a.txt'), new File(['b'], 'b.txt')])
  expect(files.getState().refusal?.lines).toEqual(['found no .json or .json.gz files'])
})

test('traces of many files wait with their report until they are confirmed', async () => {
  const { opener, documents, files, start } = page()
  await opener.files([new File([trace('1')], '1.json'), new File([new Uint8Array(gzipSync(trace('2')))], '2.json.gz')])
  expect(files.getState()).toMatchObject({
    dialog: 'open',
    pendingImport: { name: '2 files', summary: expect.stringContaining('2 spans') as string },
  })
  expect(documents.getState().document).toBe(start)
  opener.confirmImport()
  expect(files.getState()).toMatchObject({ dialog: 'none', origin: 'import', pendingImport: null })
  expect(documents.getState()).toMatchObject({ problems: [] })
  expect(documents.getState().scenario).not.toBeNull()
})

test('a pasted link opens as an unsaved copy', async () => {
  const { opener, documents, files, view, storage, painted } = page()
  await opener.text(
    'the clipboard',
    `https://example.org/unrack/#/run?v=1&sel=node:cpu&theme=projector&s=${deflatedParameter(smallScenarioText)}`,
  )
  expect(documents.getState().document).toEqual(small)
  expect(files.getState()).toMatchObject({ origin: 'link', documentId: null })
  expect(view.getState()).toMatchObject({ view: 'run', selection: { type: 'node', id: 'cpu' } })
  expect(painted).toEqual(['projector'])
  expect(storage.documents.size).toBe(0)
})

test.each([
  ['damaged', 'This link is damaged'],
  ['truncated', 'The end of this link is missing'],
  ['tooNew', 'This link is from a newer unrack'],
  ['reserved', 'This link was refused'],
  ['bomb', 'This link was refused'],
  ['notAScenario', 'This link holds no scenario'],
] as const)('a link that is %s says so and leaves the document alone', async (name, title) => {
  const { opener, documents, files, start } = page()
  expect(await opener.link(brokenLinks[name])).toBeNull()
  expect(files.getState().notice).toMatchObject({ tone: 'problem', title, actions: ['gallery', 'open'] })
  expect(documents.getState().document).toBe(start)
})

test('a link with a broken scenario names the places', async () => {
  const { opener, files } = page()
  await opener.link(`#/build?s=${deflatedParameter(smallScenarioText.replace('worker.work', 'nobody.work'))}`)
  expect(files.getState().notice?.lines.join()).toContain('workload.sources[0].entry: ')
})

test('the gallery lists what is complete, and opens it', async () => {
  const { opener, documents } = page()
  const entries = await opener.gallery()
  expect(entries).toHaveLength(1)
  await opener.galleryEntry(entries[0])
  expect(documents.getState().document).toEqual(small)
})

test('an example that arrives late does not replace what was opened meanwhile', async () => {
  const { opener, documents } = page()
  const [entry] = await opener.gallery()
  const late = opener.galleryEntry(entry)
  opener.empty()
  await late
  expect(documents.getState().document).not.toEqual(small)
})

test('nor does a stored document that arrives late', async () => {
  const { opener, documents, storage } = page()
  await storage.save({ id: 'mine', name: 'saved', text: '{"name":"saved"}', revision: 0 })
  const late = opener.stored('mine')
  opener.empty()
  expect(await late).toBe(true)
  expect(documents.getState().document).not.toEqual({ name: 'saved' })
})

const unsaved = { revision: 1, text: '{"name":"edited last"}' }

test('what was edited after the last save goes before it, and is saved', async () => {
  const { opener, saver, documents, storage } = page()
  await storage.save({ id: 'mine', name: 'saved', text: '{"name":"saved"}', revision: 0 })
  expect(await opener.stored('mine', unsaved)).toBe(true)
  expect(documents.getState().document).toEqual({ name: 'edited last' })
  await saver.flush()
  expect(storage.documents.get('mine')).toMatchObject({ text: unsaved.text, revision: 2 })
})

test('but not before a later save, which holds it or comes from another tab', async () => {
  const { opener, documents, storage } = page()
  await storage.save({ id: 'mine', name: 'saved', text: '{"name":"saved"}', revision: 0 })
  await storage.save({ id: 'mine', name: 'later', text: '{"name":"later"}', revision: 1 })
  expect(await opener.stored('mine', unsaved)).toBe(true)
  expect(documents.getState().document).toEqual({ name: 'later' })
})

test('what was never saved is opened from what the tab remembers', async () => {
  const { opener, documents } = page()
  expect(await opener.stored('mine', { ...unsaved, revision: 0 })).toBe(true)
  expect(documents.getState().document).toEqual({ name: 'edited last' })
})
