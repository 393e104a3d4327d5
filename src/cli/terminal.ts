/** What a command may do to the outside besides files: say something. */
export interface Terminal {
  /** What was asked for; nothing else goes to standard output. */
  readonly print: (text: string) => void
  /** Everything about the work itself: progress, warnings, mistakes. */
  readonly tell: (text: string) => void
  /** Whether somebody is looking at what is told, so that a moving bar makes sense. */
  readonly isWatched: boolean
  /** The folder that relative paths start from. */
  readonly folder: string
}

/** This process: under npm, relative paths are those of the caller's folder, which npm leaves in `INIT_CWD`. */
export function processTerminal(): Terminal {
  return {
    print: (text) => process.stdout.write(text),
    tell: (text) => process.stderr.write(text),
    isWatched: process.stderr.isTTY,
    folder: process.env['INIT_CWD'] ?? process.cwd(),
  }
}
