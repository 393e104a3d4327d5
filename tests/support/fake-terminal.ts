import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { commandLine } from '../../src/cli/command-line'
import type { Terminal } from '../../src/cli/terminal'

/** What one command line did. */
export interface CommandOutcome {
  readonly exitCode: number
  /** Standard output. */
  readonly printed: string
  /** Standard error. */
  readonly told: string
}

/** A folder of its own for a test file, gone afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'unrack-'))
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Carries out a command line in this process. */
export async function runCommandLine(
  folder: string,
  args: readonly string[],
  isWatched = false,
): Promise<CommandOutcome> {
  const texts = { printed: '', told: '' }
  const terminal: Terminal = {
    print: (text) => {
      texts.printed += text
    },
    tell: (text) => {
      texts.told += text
    },
    isWatched,
    folder,
  }
  const exitCode = await commandLine(args, terminal)
  return { exitCode, ...texts }
}

/** Every path below a folder, sorted. */
export function pathsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort()
}
