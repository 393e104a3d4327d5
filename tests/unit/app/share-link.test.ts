import { expect, test } from 'vitest'
import { createLinkMaker } from '../../../src/app/share-link'
import { digest } from '../../../src/formats/export'
import { compactDocument } from '../../../src/scenario/compact'
import { readAddress, readScenarioParameter, type LinkAddress } from '../../../src/share'
import { catalog } from '../../../src/simulator/catalog'
import type { RunShape } from '../../../src/simulator/display'
import { createBranchStore } from '../../../src/stores/branch-store'
import { createCatalogStore } from '../../../src/stores/catalog-store'
import { createDocumentStore, emptyDocument } from '../../../src/stores/document-store'
import { createPlaybackStore } from '../../../src/stores/playback-store'
import { createRunStore } from '../../../src/stores/run-store'
import { createViewStore } from '../../../src/stores/view-store'
import { sampleResult } from '../../support/export/sample-result'

const shape: RunShape = { devices: [], channels: [], instances: [], operations: [], endPs: 1e12, warmupPs: 0 }

function page() {
  const stores = {
    documents: createDocumentStore(),
    catalog: createCatalogStore(),
    view: createViewStore(),
    runs: createRunStore(),
    playback: createPlaybackStore(),
    branches: createBranchStore(),
  }
  stores.catalog.setState({ catalog })
  return { ...stores, links: createLinkMaker(stores) }
}

function address(fragment: string): LinkAddress {
  const read = readAddress(fragment)
  if (read.kind === 'failure') throw new Error(read.failure.kind)
  return read.address
}

test('a link holds the document without its defaults', async () => {
  const { links } = page()
  const content = await readScenarioParameter(address(await links.fragment('scenario')).scenario ?? '')
  expect(content).toMatchObject({ kind: 'content', document: compactDocument(emptyDocument, catalog) })
})

test('a link to the scenario says nothing about the moment; a link to the moment does', async () => {
  const { links, view, runs, playback } = page()
  view.setState({ view: 'run', selection: { type: 'device', id: 'cpu.2' } })
  runs.setState({ shape })
  playback.setState({ playheadPs: 412_310_000_000.4 })
  expect(address(await links.fragment('scenario'))).toMatchObject({ view: 'run', momentPs: null, selection: null })
  expect(address(await links.fragment('moment'))).toMatchObject({
    momentPs: 412_310_000_000,
    selection: { kind: 'dev', id: 'cpu.2' },
  })
})

test('what only has a place in a list is not put into a link', async () => {
  const { links, view } = page()
  view.setState({ selection: { type: 'order', id: '0' } })
  expect(address(await links.fragment('moment')).selection).toBeNull()
})

test('the digest is only claimed for the document that gave it', async () => {
  const { links, runs, documents } = page()
  const { document } = documents.getState()
  runs.setState({ status: 'done', result: sampleResult, document })
  const claim = { engine: catalog.engineVersion, check: digest(sampleResult).slice(0, 12) }
  expect(address(await links.fragment('scenario'))).toMatchObject(claim)
  expect(address(await links.unsigned())).toMatchObject({ engine: null, check: null })
  documents.setState({ document: { ...document, name: 'edited' } })
  expect(address(await links.fragment('scenario'))).toMatchObject({ engine: null, check: null })
})

test('the address bar holds the branch of the document, and claims nothing of it', async () => {
  const { links, runs, documents, branches } = page()
  const { document } = documents.getState()
  runs.setState({ status: 'done', result: sampleResult, document })
  const paired = { requests: 0, onlyA: 0, onlyB: 0, meanA: NaN, meanB: NaN, faster: 0, slower: 0 }
  branches.setState({
    result: {
      ...{ atPs: 3e11, a: sampleResult, b: sampleResult, differences: [], occupancy: [] },
      paired: { ...paired, ci95Low: NaN, ci95High: NaN },
    },
  })
  expect(address(await links.unsigned())).toMatchObject({ check: null, branch: { momentPs: 3e11, check: null } })
  documents.setState({ document: { ...document, name: 'edited' } })
  expect(address(await links.unsigned()).branch).toBeNull()
})
