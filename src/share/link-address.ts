import type { LinkFailure } from './link-failure'
import { momentPs, momentText } from './moment'
import { readSelection, selectionText, type LinkSelection } from './selection-text'

/**
 * The fragment of an address, `#/<view>?v=1&…&s=…`. Nothing behind `#` ever reaches a server.
 * `s` comes last, so that a link that was cut has always lost a part of it, which is noticed.
 */
export interface LinkAddress {
  readonly view: LinkView
  /** The value of `s`, still encoded; null: the link carries no scenario. */
  readonly scenario: string | null
  /** Playhead, ps. */
  readonly momentPs: number | null
  readonly selection: LinkSelection | null
  /** A case of the Validation view. */
  readonly caseId: string | null
  readonly theme: LinkTheme | null
  /** Version of the engine that the author used. */
  readonly engine: string | null
  /** First 12 digits of the digest that the author got. */
  readonly check: string | null
  /** The run goes on a second time, from a moment on and with a change. */
  readonly branch: LinkBranch | null
}

export interface LinkBranch {
  readonly momentPs: number
  /** Encoded as `s` is: a document with what is changed, and nothing else. */
  readonly change: string
  /** As `check`, of the branch. */
  readonly check: string | null
}

export type LinkView = (typeof views)[number]
export type LinkTheme = (typeof themes)[number]

export type LinkRead =
  | { readonly kind: 'address'; readonly address: LinkAddress; readonly notes: readonly string[] }
  | { readonly kind: 'failure'; readonly failure: LinkFailure }

/** Version of this grammar. */
const GRAMMAR = 1

const views = ['build', 'run', 'compare', 'learn', 'validation'] as const
const themes = ['light', 'dark', 'projector'] as const

/** An address that says nothing but its view. */
export const emptyAddress: LinkAddress = {
  view: 'build',
  scenario: null,
  momentPs: null,
  selection: null,
  caseId: null,
  theme: null,
  engine: null,
  check: null,
  branch: null,
}

/** The text of an address, `#` included. */
export function addressText(address: LinkAddress): string {
  const parameters = [`v=${GRAMMAR}`]
  for (const { name, write } of fields) {
    const text = write(address)
    if (text !== null) parameters.push(`${name}=${text}`)
  }
  if (address.scenario !== null) parameters.push(`s=${address.scenario}`)
  return `#/${address.view}?${parameters.join('&')}`
}

/**
 * Reads a fragment, with or without `#`. Only a later grammar is refused; a parameter that is not understood is left
 * out with a note, as the scenario matters more than the view of it.
 */
export function readAddress(fragment: string): LinkRead {
  const [path, query] = split(fragment.replace(/^#?\/?/, ''), '?')
  const parameters = new Map(
    query
      .split('&')
      .filter(Boolean)
      .map((pair) => split(pair, '=')),
  )
  const version = parameters.get('v') ?? '1'
  if (/^\d+$/.test(version) && Number(version) > GRAMMAR) {
    return { kind: 'failure', failure: { kind: 'too-new', what: `link version ${version}` } }
  }
  const notes: string[] = []
  const view = views.find((each) => each === path) ?? emptyAddress.view
  let address: LinkAddress = { ...emptyAddress, view, scenario: parameters.get('s') ?? null }
  for (const [name, raw] of parameters) {
    if (name === 'v' || name === 's') continue
    const read = fields.find((field) => field.name === name)?.read(unescaped(raw)) ?? null
    if (read === null)
      notes.push(`The link's ${name.slice(0, 20)}=${raw.slice(0, 40)} was not understood and is left out.`)
    else address = { ...address, ...read }
  }
  return { kind: 'address', address, notes }
}

/** Where the fragment of a whole address begins, or the text itself when it is a fragment; null for anything else. */
export function fragmentOf(text: string): string | null {
  const trimmed = text.trim()
  const at = trimmed.indexOf('#/')
  const isAddress = at === 0 || (at > 0 && /^(?:https?|file):/.test(trimmed))
  return isAddress && !/\s/.test(trimmed) ? trimmed.slice(at) : null
}

interface LinkField {
  readonly name: string
  readonly write: (address: LinkAddress) => string | null
  /** What the text says; null where it is not understood. */
  readonly read: (text: string) => Partial<LinkAddress> | null
}

const fields: readonly LinkField[] = [
  {
    name: 't',
    write: ({ momentPs: ps }) => (ps === null ? null : momentText(ps)),
    read: (text) => known(momentPs(text), (ps) => ({ momentPs: ps })),
  },
  {
    name: 'sel',
    write: ({ selection }) => (selection === null ? null : selectionText(selection)),
    read: (text) => known(readSelection(text), (selection) => ({ selection })),
  },
  {
    name: 'case',
    write: ({ caseId }) => caseId,
    read: (text) => (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text) ? { caseId: text } : null),
  },
  {
    name: 'theme',
    write: ({ theme }) => theme,
    read: (text) => known(themes.find((each) => each === text) ?? null, (theme) => ({ theme })),
  },
  {
    name: 'eng',
    write: ({ engine }) => engine,
    read: (text) => (/^[0-9A-Za-z.+-]{1,32}$/.test(text) ? { engine: text } : null),
  },
  {
    name: 'chk',
    write: ({ check }) => check,
    read: (text) => (/^[0-9a-f]{12}$/.test(text) ? { check: text } : null),
  },
  {
    name: 'b',
    write: ({ branch }) => (branch === null ? null : branchText(branch)),
    read: (text) => known(readBranch(text), (branch) => ({ branch })),
  },
]

/** `340ms~<digest>~<change>`; the digest may be empty. */
function branchText({ momentPs: ps, change, check }: LinkBranch): string {
  return `${momentText(ps)}~${check ?? ''}~${change}`
}

function readBranch(text: string): LinkBranch | null {
  const [, moment = '', check = '', change = ''] = /^([^~]*)~([0-9a-f]{12})?~([A-Za-z0-9._-]+)$/.exec(text) ?? []
  const ps = momentPs(moment)
  return ps === null ? null : { momentPs: ps, change, check: check === '' ? null : check }
}

function known<Value>(value: Value | null, make: (value: Value) => Partial<LinkAddress>): Partial<LinkAddress> | null {
  return value === null ? null : make(value)
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
