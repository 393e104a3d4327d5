import { JSException } from 'quickjs-wasi'

/** Why a rule did not decide, in words that follow "the policy stopped: ". */
export class Failure extends Error {
  override readonly name = 'Failure'

  /**
   * @param line of the person's code, from 1; null where no line is to blame
   * @param isLimit whether it went over a limit
   */
  constructor(
    message: string,
    readonly line: number | null,
    readonly isLimit = false,
  ) {
    super(message)
  }
}

interface Circumstances {
  /** Whether it was stopped for taking too long. */
  readonly isOver: boolean
  /** Name of the person's code in stacks. */
  readonly file: string
  /** Lines that stand before those of the person. */
  readonly shift: number
}

const MOST_CHARACTERS = 300

/** What the engine threw, in our words where it has none of its own. */
export function failureOf(error: unknown, { isOver, file, shift }: Circumstances): Failure {
  if (error instanceof Failure) return error
  if (!(error instanceof JSException)) {
    // Recursion that the engine did not see coming ends in the host's stack; whatever else does is no work of ours either.
    const said = error instanceof RangeError ? 'it calls itself too deeply' : String(error)
    return new Failure(said, null, true)
  }
  const line = lineIn(
    textOf(() => error.stack ?? ''),
    file,
    shift,
  )
  if (isOver) return new Failure('it takes too long to decide', line, true)
  const name = textOf(() => error.name)
  const message = textOf(() => error.message)
  if (message.startsWith('out of memory')) return new Failure('it takes more memory than a policy may have', line, true)
  if (message.startsWith('Maximum call stack')) return new Failure('it calls itself too deeply', line, true)
  const words = [name, message].filter((part) => part !== '').join(': ')
  return new Failure(words === '' ? 'it threw something that is no error' : short(words), line)
}

/** The first line of a stack that stands in the person's code. */
function lineIn(stack: string, file: string, shift: number): number | null {
  const at = stack.indexOf(`${file}:`)
  if (at < 0) return null
  const line = Number.parseInt(stack.slice(at + file.length + 1), 10) - shift
  return line >= 1 ? line : null
}

/** A thing of the sandbox as text; '' where it will not be one. */
function textOf(read: () => unknown): string {
  try {
    const value = read()
    return typeof value === 'string' ? value : ''
  } catch {
    return ''
  }
}

function short(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`
}
