import { createCodeConsent } from '../../src/app/code-consent'
import { createCommandRegistry } from '../../src/app/commands/registry'
import { createEditor } from '../../src/app/editor'
import type { Page } from '../../src/app/page'
import { createRunSession } from '../../src/app/run-session'
import { createSimulationClient } from '../../src/client/simulation-client'
import { checkDocument } from '../../src/scenario/read-scenario'
import { catalog } from '../../src/simulator/catalog'
import { createBranchStore } from '../../src/stores/branch-store'
import { createCatalogStore } from '../../src/stores/catalog-store'
import { createDocumentStore } from '../../src/stores/document-store'
import { createViewStore } from '../../src/stores/view-store'
import type { ScenarioDocument } from '../../src/scenario/scenario'

/** A page without a screen or a worker: stores, editor and commands are real. */
export function fakePage(document?: ScenarioDocument): Page {
  const documents = createDocumentStore(document)
  const known = createCatalogStore()
  known.setState({ catalog })
  const client = createSimulationClient(() => {
    throw new Error('there is no worker in this test')
  })
  const now = () => 0
  return {
    documents,
    view: createViewStore(),
    catalog: known,
    session: createRunSession({ client, now, isCalm: () => true }),
    editor: createEditor({ documents, catalog: known, check: checkDocument, now }),
    commands: createCommandRegistry(now, false),
    derive: () => Promise.reject(new Error('there is no worker in this test')),
    validation: () => Promise.reject(new Error('there is no worker in this test')),
    branches: createBranchStore(),
    branch: () => Promise.reject(new Error('there is no worker in this test')),
    consent: createCodeConsent(() => false, { read: () => [], write: () => undefined }),
    isMac: false,
  }
}
