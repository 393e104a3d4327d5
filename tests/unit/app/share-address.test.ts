import { expect, test } from 'vitest'
import { keepAddress } from '../../../src/app/share-address'
import { createBranchStore } from '../../../src/stores/branch-store'
import { createDocumentStore } from '../../../src/stores/document-store'
import { createFileStore } from '../../../src/stores/file-store'
import { createPlaybackStore } from '../../../src/stores/playback-store'
import { createViewStore } from '../../../src/stores/view-store'

/** A page whose links are `#/view?v=1&s=name`; `pass` lets a second pass. */
function page(parameterOf: (name: string) => string = (name) => name) {
  const [documents, view, playback, files] = [
    createDocumentStore(),
    createViewStore(),
    createPlaybackStore(),
    createFileStore(),
  ]
  const history: string[] = []
  const saves: number[] = []
  const opened: string[] = []
  const waiting: (() => void)[] = []
  let fragment = ''
  let isOurs = false
  let onChange: () => void = () => undefined
  const name = (): string => parameterOf(JSON.stringify(documents.getState().document['name']).slice(1, -1))
  keepAddress({
    files,
    documents,
    view,
    paintTheme: () => undefined,
    playback,
    branches: createBranchStore(),
    links: {
      parameter: () => Promise.resolve(name()),
      unsigned: () => {
        const { view: shown, caseId } = view.getState()
        return Promise.resolve(`#/${shown}?v=1&s=${name()}${caseId === null ? '' : `&case=${caseId}`}`)
      },
    },
    bar: {
      fragment: () => fragment,
      isOurs: () => isOurs,
      replace: (next) => {
        fragment = next
        history.push(`replace ${next}`)
      },
      push: (next) => {
        fragment = next
        history.push(`push ${next}`)
      },
      onChange: (listener) => {
        onChange = listener
      },
    },
    open: (link) => opened.push(link),
    save: () => {
      saves.push(history.length)
      return Promise.resolve()
    },
    later: (callback) => {
      waiting.push(callback)
      return () => undefined
    },
  })
  const pass = async (): Promise<void> => {
    for (const callback of waiting.splice(0)) callback()
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  const type = (text: string, ours = false): void => {
    fragment = text
    isOurs = ours
    onChange()
  }
  return { documents, view, playback, history, saves, opened, waiting, pass, type }
}

test('the address follows the document, once a second at most', async () => {
  const { documents, history, saves, waiting, pass } = page()
  await pass()
  for (const name of ['a', 'b', 'c']) documents.setState({ document: { name } })
  expect(waiting).toHaveLength(1)
  await pass()
  expect(history).toEqual(['replace #/build?v=1&s=Untitled rack', 'replace #/build?v=1&s=c'])
  expect(saves, 'what the address promises is saved before').toEqual([0, 1])
})

test('what is edited while a link is made comes into the address once it is saved', async () => {
  const { documents, history, saves, waiting, pass } = page()
  await pass()
  documents.setState({ document: { name: 'a' } })
  for (const callback of waiting.splice(0)) callback()
  documents.setState({ document: { name: 'b' } })
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(history).toHaveLength(1)
  await pass()
  expect(history.at(-1)).toBe('replace #/build?v=1&s=b')
  expect(saves).toEqual([0, 1, 1])
})

test('another view is a step in the history, so that Back leads to the one before', async () => {
  const { view, history, opened, pass, type } = page()
  await pass()
  view.setState({ view: 'run' })
  await pass()
  expect(history.at(-1)).toBe('push #/run?v=1&s=Untitled rack')
  type('#/build?v=1&s=Untitled rack', true)
  expect(view.getState().view).toBe('build')
  expect(opened).toEqual([])
})

test('a case is a step in the history too, and the next case is none: Back leads to the list', async () => {
  const { view, history, pass, type } = page()
  view.setState({ view: 'validation' })
  await pass()
  view.setState({ caseId: 'B2' })
  await pass()
  view.setState({ caseId: 'B3' })
  await pass()
  expect(history.map((entry) => entry.replace(/#.*case=/, ''))).toEqual([
    expect.stringContaining('push #/validation'),
    'push B2',
    'replace B3',
  ])
  type('#/validation?v=1', true)
  expect(view.getState()).toMatchObject({ view: 'validation', caseId: null })
  await pass()
  expect(history.at(-1)).toBe('replace #/validation?v=1&s=Untitled rack')
})

test('going back never takes edits back', async () => {
  const { documents, view, history, opened, pass, type } = page()
  await pass()
  view.setState({ view: 'run' })
  await pass()
  documents.setState({ document: { name: 'edited' } })
  await pass()
  type('#/build?v=1&s=Untitled rack', true)
  await pass()
  expect(opened).toEqual([])
  expect(documents.getState().document).toEqual({ name: 'edited' })
  expect(history.at(-1)).toBe('replace #/build?v=1&s=edited')
})

test('a link typed into the address bar is opened', async () => {
  const { opened, pass, type } = page()
  await pass()
  type('#/run?v=1&s=other')
  expect(opened).toEqual(['#/run?v=1&s=other'])
})

test('an address without a scenario shows its view, and soon holds the link again', async () => {
  const { view, opened, history, pass, type } = page()
  await pass()
  type('#/run')
  expect(view.getState().view).toBe('run')
  expect(opened).toEqual([])
  await pass()
  expect(history.at(-1)).toBe('replace #/run?v=1&s=Untitled rack')
})

test('while it plays the address rests', async () => {
  const { playback, waiting, pass } = page()
  await pass()
  playback.setState({ playing: true })
  playback.setState({ playheadPs: 5 })
  expect(waiting).toHaveLength(0)
  playback.setState({ playing: false })
  expect(waiting).toHaveLength(1)
})

test('a scenario too long for a link leaves the address without one', async () => {
  const { history, pass } = page(() => 'x'.repeat(9000))
  await pass()
  expect(history).toEqual(['replace #/build?v=1'])
})
