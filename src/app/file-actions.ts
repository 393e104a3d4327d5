import { scenarioText } from '../scenario/scenario-text'
import { linkLength, type LinkLength } from '../share'
import type { DocumentStorage, DocumentSummary, StorageAnswer, StoredVersion } from '../storage'
import type { FileDialog, FileStore } from '../stores/file-store'
import type { BranchStore } from '../stores/branch-store'
import type { RunStore } from '../stores/run-store'
import type { ExportFile } from '../formats/export'
import { downloadBlob, downloadText } from './export-download'
import {
  branchFiles,
  DIFFERENCE_FILE,
  differenceFile,
  exportState,
  fileStem,
  resultFiles,
  zipped,
  type ExportState,
} from './export-files'
import type { CarriedCode } from './code-consent'
import type { GalleryEntry } from './open-gallery'
import type { Opener } from './open-inputs'
import { putBack, type OpenParts } from './open-document'
import type { Saver } from './save-document'
import type { LinkKind, LinkMaker } from './share-link'

/** Everything about files and links that a person can ask for. */
export interface FileActions {
  readonly files: FileStore
  readonly opener: Opener
  readonly show: (dialog: FileDialog) => void
  readonly close: () => void
  readonly closeNotice: () => void
  readonly putBack: () => void
  readonly link: (kind: LinkKind) => Promise<ShareLink>
  readonly exportState: () => ExportState
  /** Whether the run has a branch that came to its end. */
  readonly hasBranch: () => boolean
  /** The files of the run that is there; empty where there is none. */
  readonly downloadAll: () => Promise<void>
  readonly downloadFile: (name: string) => Promise<void>
  readonly downloadScenario: () => void
  readonly downloadImportReport: () => void
  readonly downloadImportScenario: () => void
  readonly saveVersion: (name: string) => Promise<boolean>
  readonly versions: () => Promise<StorageAnswer<readonly StoredVersion[]>>
  readonly documents: () => Promise<StorageAnswer<readonly DocumentSummary[]>>
  readonly removeDocument: (id: string) => Promise<void>
  readonly gallery: () => Promise<readonly GalleryEntry[]>
  readonly code: CodeActions
}

/** Code that came along with the document. */
export interface CodeActions {
  /** What nobody has let run. */
  readonly waiting: () => readonly CarriedCode[]
  /** Lets it run, and runs it. */
  readonly run: () => void
}

export interface ShareLink {
  readonly address: string
  readonly length: LinkLength
}

export interface FileActionParts extends OpenParts {
  readonly runs: RunStore
  readonly branches: BranchStore
  readonly opener: Opener
  readonly links: LinkMaker
  readonly saver: Saver
  readonly storage: DocumentStorage
  /** Address of this page without its fragment. */
  readonly pageAddress: () => string
  /** Asks the browser to keep our storage when space gets short. */
  readonly persist: () => void
  readonly code: CodeActions
}

export function createFileActions(parts: FileActionParts): FileActions {
  const { files, runs, branches, opener, links, saver, storage, documents, catalog } = parts
  const engineVersion = (): string => catalog.getState().catalog?.engineVersion ?? ''
  const stateNow = (): ExportState => exportState(runs.getState(), documents.getState().document)
  const filesNow = async (): Promise<readonly ExportFile[]> => {
    const state = stateNow()
    const { result } = branches.getState()
    if (result !== null) return branchFiles(result, engineVersion())
    return state.kind === 'ready' ? resultFiles(state.result, engineVersion()) : []
  }

  return {
    files,
    opener,
    show: (dialog) => {
      files.setState({ dialog, refusal: null })
    },
    close: () => {
      files.setState({ dialog: 'none', refusal: null, pendingImport: null })
    },
    closeNotice: () => {
      files.setState({ notice: null })
    },
    putBack: () => {
      putBack(parts)
    },
    link: async (kind) => {
      const address = parts.pageAddress() + (await links.fragment(kind))
      return { address, length: linkLength(address) }
    },
    exportState: stateNow,
    hasBranch: () => branches.getState().result !== null,
    downloadAll: async () => {
      const state = stateNow()
      const stem = branches.getState().result === null ? '' : 'branch-of-'
      if (state.kind === 'ready')
        downloadBlob(`${stem}${fileStem(state.result.scenario)}.zip`, await zipped(await filesNow()))
    },
    downloadFile: async (name) => {
      const { result } = branches.getState()
      const state = stateNow()
      const found =
        name === DIFFERENCE_FILE && result !== null
          ? [await differenceFile(result)]
          : state.kind === 'ready'
            ? await resultFiles(state.result, engineVersion())
            : []
      const file = found.find((each) => each.name === name)
      if (file !== undefined) downloadText(file.name, file.text)
    },
    downloadScenario: () => {
      const { document } = documents.getState()
      downloadText(`${fileStem(document)}.json`, scenarioText(document))
    },
    downloadImportReport: () => {
      const { pendingImport } = files.getState()
      if (pendingImport !== null) downloadText('import-report.json', pendingImport.reportText)
    },
    downloadImportScenario: () => {
      const { pendingImport } = files.getState()
      if (pendingImport !== null)
        downloadText(`${fileStem(pendingImport.document)}.json`, scenarioText(pendingImport.document))
    },
    saveVersion: (name) => {
      parts.persist()
      return saver.saveVersion(name)
    },
    versions: async () => {
      const { documentId } = files.getState()
      return documentId === null ? { kind: 'ok', value: [] } : storage.versions(documentId)
    },
    documents: () => storage.list(),
    removeDocument: async (id) => {
      await storage.remove(id)
      if (files.getState().documentId === id) files.setState({ documentId: null })
    },
    gallery: () => opener.gallery(),
    code: parts.code,
  }
}
