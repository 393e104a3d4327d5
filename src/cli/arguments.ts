import { parseArgs, type ParseArgsConfig } from 'node:util'
import { reasonOf, refused } from './command-failure'

/** The options of one command, as `node:util` has them. */
export type OptionTable = NonNullable<ParseArgsConfig['options']>

interface ArgumentRules<Options extends OptionTable> {
  readonly args: string[]
  readonly options: Options
  readonly allowPositionals: true
  readonly strict: true
}

/** Reads the arguments behind a command's name. @throws CommandFailure for unknown options and missing values */
export function readArguments<Options extends OptionTable>(
  args: readonly string[],
  options: Options,
): ReturnType<typeof parseArgs<ArgumentRules<Options>>> {
  try {
    return parseArgs<ArgumentRules<Options>>({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw refused(firstSentence(reasonOf(error)), helpHint)
  }
}

export const helpHint = 'See unrack --help.'

/** Node explains at length how to pass a file called `-x`; the first sentence says what is wrong. */
function firstSentence(message: string): string {
  return /^.*?\.?(?=\. |\.$|\n|$)/.exec(message)?.[0] ?? message
}
