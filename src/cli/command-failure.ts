/** What a command returns to the shell. */
export const ExitCode = {
  done: 0,
  /** The work itself failed: a run that stopped, a disk that is full. */
  failed: 1,
  /** Bad arguments or a bad scenario; nothing was written. */
  refused: 2,
} as const
export type ExitCodeValue = (typeof ExitCode)[keyof typeof ExitCode]

/** Ends a command with an exit code and lines on standard error. */
export class CommandFailure extends Error {
  constructor(
    readonly exitCode: ExitCodeValue,
    readonly lines: readonly string[],
  ) {
    super(lines.join('\n'))
  }
}

/** The arguments or the document are wrong. */
export function refused(...lines: readonly string[]): CommandFailure {
  return new CommandFailure(ExitCode.refused, lines)
}

/** The words of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
