import { readArguments, helpHint } from '../arguments'
import { refused } from '../command-failure'
import { loadScenario } from '../scenario-file'
import type { Terminal } from '../terminal'

/** `unrack check SCENARIO.json`: says what is wrong, or that nothing is. */
export async function checkCommand(args: readonly string[], terminal: Terminal): Promise<void> {
  const { positionals } = readArguments(args, {})
  const name = positionals.at(0)
  if (name === undefined) throw refused('check: which scenario?', helpHint)
  if (positionals.length > 1) throw refused(`check: found ${positionals.length} files, expected one`, helpHint)
  await loadScenario(terminal, name, [])
  terminal.tell(`${name}: ok\n`)
}
