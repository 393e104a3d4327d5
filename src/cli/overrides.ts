import { readJsonText } from '../scenario/json-text'
import type { Json } from '../scenario/scenario'
import { refused } from './command-failure'

/** One field of the document that the command line sets. */
export interface Override {
  readonly path: string
  readonly value: Json
  /** The argument as given, for messages. */
  readonly source: string
}

/** `--set PATH=VALUE`: the value is JSON where it reads as JSON, else text. @throws CommandFailure without `=` */
export function readOverride(argument: string): Override {
  const at = argument.indexOf('=')
  if (at <= 0) throw refused(`--set ${argument}: expected PATH=VALUE, e.g. run.seed=2`)
  return { path: argument.slice(0, at).trim(), value: jsonOrText(argument.slice(at + 1)), source: `--set ${argument}` }
}

/** `--seed` and `--replications`. @throws CommandFailure where the text is no number */
export function numberOverride(option: string, path: string, text: string): Override {
  const value = text.trim() === '' ? NaN : Number(text)
  if (!Number.isFinite(value)) throw refused(`--${option}: found "${text}", expected a number`)
  return { path, value, source: `--${option} ${text}` }
}

/** `--order` and `--fault`. @throws CommandFailure where the text is no JSON */
export function readJson(option: string, text: string): Json {
  const { value, mistakes } = readJsonText(text)
  if (value !== undefined && mistakes.length === 0) return value
  throw refused(`--${option} ${text}: ${mistakes.at(0) ?? 'expected JSON'}`)
}

function jsonOrText(text: string): Json {
  const { value, mistakes } = readJsonText(text)
  return value === undefined || mistakes.length > 0 ? text : value
}
