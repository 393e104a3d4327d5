import type { Json, ScenarioDocument } from '../scenario/scenario'
import { base64urlBytes, base64urlText } from './base64url'
import { crc32Hex } from './crc32'
import { deflated, inflated } from './deflate'
import type { LinkFailure } from './link-failure'
import { scenarioIn } from './link-safety'

/**
 * The scenario inside a link, the value of `s`:
 * `d1.<data>.<crc>` is its JSON, deflated, in base64url, and the CRC-32 of the JSON;
 * `j1.<data>` is its JSON in base64url, for people and scripts without a compressor.
 */

/** Most that a link may hold once inflated, in bytes. */
export const MOST_BYTES = 1024 * 1024

export type LinkContent =
  | { readonly kind: 'content'; readonly document: ScenarioDocument; readonly text: string }
  | { readonly kind: 'failure'; readonly failure: LinkFailure }

/** The `d1.` text of a document; leave its defaults out before, to keep it short. */
export async function scenarioParameter(document: ScenarioDocument): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(document))
  return `d1.${base64urlText(await deflated(bytes))}.${crc32Hex(bytes)}`
}

/** Opens the value of `s`. Whatever somebody put there, the answer is a content or a failure, never an exception. */
export async function readScenarioParameter(parameter: string): Promise<LinkContent> {
  const codec = /^([a-z])(\d+)\./.exec(parameter)
  if (codec === null) return failed({ kind: 'damaged' })
  const [prefix, letter, version] = codec
  const rest = parameter.slice(prefix.length)
  if (letter === 'd' && version === '1') return readDeflated(rest)
  if (letter === 'j' && version === '1') return readPlain(rest)
  if (letter === 'p' && version === '1')
    return failed({ kind: 'not-yet', what: 'It names a gallery scenario and changes to it' })
  return failed({ kind: 'too-new', what: `the encoding "${prefix.slice(0, -1)}"` })
}

/** A cut link has lost its checksum or part of it, wherever it was cut. */
async function readDeflated(rest: string): Promise<LinkContent> {
  const parts = /^([^.]*)\.([0-9a-f]{8})$/i.exec(withoutPunctuation(rest))
  if (parts === null) return failed({ kind: isCut(withoutPunctuation(rest)) ? 'truncated' : 'damaged' })
  const [, data = '', crc = ''] = parts
  const bytes = base64urlBytes(data)
  if (bytes === null) return failed({ kind: 'damaged' })
  const json = await inflated(bytes, MOST_BYTES)
  if (json.kind === 'too-large') return failed(tooLarge)
  if (json.kind === 'broken' || crc32Hex(json.bytes) !== crc.toLowerCase()) return failed({ kind: 'damaged' })
  return readBytes(json.bytes)
}

function readPlain(rest: string): LinkContent {
  const bytes = base64urlBytes(withoutPunctuation(rest))
  if (bytes === null) return failed({ kind: 'damaged' })
  return bytes.length > MOST_BYTES ? failed(tooLarge) : readBytes(bytes)
}

function readBytes(bytes: Uint8Array): LinkContent {
  const text = textOf(bytes)
  const value = text === null ? undefined : parsed(text)
  if (text === null || value === undefined) return failed({ kind: 'damaged' })
  const checked = scenarioIn(value)
  return checked.kind === 'failure' ? checked : { ...checked, text }
}

const tooLarge: LinkFailure = { kind: 'unsafe', what: `more than ${MOST_BYTES / 1024 / 1024} MiB` }

function failed(failure: LinkFailure): LinkContent {
  return { kind: 'failure', failure }
}

/** Without what a sentence around a link leaves behind it: `(see https://…).` */
function withoutPunctuation(text: string): string {
  return text.replace(/[\s)\]>.,;:!?"'…]+$/, '')
}

function isCut(rest: string): boolean {
  return /^[A-Za-z0-9_-]*(?:\.[0-9a-f]{0,7})?$/i.test(rest)
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** JSON of any shape; undefined where it is none. A key `__proto__` stays a plain key here. */
function parsed(text: string): Json | undefined {
  try {
    // What JSON.parse gives is JSON.
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
