import { checkDocument } from '../../scenario/read-scenario'
import type { Scenario, ScenarioDocument } from '../../scenario/scenario'
import { createDocumentStore } from '../../stores/document-store'
import { createViewStore } from '../../stores/view-store'
import { createEditor } from '../editor'
import type { Page } from '../page'

/** A page whose document is the run's scenario: forms that stand in it change what B will be, and nothing else. */
export function draftPage(page: Page, scenario: Scenario): Page {
  const documents = createDocumentStore(scenario as unknown as ScenarioDocument)
  const { catalog } = page
  return {
    ...page,
    documents,
    view: createViewStore(),
    editor: createEditor({ documents, catalog, check: checkDocument, now: () => 0 }),
  }
}
