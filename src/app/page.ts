import type { Derived } from '../../workers/api'
import type { Scenario } from '../scenario/scenario'
import type { BranchStore } from '../stores/branch-store'
import type { CatalogStore } from '../stores/catalog-store'
import type { DocumentStore } from '../stores/document-store'
import type { ViewStore } from '../stores/view-store'
import type { BranchRuns } from './branch/branch-runs'
import type { CodeConsent } from './code-consent'
import type { CommandRegistry } from './commands/registry'
import type { Editor } from './editor'
import type { RunSession } from './run-session'
import type { ValidationSession } from './validation/validation-session'

/** Everything that the parts of the screen share; made once by the composition root. */
export interface Page {
  readonly documents: DocumentStore
  readonly view: ViewStore
  readonly catalog: CatalogStore
  readonly editor: Editor
  /** Running and looking at runs, with its stores. */
  readonly session: RunSession
  readonly commands: CommandRegistry
  /** Whose code may run. */
  readonly consent: CodeConsent
  /** What follows from a scenario without running it. */
  readonly derive: (scenario: Scenario) => Promise<Derived>
  /** The recorded validation and running its cases; loaded with the first call, the same afterwards. */
  readonly validation: () => Promise<ValidationSession>
  /** Going on from a moment of the run with something changed; loaded with the first call, the same afterwards. */
  readonly branch: () => Promise<BranchRuns>
  /** How far that is. */
  readonly branches: BranchStore
  readonly isMac: boolean
}

/** Says a sentence to readers of the live region. */
export function announce(view: ViewStore, text: string): void {
  view.setState((state) => ({ announcement: { text, number: state.announcement.number + 1 } }))
}
