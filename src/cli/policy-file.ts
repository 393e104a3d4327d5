import { customKinds } from '../simulator/custom/rules'
import { refused } from './command-failure'
import type { Override } from './overrides'
import { readNamedFile } from './scenario-file'
import type { Terminal } from './terminal'

/** Every `--policy`, as the fields that they set. */
export async function policyFiles(terminal: Terminal, given: readonly string[] = []): Promise<readonly Override[]> {
  return (await Promise.all(given.map((argument) => policyFile(terminal, argument)))).flat()
}

/**
 * `--policy KIND=FILE.js`: the rule in the file takes the place of the scenario's policy of that kind.
 *
 * @throws CommandFailure for a kind that cannot be written, or a file that cannot be read
 */
async function policyFile(terminal: Terminal, argument: string): Promise<readonly Override[]> {
  const at = argument.indexOf('=')
  const kind = argument.slice(0, Math.max(at, 0)).trim()
  const file = argument.slice(at + 1)
  const source = `--policy ${argument}`
  if (at <= 0 || file === '') throw refused(`${source}: expected KIND=FILE.js, e.g. placement=mine.js`)
  if (!customKinds.some((each) => each === kind))
    throw refused(`${source}: found kind "${kind}", expected ${customKinds.join(' or ')}`)
  const code = await readNamedFile(terminal, file)
  return [
    { path: `policies.${kind}.use`, value: 'custom', source },
    { path: `policies.${kind}.code`, value: code, source },
  ]
}
