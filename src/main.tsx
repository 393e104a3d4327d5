// Styles of features build on these, so they come first.
import './ui/styles/tokens.css'
import './ui/styles/app.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { lazyBranch } from './app/branch/lazy-branch'
import { createCodeConsent, type CarriedCode } from './app/code-consent'
import { createCommandRegistry } from './app/commands/registry'
import { runCommands } from './app/commands/run-commands'
import { createEditor } from './app/editor'
import { createFileSession } from './app/file-session'
import type { Page } from './app/page'
import { extendProbe, textHash } from './app/probe'
import { runDocument, runWhatIsOpened } from './app/run-document'
import { createRunSession } from './app/run-session'
import { lazyValidation } from './app/validation/lazy-validation'
import { createSimulationClient } from './client/simulation-client'
import { checkDocument } from './scenario/read-scenario'
import { createBranchStore } from './stores/branch-store'
import { createCatalogStore } from './stores/catalog-store'
import { createDocumentStore } from './stores/document-store'
import { createViewStore } from './stores/view-store'
import { DialogHost } from './ui/dialogs/DialogHost'
import { App } from './ui/shell/App'
import { shellCommands } from './ui/shell/shell-commands'

/** The composition root: makes the parts of the page and ties them together. */
const now = (): number => performance.now()
const isMac = navigator.userAgent.includes('Mac')
const isPhone = matchMedia('(max-width: 640px)').matches

const client = createSimulationClient()
const catalog = createCatalogStore()
const documents = createDocumentStore()
const branches = createBranchStore()
const view = createViewStore()
const session = createRunSession({ client, now, isCalm: () => matchMedia('(prefers-reduced-motion: reduce)').matches })
/** What a policy of one's own starts from. */
const isTemplate = ({ kind, code }: CarriedCode): boolean =>
  Object.entries(catalog.getState().catalog?.policies ?? {}).some(
    ([each, policies]) =>
      each === kind &&
      policies.some((policy) => policy.parameters.some(({ name, default: ours }) => name === 'code' && ours === code)),
  )

const page: Page = {
  documents,
  view,
  catalog,
  session,
  editor: createEditor({ documents, catalog, check: checkDocument, now }),
  commands: createCommandRegistry(now, isMac),
  consent: createCodeConsent(isTemplate),
  derive: client.derive,
  validation: lazyValidation(now),
  branch: lazyBranch(session, client, branches),
  branches,
  isMac,
}
const files = createFileSession({ page, run: () => runDocument(page, 'at-first-stop') })

async function learnCatalog(): Promise<void> {
  try {
    catalog.setState({ catalog: await client.catalog() })
  } catch (error) {
    catalog.setState({ message: error instanceof Error ? error.message : String(error) })
  }
}

/** How long a link to the document is, as the Build view's foot says it. */
async function linkWords(): Promise<string> {
  const { length } = await files.actions.link('scenario')
  return `Link: ${length.characters.toLocaleString('en-US')} of 2,000 characters, ${length.text}`
}

extendProbe({
  version: () => catalog.getState().catalog?.engineVersion ?? '',
  docHash: () => textHash(JSON.stringify(documents.getState().document)),
  document: () => documents.getState().document,
})
view.setState({ view: 'run', canEdit: !isPhone })
page.commands.register([...shellCommands(page, files.actions), ...runCommands(page)])
void learnCatalog()
void files.start()
runWhatIsOpened(page)

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id "root".')
createRoot(root).render(
  <StrictMode>
    <App page={page} linkWords={linkWords}>
      <DialogHost actions={files.actions} />
    </App>
  </StrictMode>,
)
