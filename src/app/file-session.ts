import { readScenario } from '../scenario/read-scenario'
import type { LinkAddress, LinkTheme } from '../share'
import { createDocumentStorage, type DocumentStorage } from '../storage'
import { createFileStore, type FileStore } from '../stores/file-store'
import type { RunStore } from '../stores/run-store'
import { fileCommands } from './commands/file-commands'
import type { CarriedCode } from './code-consent'
import { createFileActions, type CodeActions, type FileActions } from './file-actions'
import { openAtStart } from './open-at-start'
import type { FetchText } from './open-gallery'
import { createOpener } from './open-inputs'
import type { Page } from './page'
import { createSaver, type Saver } from './save-document'
import { keepAddress, windowAddressBar } from './share-address'
import { checkOf, createLinkMaker } from './share-link'

export interface FileSessionParts {
  readonly page: Pick<Page, 'documents' | 'view' | 'catalog' | 'editor' | 'session' | 'commands' | 'consent'>
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
  const links = createLinkMaker({ documents, catalog, view, runs, playback })
  const actions = createFileActions({
    ...{ files, documents, catalog, editor, runs, opener, links, saver, storage },
    read: readScenario,
    pageAddress: () => location.origin + location.pathname,
    persist: askToPersist,
    code: codeActions(),
  })

  page.commands.register(fileCommands(actions))
  page.consent.onAsk(() => {
    files.setState({ dialog: 'code' })
  })

  function codeActions(): CodeActions {
    const waiting = (): readonly CarriedCode[] => {
      const { scenario } = documents.getState()
      return scenario === null ? [] : page.consent.unaccepted(scenario)
    }
    return {
      waiting,
      run: () => {
        page.consent.accept(waiting())
        files.setState({ dialog: 'none' })
        parts.run()
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
    const stop = runs.subscribe((run) => {
      if (documents.getState().opened !== opened) stop()
      else if (run.status === 'done') {
        stop()
        if (address.momentPs !== null) session.playback.seek(address.momentPs)
        void tellReproduction({ files, runs, address, engine: catalog.getState().catalog?.engineVersion ?? '' })
      }
    })
  }

  return {
    actions,
    start: async () => {
      saver.watch()
      flushWhenHidden(saver)
      const address = await openAtStart({ files, opener, storage, view, paintTheme, fragment: location.hash })
      if (address !== null) followAddress(address)
      const save = (): Promise<void> => saver.flush()
      keepAddress({ files, documents, view, paintTheme, playback, links, bar: windowAddressBar(), open, save, later })
    },
  }
}

interface Reproduction {
  readonly files: FileStore
  readonly runs: RunStore
  readonly address: LinkAddress
  readonly engine: string
}

/** Whether the author of a link and this page got the same numbers. */
async function tellReproduction({ files, runs, address, engine }: Reproduction): Promise<void> {
  const { result } = runs.getState()
  if (address.check === null || result === null) return
  const own = await checkOf(result)
  const isSame = own === address.check
  const author = address.engine === null ? 'another engine' : `engine ${address.engine}`
  files.setState({
    notice: {
      tone: isSame ? 'info' : 'problem',
      title: isSame ? 'Reproduced' : 'Differs',
      lines: [
        isSame
          ? `Your result equals the author’s (${own}).`
          : `The author got ${address.check} with ${author}; you got ${own} with engine ${engine}.`,
      ],
      actions: [],
    },
  })
}

function flushWhenHidden(saver: Saver): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void saver.flush()
  })
  addEventListener('pagehide', () => void saver.flush())
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
