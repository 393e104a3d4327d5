import type { ImportOutcome } from '../formats/import'
import { problemText } from '../scenario/problems'
import { scenarioText } from '../scenario/scenario-text'
import { checkDocument } from '../scenario/read-scenario'
import type { ScenarioDocument } from '../scenario/scenario'
import { fragmentOf, type LinkAddress } from '../share'
import type { DocumentStorage, StoredVersion, UnsavedDocument } from '../storage'
import { emptyDocument } from '../stores/document-store'
import type { PendingImport } from '../stores/file-store'
import { knownCatalog, openDocument, readDocument, refuse } from './open-document'
import { fileText, readableFiles } from './open-files'
import { galleryEntries, galleryText, type FetchText, type GalleryEntry } from './open-gallery'
import { openLink, type LinkOpenParts } from './open-link'
import { kindOfText, type TextInput } from './open-text'
import type { Saver } from './save-document'

/** Every way to bring another document to the page. A text that cannot be opened leaves the page as it is. */
export interface Opener {
  readonly empty: () => void
  /** Chosen or dropped files: a scenario, or traces in one or many files, packed or not. */
  readonly files: (files: readonly File[]) => Promise<void>
  /** Pasted text: a scenario, traces, or a link. */
  readonly text: (name: string, text: string) => Promise<void>
  /** Makes what was imported the document. */
  readonly confirmImport: () => void
  readonly link: (fragment: string) => Promise<LinkAddress | null>
  readonly gallery: () => Promise<readonly GalleryEntry[]>
  readonly galleryEntry: (entry: GalleryEntry) => Promise<void>
  /** A document of this browser, with what was edited after its last save. Answers whether there is anything of it. */
  readonly stored: (id: string, unsaved?: UnsavedDocument | null) => Promise<boolean>
  readonly version: (version: StoredVersion) => void
}

export interface OpenerParts extends LinkOpenParts {
  readonly storage: DocumentStorage
  readonly saver: Saver
  readonly fetchText: FetchText
}

export function createOpener(parts: OpenerParts): Opener {
  const { files, editor, storage, saver, fetchText } = parts

  let wishes = 0
  /** Whether nothing else was asked for or opened since: what comes late over the network must not replace it. */
  function latestWish(): () => boolean {
    const { opened } = parts.documents.getState()
    wishes += 1
    const mine = wishes
    return () => mine === wishes && parts.documents.getState().opened === opened
  }

  async function openOne({ name, text }: TextInput): Promise<void> {
    const kind = kindOfText(text)
    if (kind === 'traces') return importTraces([{ name, text }])
    if (kind === 'link') {
      await openLink(parts, fragmentOf(text) ?? '')
      return
    }
    const document = await readDocument(parts, name, text)
    if (document !== null) openDocument(parts, { document, origin: 'file' })
  }

  async function importTraces(inputs: readonly TextInput[]): Promise<void> {
    const imported = await importedFrom(parts, inputs)
    if ('lines' in imported) refuse(files, namesOf(inputs), imported.lines)
    else files.setState({ dialog: 'open', reading: '', refusal: null, pendingImport: imported })
  }

  /** Says what is being read, and turns whatever goes wrong into words. */
  async function reading(name: string, read: () => Promise<void>): Promise<void> {
    files.setState({ reading: name, refusal: null, pendingImport: null })
    try {
      await read()
    } catch (error) {
      refuse(files, name, [error instanceof Error ? error.message : String(error)])
    }
    files.setState({ reading: '' })
  }

  return {
    empty: () => {
      parts.view.setState({ view: 'build', selection: null })
      openDocument(parts, { document: emptyDocument, origin: 'new' })
    },
    files: (chosen) =>
      reading(chosen.length === 1 ? (chosen[0]?.name ?? '') : `${chosen.length} files`, async () => {
        const inputs: TextInput[] = []
        for (const file of readableFiles(chosen)) inputs.push(await fileText(file))
        const [first] = inputs
        if (first === undefined) throw new Error('found no .json or .json.gz files')
        await (inputs.length === 1 ? openOne(first) : importTraces(inputs))
      }),
    text: (name, text) => reading(name, () => openOne({ name, text })),
    confirmImport: () => {
      const { pendingImport: pending } = files.getState()
      if (pending !== null) openDocument(parts, { document: pending.document, origin: 'import' })
    },
    link: (fragment) => openLink(parts, fragment),
    gallery: () => galleryEntries(fetchText),
    galleryEntry: (entry) =>
      reading(entry.title, async () => {
        const isLatest = latestWish()
        const document = await readDocument(parts, entry.file, await galleryText(fetchText, entry))
        if (document !== null && isLatest()) openDocument(parts, { document, origin: 'gallery' })
      }),
    stored: async (id, unsaved = null) => {
      const isLatest = latestWish()
      const answer = await storage.read(id)
      const saved = answer.kind === 'ok' ? answer.value : null
      // A later revision holds it, or comes from another tab, which goes on.
      const isNewer = unsaved !== null && (saved?.revision ?? 0) === unsaved.revision
      const text = isNewer ? unsaved.text : saved?.text
      if (text === undefined) return false
      if (!isLatest()) return true
      if (saved !== null) saver.adopt(saved)
      const savedAt = saved?.savedAt ?? null
      openDocument(parts, { document: storedDocument(text), origin: 'stored', documentId: id, savedAt })
      if (isNewer) saver.keep()
      return true
    },
    version: (version) => {
      editor.apply(`go back to version ${version.name ?? ''}`.trim(), storedDocument(version.text))
      files.setState({ dialog: 'none' })
    },
  }
}

interface RefusedImport {
  readonly lines: readonly string[]
}

/** What the importer made, or the lines that say why it made nothing. The importer is loaded when it is needed. */
async function importedFrom(parts: OpenerParts, inputs: readonly TextInput[]): Promise<PendingImport | RefusedImport> {
  const { importers, reportLines } = await import('../formats/import')
  const importer = importers.find((each) => each.accepts(inputs[0]?.text ?? ''))
  if (importer === undefined)
    return { lines: ['found JSON of no known format, expected an unrack scenario or Jaeger traces'] }
  const outcome = importer.run(inputs)
  if (outcome.scenario === null) return { lines: reportLines(outcome.report) }
  const { problems } = checkDocument(outcome.scenario, await knownCatalog(parts.catalog))
  const errors = problems.filter((problem) => problem.severity === 'error')
  if (errors.length > 0) return { lines: errors.map(problemText) }
  return pendingFrom(namesOf(inputs), outcome.scenario, outcome)
}

function pendingFrom(name: string, document: ScenarioDocument, { report, truth }: ImportOutcome): PendingImport {
  return { name, document, summary: report.summary, rows: report.rows, reportText: scenarioText(truth) }
}

function namesOf(inputs: readonly TextInput[]): string {
  return inputs.length === 1 ? (inputs[0]?.name ?? '') : `${inputs.length} files`
}

/** What we stored ourselves. */
function storedDocument(text: string): ScenarioDocument {
  return JSON.parse(text) as ScenarioDocument
}
