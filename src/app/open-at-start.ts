import { readTabMemory } from '../storage'
import type { DocumentStorage } from '../storage'
import { readAddress, type LinkAddress } from '../share'
import type { FileStore } from '../stores/file-store'
import { showAddress, type AddressScreen } from './open-link'
import type { Opener } from './open-inputs'

export interface StartParts extends AddressScreen {
  readonly files: FileStore
  readonly opener: Opener
  readonly storage: DocumentStorage
  /** From `#` on; '' where there is none. */
  readonly fragment: string
  /** Whether the page was loaded again, rather than come to. */
  readonly isReload: boolean
  /** Whether somebody has opened a document by now: it must not be replaced. */
  readonly isOvertaken: () => boolean
}

/**
 * Brings the first document to the page: what this tab had before a reload, what a link carries, what was saved here
 * last, or the first scenario of the gallery, in this order. A link that cannot be opened says so, over what comes next.
 * A reload goes back to the address that it began with, which may be older than the document: what this tab had goes
 * before it.
 *
 * @returns the address that is shown, where one was opened
 */
export async function openAtStart(parts: StartParts): Promise<LinkAddress | null> {
  const { opener, fragment } = parts
  const read = readAddress(fragment)
  const address = read.kind === 'address' ? read.address : null
  const memory = readTabMemory()
  const isAddressed = memory?.parameter === (address?.scenario ?? '')
  if (memory !== null && (isAddressed || parts.isReload) && (await opener.stored(memory.documentId, memory.unsaved))) {
    if (address !== null && fragment !== '') showAddress(parts, address)
    return isAddressed ? address : null
  }
  const hasLink = read.kind === 'failure' || read.address.scenario !== null
  const opened = hasLink ? await opener.link(fragment) : null
  if (opened === null) await openBehind(parts)
  // What does not depend on the scenario can be linked to without one.
  if (!hasLink && address?.view === 'validation') showAddress(parts, address)
  return opened
}

/** Opens something to look at behind the notice that a link could not be opened; the notice is put up when it is there. */
async function openBehind(parts: StartParts): Promise<void> {
  const { notice } = parts.files.getState()
  parts.files.setState({ notice: null })
  await openSomething(parts)
  if (notice !== null) parts.files.setState({ notice })
}

async function openSomething({ opener, storage, isOvertaken }: StartParts): Promise<void> {
  const saved = await storage.list()
  if (isOvertaken()) return
  const newest = saved.kind === 'ok' ? saved.value[0] : undefined
  if (newest !== undefined && (await opener.stored(newest.id))) return
  const entries = await opener.gallery().catch(() => [])
  const [first] = entries
  if (first !== undefined && !isOvertaken()) await opener.galleryEntry(first)
}
