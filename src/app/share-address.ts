import { MOST_KEPT_CHARACTERS, readAddress } from '../share'
import type { BranchStore } from '../stores/branch-store'
import type { DocumentStore } from '../stores/document-store'
import type { FileStore } from '../stores/file-store'
import type { PlaybackStore } from '../stores/playback-store'
import type { ViewStore } from '../stores/view-store'
import { showAddress, type AddressScreen } from './open-link'
import { rememberDocument } from './save-document'
import type { LinkMaker } from './share-link'

export interface AddressParts extends AddressScreen {
  readonly files: FileStore
  readonly documents: DocumentStore
  readonly playback: PlaybackStore
  readonly branches: BranchStore
  readonly links: Pick<LinkMaker, 'parameter' | 'unsigned'>
  readonly bar: AddressBar
  /** Opens a link that somebody put into the address bar. */
  readonly open: (fragment: string) => void
  /** Saves what is due: a reload finds what the address promises. */
  readonly save: () => Promise<void>
  readonly later: (callback: () => void, ms: number) => () => void
}

/** The browser's address bar and history, as far as they are used here. */
export interface AddressBar {
  /** From `#` on; '' where there is none. */
  readonly fragment: () => string
  readonly replace: (fragment: string) => void
  readonly push: (fragment: string) => void
  /** Whether the entry of the history that is shown was written by us. */
  readonly isOurs: () => boolean
  /** Somebody typed another fragment, or went back or forth. */
  readonly onChange: (listener: () => void) => void
}

/** Least time between two changes of the address, ms: browsers refuse more than some hundred a minute. */
const GAP_MS = 1000

/** Keeps a link to what is on the page in the address bar, so that it can be copied from there at any time. */
export function keepAddress(parts: AddressParts): void {
  const { files, documents, view, playback, branches, links, bar, open, later } = parts
  let written = bar.fragment()
  let writtenPlace = placeOf(view)
  let isDue = false

  async function write(): Promise<void> {
    isDue = false
    const { document } = documents.getState()
    await parts.save()
    const parameter = await links.parameter()
    const full = await links.unsigned()
    // What was edited meanwhile is due again: the address never shows what is not saved.
    if (documents.getState().document !== document) return
    const fragment = full.length <= MOST_KEPT_CHARACTERS ? full : (full.split('&s=')[0] ?? full)
    rememberDocument(files, full === fragment ? parameter : '')
    if (fragment === written) return
    const place = placeOf(view)
    const isOther = place !== writtenPlace
    written = fragment
    writtenPlace = place
    if (isOther) bar.push(fragment)
    else bar.replace(fragment)
  }

  function schedule(): void {
    if (isDue || playback.getState().playing) return
    isDue = true
    later(() => void write(), GAP_MS)
  }

  /** Going back and forth changes the view only: edits are taken back by Undo, not by the browser. */
  function onBarChange(): void {
    const fragment = bar.fragment()
    if (fragment === written) return
    written = fragment
    const read = readAddress(fragment)
    const isLink = read.kind === 'failure' || read.address.scenario !== null
    if (isLink && !bar.isOurs()) open(fragment)
    if (read.kind === 'failure' || (isLink && !bar.isOurs())) return
    showAddress(parts, read.address)
    writtenPlace = placeOf(view)
    schedule()
  }

  for (const store of [documents, view, playback, branches, files]) store.subscribe(schedule)
  bar.onChange(onBarChange)
  schedule()
}

/** What Back leads away from: a view, or within Validation a case. */
function placeOf(view: ViewStore): string {
  const { view: name, caseId } = view.getState()
  return name === 'validation' && caseId !== null ? 'case' : name
}

/** The address bar of this window. */
export function windowAddressBar(): AddressBar {
  return {
    fragment: () => location.hash,
    replace: (fragment) => history.replaceState({ unrack: true }, '', fragment),
    push: (fragment) => history.pushState({ unrack: true }, '', fragment),
    isOurs: () => isOwnState(history.state),
    onChange: (listener) => {
      addEventListener('hashchange', listener)
      addEventListener('popstate', listener)
    },
  }
}

function isOwnState(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'unrack' in state
}
