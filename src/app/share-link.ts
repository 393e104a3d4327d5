import type { Catalog } from '../scenario/catalog'
import type { ScenarioDocument } from '../scenario/scenario'
import {
  addressText,
  emptyAddress,
  scenarioParameter,
  type LinkAddress,
  type LinkSelection,
  type LinkSelectionKind,
} from '../share'
import type { RunResult } from '../simulator/result'
import type { BranchStore } from '../stores/branch-store'
import type { CatalogStore } from '../stores/catalog-store'
import type { DocumentStore } from '../stores/document-store'
import type { PlaybackStore } from '../stores/playback-store'
import type { RunStore } from '../stores/run-store'
import type { Selection, ViewStore } from '../stores/view-store'

export interface LinkParts {
  readonly documents: DocumentStore
  readonly catalog: CatalogStore
  readonly view: ViewStore
  readonly runs: RunStore
  readonly playback: PlaybackStore
  readonly branches: BranchStore
}

/**
 * `scenario`: the scenario alone. `moment`: also where the playhead stands and what is selected. `branch`: the same, and
 * the branch of the run.
 */
export type LinkKind = 'scenario' | 'moment' | 'branch'

export interface LinkMaker {
  /** The fragment for the document on the page, `#` included. */
  readonly fragment: (kind: LinkKind) => Promise<string>
  /** The same for the moment and the branch, without what they gave: for the address bar, which is nobody's claim. */
  readonly unsigned: () => Promise<string>
  /** The value of `s` alone. */
  readonly parameter: () => Promise<string>
}

/** Nothing is sent or stored: a link is made of the document here and now. */
export function createLinkMaker(parts: LinkParts): LinkMaker {
  const known = new WeakMap<ScenarioDocument, Promise<string>>()

  function parameter(): Promise<string> {
    const { document } = parts.documents.getState()
    const { catalog } = parts.catalog.getState()
    const made = known.get(document) ?? compact(document, catalog).then(scenarioParameter)
    if (catalog !== null) known.set(document, made)
    return made
  }

  async function fragment(kind: LinkKind, claim: Partial<LinkAddress>): Promise<string> {
    const scenario = await parameter()
    return addressText({ ...emptyAddress, ...viewState(parts, kind), ...claim, scenario })
  }

  return {
    parameter,
    fragment: async (kind) =>
      fragment(kind, { ...(await authorship(parts)), ...(kind === 'branch' ? await branchOf(parts, checkOf) : {}) }),
    unsigned: async () => fragment('moment', isOfDocument(parts) ? await branchOf(parts, noCheck) : {}),
  }
}

function viewState({ view, runs, playback }: LinkParts, kind: LinkKind): Partial<LinkAddress> {
  const { view: name, selection, caseId } = view.getState()
  if (name === 'validation') return { view: name, caseId }
  if (kind === 'scenario') return { view: name }
  const momentPs = runs.getState().shape === null ? null : Math.round(playback.getState().playheadPs)
  return { view: name, momentPs, selection: selection === null ? null : linkSelection(selection) }
}

/** What the author's engine gave for exactly this document; nothing where it has not run, or not to its end. */
async function authorship(parts: LinkParts): Promise<Partial<LinkAddress>> {
  const { catalog, runs, branches } = parts
  const { status, lane } = runs.getState()
  // While the branch is looked at, the run itself is beside it.
  const result = lane === 'b' ? (branches.getState().result?.a ?? null) : runs.getState().result
  const engine = catalog.getState().catalog?.engineVersion
  if (status !== 'done' || result === null || engine === undefined) return {}
  if (!isOfDocument(parts)) return {}
  return { engine, check: await checkOf(result) }
}

/** Whether the run on the page, and with it its branch, is one of the document as it is now. */
function isOfDocument({ documents, runs }: LinkParts): boolean {
  return runs.getState().document === documents.getState().document
}

type Check = (result: RunResult) => Promise<string> | null

const noCheck: Check = () => null

/** The branch that is there: from where, what is changed, and what it gave. */
async function branchOf({ branches }: LinkParts, check: Check): Promise<Partial<LinkAddress>> {
  const { result } = branches.getState()
  if (result === null) return {}
  const { changeDocument } = await import('./branch/branch-link')
  const change = await scenarioParameter(changeDocument(result.a.scenario, result.b.scenario))
  return { branch: { momentPs: result.atPs, change, check: await check(result.b) } }
}

/** What a link carries of the digest: its first 12 digits. What only links need is loaded when one is made. */
export async function checkOf(result: RunResult): Promise<string> {
  const { digest } = await import('../formats/export')
  return digest(result).slice(0, 12)
}

/** A document without what its defaults say already; as it is while the defaults are not known. */
async function compact(document: ScenarioDocument, catalog: Catalog | null): Promise<ScenarioDocument> {
  if (catalog === null) return document
  const { compactDocument } = await import('../scenario/compact')
  return compactDocument(document, catalog)
}

const selectionKinds: readonly (readonly [Selection['type'], LinkSelectionKind])[] = [
  ['node', 'node'],
  ['device', 'dev'],
  ['link', 'link'],
  ['service', 'svc'],
  ['operation', 'op'],
  ['source', 'src'],
  ['rack', 'rack'],
  ['request', 'req'],
]

/** null for what only has a place in a list, such as an order, or no name at all. */
function linkSelection({ type, id }: Selection): LinkSelection | null {
  const kind = selectionKinds.find(([each]) => each === type)?.[1]
  return kind === undefined ? null : { kind, id, atSeconds: null }
}

export function pageSelection({ kind, id }: LinkSelection): Selection | null {
  const type = selectionKinds.find(([, each]) => each === kind)?.[0]
  return type === undefined ? null : { type, id }
}
