import { problemText } from '../scenario/problems'
import {
  failureText,
  readAddress,
  readScenarioParameter,
  type LinkAddress,
  type LinkFailure,
  type LinkTheme,
} from '../share'
import type { FileNotice } from '../stores/file-store'
import type { ViewStore } from '../stores/view-store'
import { knownCatalog, openDocument, type OpenParts } from './open-document'
import { pageSelection } from './share-link'

export interface LinkOpenParts extends OpenParts {
  readonly view: ViewStore
  /** Shows a theme on this page only, without choosing it. */
  readonly paintTheme: (theme: LinkTheme) => void
}

/**
 * Opens a link as an unsaved copy: no stored document is touched.
 *
 * @returns the address that was opened; null where nothing was, and the page tells why
 */
export async function openLink(parts: LinkOpenParts, fragment: string): Promise<LinkAddress | null> {
  const read = readAddress(fragment)
  if (read.kind === 'failure') return refuseLink(parts, failureNotice(read.failure))
  const { address, notes } = read
  if (address.scenario === null)
    return refuseLink(parts, failureNotice({ kind: 'not-a-scenario', what: 'an address without a scenario' }))
  const content = await readScenarioParameter(address.scenario)
  if (content.kind === 'failure') return refuseLink(parts, failureNotice(content.failure))
  const { scenario, document, problems } = parts.read(content.text, await knownCatalog(parts.catalog))
  if (scenario === null || document === null) {
    return refuseLink(parts, {
      tone: 'problem',
      title: 'The scenario in this link has errors',
      lines: problems.filter((problem) => problem.severity === 'error').map(problemText),
      actions: ['gallery', 'open'],
    })
  }
  const notice: FileNotice = { tone: 'info', title: 'Part of this link was left out', lines: notes, actions: [] }
  openDocument(parts, { document, origin: 'link', ...(notes.length === 0 ? {} : { notice }) })
  showAddress(parts, address)
  return address
}

export type AddressScreen = Pick<LinkOpenParts, 'view' | 'paintTheme'>

/** Brings up what an address says about looking: view, selection and theme. */
export function showAddress({ view, paintTheme }: AddressScreen, address: LinkAddress): void {
  const selection = address.selection === null ? null : pageSelection(address.selection)
  view.setState({ view: address.view, selection, caseId: address.caseId })
  if (address.theme !== null) paintTheme(address.theme)
}

function refuseLink({ files }: OpenParts, notice: FileNotice): null {
  files.setState({ notice, reading: '' })
  return null
}

function failureNotice(failure: LinkFailure): FileNotice {
  const { title, advice } = failureText(failure)
  return { tone: 'problem', title, lines: [advice], actions: ['gallery', 'open'] }
}
