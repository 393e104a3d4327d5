import { readScenario } from '../scenario/read-scenario'
import type { Scenario } from '../scenario/scenario'
import { readAddress, type LinkAddress, type LinkTheme } from '../share'
import { createDocumentStorage, type DocumentStorage } from '../storage'
import { createFileStore, type FileStore } from '../stores/file-store'
import { fileCommands } from './commands/file-commands'
import type { CarriedCode } from './code-consent'
import { createFileActions, type CodeActions, type FileActions } from './file-actions'
import { openAtStart } from './open-at-start'
import type { FetchText } from './open-gallery'
import { createOpener } from './open-inputs'
import type { Page } from './page'
import { createSaver, rememberDocument, type Saver } from './save-document'
import { keepAddress, windowAddressBar } from './share-address'
import { createLinkMaker } from './share-link'

export interface FileSessionParts {
  readonly page: Pick<
    Page,
    'documents' | 'view' | 'catalog' | 'editor' | 'session' | 'commands' | 'consent' | 'branch' | 'branches'
  >
  /** Runs the document that is open. */
  readonly run: () => void
  readonly storage?: DocumentStorage
  readonly fetchText?: FetchText
}

export interface FileSession {
  readonly actions: FileActions
  /** Brings the first document to the page and from then on keeps it, and its link in the address bar. */
  readonly start: () => Promise<void>
}

/** Files, links and storage of one page, tied together. */
export function createFileSession(parts: FileSessionParts): FileSession {
  const { page, storage = createDocumentStorage(), fetchText = fetchPageText } = parts
  const { documents, view, catalog, editor, session } = page
  const { runStore: runs, playbackStore: playback } = session
  const files = createFileStore()
  const saver = createSaver({ files, documents, storage, later })
  const opener = createOpener({
    ...{ files, documents, catalog, editor, view, paintTheme, storage, saver, fetchText },
    read: readScenario,
  })
  const { branches } = page
  const links = createLinkMaker({ documents, catalog, view, runs, playback, branches })
  const actions = createFileActions({
    ...{ files, documents, catalog, editor, runs, branches, opener, links, saver, storage },
    read: readScenario,
    pageAddress: () => location.origin + location.pathname,
    persist: askToPersist,
    code: codeActions(),
  })

  page.commands.register(fileCommands(actions))
  page.consent.onAsk(() => {
    files.setState({ dialog: 'code' })
  })

  /** A branch of a link whose code nobody has let run yet. */
  let waitingBranch: { readonly changed: Scenario; readonly run: () => void } | null = null

  function codeActions(): CodeActions {
    const carried = (scenario: Scenario | null): readonly CarriedCode[] =>
      scenario === null ? [] : page.consent.unaccepted(scenario)
    const ofDocument = (): readonly CarriedCode[] => carried(documents.getState().scenario)
    const ofBranch = (): readonly CarriedCode[] => carried(waitingBranch?.changed ?? null)
    return {
      waiting: () => (ofDocument().length > 0 ? ofDocument() : ofBranch()),
      run: () => {
        const isOfDocument = ofDocument().length > 0
        page.consent.accept(isOfDocument ? ofDocument() : ofBranch())
        files.setState({ dialog: 'none' })
        if (isOfDocument) parts.run()
        else {
          const branch = waitingBranch
          waitingBranch = null
          branch?.run()
        }
      },
    }
  }

  function open(fragment: string): void {
    void opener.link(fragment).then((address) => {
      if (address !== null) followAddress(address)
    })
  }

  /** What an address says about the run can only be shown once it has run. */
  function followAddress(address: LinkAddress): void {
    const { opened } = documents.getState()
    waitingBranch = null
    const stop = runs.subscribe((run) => {
      if (documents.getState().opened !== opened) stop()
      else if (run.status === 'done') {
        stop()
        if (address.momentPs !== null) session.playback.seek(address.momentPs)
        if (address.check !== null || address.branch !== null) void followRun(address)
      }
    })
  }

  /** What comes of a link once its run is done; loaded when it is needed. */
  async function followRun(address: LinkAddress): Promise<void> {
    const { followLink } = await import('./follow-link')
    await followLink(address, {
      page,
      files,
      ask: (changed, run) => {
        waitingBranch = { changed, run }
        page.consent.ask()
      },
    })
  }

  return {
    actions,
    start: async () => {
      saver.watch()
      saveWhenHidden({ saver, files })
      const { opened } = documents.getState()
      const address = await openAtStart({
        ...{ files, opener, storage, view, paintTheme },
        fragment: location.hash,
        isReload: isReload(),
        isOvertaken: () => documents.getState().opened !== opened,
      })
      rememberDocument(files, addressedScenario(location.hash), saver.unsaved())
      files.subscribe(({ documentId }, before) => {
        if (documentId !== before.documentId) rememberDocument(files, '')
      })
      if (address !== null) followAddress(address)
      const save = (): Promise<void> => saver.flush()
      keepAddress({
        files,
        documents,
        view,
        paintTheme,
        playback,
        branches,
        links,
        bar: windowAddressBar(),
        open,
        save,
        later,
      })
    },
  }
}

/** A page that goes may not live until its save has ended: what may be lost is left to the tab. */
function saveWhenHidden({ saver, files }: { readonly saver: Saver; readonly files: FileStore }): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void saver.flush()
  })
  addEventListener('pagehide', () => {
    const unsaved = saver.unsaved()
    if (unsaved !== null) rememberDocument(files, addressedScenario(location.hash), unsaved)
    void saver.flush()
  })
}

/** The scenario in an address; '' where there is none. */
function addressedScenario(fragment: string): string {
  const read = readAddress(fragment)
  return read.kind === 'address' ? (read.address.scenario ?? '') : ''
}

function isReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation')
  return navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload'
}

/** Lasts until a theme is chosen, or the page is closed. */
function paintTheme(theme: LinkTheme): void {
  document.documentElement.dataset['theme'] = theme
}

/** A file of this page, by its path beside it. */
async function fetchPageText(path: string): Promise<string> {
  const answer = await fetch(new URL(path, document.baseURI))
  if (!answer.ok) throw new Error(`cannot fetch ${path}: ${answer.status} ${answer.statusText}`.trim())
  return answer.text()
}

function askToPersist(): void {
  // Browsers may refuse, or not know the question; saving works all the same.
  if ('storage' in navigator) void navigator.storage.persist().catch(() => undefined)
}

function later(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms)
  return () => {
    clearTimeout(timer)
  }
}
