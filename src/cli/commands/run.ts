import { resolve } from 'node:path'
import { digest, exportAll } from '../../formats/export'
import type { Scenario } from '../../scenario/scenario'
import { catalog } from '../../simulator/catalog'
import type { RunResult } from '../../simulator/result'
import { simulate } from '../../simulator/simulate'
import { helpHint, readArguments } from '../arguments'
import { CommandFailure, ExitCode, reasonOf, refused } from '../command-failure'
import { checkOutputFolder, writeFolder } from '../output-folder'
import { numberOverride, readOverride, type Override } from '../overrides'
import { policyFiles } from '../policy-file'
import { progressBar } from '../progress-bar'
import { prepareSandboxes } from '../sandboxes'
import { loadScenario } from '../scenario-file'
import type { Terminal } from '../terminal'

const options = {
  out: { type: 'string' },
  seed: { type: 'string' },
  replications: { type: 'string' },
  fidelity: { type: 'string' },
  set: { type: 'string', multiple: true },
  policy: { type: 'string', multiple: true },
  quiet: { type: 'boolean' },
} as const

/** `unrack run SCENARIO.json --out DIR`: simulates and writes the result files. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, options)
  const name = positionals.at(0)
  if (name === undefined) throw refused('run: which scenario?', helpHint)
  if (positionals.length > 1) throw refused(`run: found ${positionals.length} files, expected one`, helpHint)
  if (values.out === undefined || values.out === '') throw refused('run: --out DIR is missing', helpHint)
  const folder = resolve(terminal.folder, values.out)
  await checkOutputFolder(folder)
  const scenario = await loadScenario(terminal, name, [
    ...overridesIn(values),
    ...(await policyFiles(terminal, values.policy)),
  ])
  const isQuiet = values.quiet ?? false
  const result = await simulated(scenario, terminal, isQuiet)
  const files = exportAll(result, catalog.engineVersion)
  await writeFolder(folder, files)
  if (!isQuiet) terminal.tell(`${files.length} files in ${values.out} · digest ${digest(result).slice(0, 12)}\n`)
}

interface OverrideValues {
  readonly seed?: string | undefined
  readonly replications?: string | undefined
  readonly fidelity?: string | undefined
  readonly set?: readonly string[] | undefined
}

/** In this order: what an option of its own says wins over `--set`. */
function overridesIn({ seed, replications, fidelity, set = [] }: OverrideValues): readonly Override[] {
  return [
    ...set.map(readOverride),
    ...(seed === undefined ? [] : [numberOverride('seed', 'run.seed', seed)]),
    ...(replications === undefined ? [] : [numberOverride('replications', 'run.replications', replications)]),
    ...(fidelity === undefined ? [] : [{ path: 'run.fidelity', value: fidelity, source: `--fidelity ${fidelity}` }]),
  ]
}

async function simulated(scenario: Scenario, terminal: Terminal, isQuiet: boolean): Promise<RunResult> {
  const bar = progressBar(terminal, isQuiet)
  try {
    await prepareSandboxes(scenario)
    return simulate(scenario, bar.show)
  } catch (error) {
    throw new CommandFailure(ExitCode.failed, [`the simulation stopped: ${reasonOf(error)}`])
  } finally {
    bar.clear()
  }
}
