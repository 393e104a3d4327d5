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

/** This process; whoever starts it has gone to the caller's folder. */
export function processTerminal(): Terminal {
  return {
    print: (text) => process.stdout.write(text),
    tell: (text) => process.stderr.write(text),
    isWatched: process.stderr.isTTY,
    folder: process.cwd(),
  }
}
