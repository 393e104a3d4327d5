import { catalog } from '../simulator/catalog'
import { helpHint } from './arguments'
import { CommandFailure, ExitCode, reasonOf, refused, type ExitCodeValue } from './command-failure'
import { branchCommand } from './commands/branch'
import { checkCommand } from './commands/check'
import { helpText } from './commands/help'
import { importCommand } from './commands/import'
import { runCommand } from './commands/run'
import type { Terminal } from './terminal'

type Command = (args: readonly string[], terminal: Terminal) => Promise<void> | void

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['run', runCommand],
  ['branch', branchCommand],
  ['check', checkCommand],
  ['import', importCommand],
  [
    '--help',
    (_, terminal) => {
      terminal.print(helpText)
    },
  ],
  [
    '-h',
    (_, terminal) => {
      terminal.print(helpText)
    },
  ],
  [
    'help',
    (_, terminal) => {
      terminal.print(helpText)
    },
  ],
  [
    '--version',
    (_, terminal) => {
      terminal.print(`${catalog.engineVersion}\n`)
    },
  ],
])

/** Carries out one command line; whatever happens, the answer is an exit code. */
export async function commandLine(args: readonly string[], terminal: Terminal): Promise<ExitCodeValue> {
  try {
    await commandOf(args)(args.slice(1), terminal)
    return ExitCode.done
  } catch (error) {
    if (!(error instanceof CommandFailure)) {
      terminal.tell(`unrack: ${reasonOf(error)}\n`)
      return ExitCode.failed
    }
    for (const line of error.lines) terminal.tell(`${line}\n`)
    return error.exitCode
  }
}

function commandOf(args: readonly string[]): Command {
  const name = args.at(0)
  if (name === undefined) throw refused('unrack: which command? (run, branch, check, import)', helpHint)
  if (args.includes('--help') && commands.has(name))
    return (_, terminal) => {
      terminal.print(helpText)
    }
  const command = commands.get(name)
  if (command === undefined) throw refused(`unrack: no command "${name}" (run, branch, check, import)`, helpHint)
  return command
}
