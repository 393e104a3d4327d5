import { resolve } from 'node:path'
import { digest, exportAll, type ExportFile } from '../../formats/export'
import { differenceCsv } from '../../formats/export/difference-csv'
import { problemText } from '../../scenario/problems'
import type { Json, Scenario } from '../../scenario/scenario'
import { branch, branchProblems } from '../../simulator/branch'
import { catalog } from '../../simulator/catalog'
import type { BranchResult, RunResult } from '../../simulator/result'
import { helpHint, readArguments } from '../arguments'
import { CommandFailure, ExitCode, reasonOf, refused } from '../command-failure'
import { changedScenario, type Change } from '../changed-scenario'
import { checkOutputFolder, writeFolder } from '../output-folder'
import { numberOverride, readJson, readOverride } from '../overrides'
import { policyFiles } from '../policy-file'
import { progressBar } from '../progress-bar'
import { prepareSandboxes } from '../sandboxes'
import { loadScenario } from '../scenario-file'
import type { Terminal } from '../terminal'

const options = {
  at: { type: 'string' },
  out: { type: 'string' },
  set: { type: 'string', multiple: true },
  policy: { type: 'string', multiple: true },
  order: { type: 'string', multiple: true },
  fault: { type: 'string', multiple: true },
  drop: { type: 'string', multiple: true },
  seed: { type: 'string' },
  replications: { type: 'string' },
  quiet: { type: 'boolean' },
} as const

/** `unrack branch SCENARIO.json --at SECONDS … --out DIR`: the run as it is, and with a change from a moment on. */
export async function branchCommand(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, options)
  const name = positionals.at(0)
  if (name === undefined) throw refused('branch: which scenario?', helpHint)
  if (positionals.length > 1) throw refused(`branch: found ${positionals.length} files, expected one`, helpHint)
  if (values.out === undefined || values.out === '') throw refused('branch: --out DIR is missing', helpHint)
  if (values.at === undefined) throw refused('branch: --at SECONDS is missing', helpHint)
  const atSeconds = Number(numberOverride('at', 'at', values.at).value)
  const changes = [...(await policiesIn(values, terminal)), ...changesIn(values)]
  if (changes.length === 0)
    throw refused(
      'branch: what changes? (--set PATH=VALUE, --policy KIND=FILE.js, --order JSON, --fault JSON, --drop PATH)',
      helpHint,
    )
  const folder = resolve(terminal.folder, values.out)
  await checkOutputFolder(folder)
  const scenario = await loadScenario(terminal, name, [
    ...(values.seed === undefined ? [] : [numberOverride('seed', 'run.seed', values.seed)]),
    ...(values.replications === undefined
      ? []
      : [numberOverride('replications', 'run.replications', values.replications)]),
  ])
  const changed = changedScenario(scenario, changes)
  const problems = branchProblems(scenario, changed, atSeconds)
  if (problems.length > 0) throw refused(...problems.map(problemText))
  const isQuiet = values.quiet ?? false
  const result = await branched(scenario, atSeconds, changed, terminal, isQuiet)
  await writeBranch(folder, result)
  if (!isQuiet) terminal.tell(summaryLine(result, values.out))
}

/** `--policy`, each file as the fields that it sets. */
async function policiesIn(
  { policy }: { readonly policy?: readonly string[] | undefined },
  terminal: Terminal,
): Promise<readonly Change[]> {
  return (await policyFiles(terminal, policy)).map((override): Change => ({ do: 'set', ...override }))
}

interface ChangeValues {
  readonly set?: readonly string[] | undefined
  readonly order?: readonly string[] | undefined
  readonly fault?: readonly string[] | undefined
  readonly drop?: readonly string[] | undefined
}

function changesIn({ set = [], order = [], fault = [], drop = [] }: ChangeValues): readonly Change[] {
  const added = (option: string, path: string, texts: readonly string[]): readonly Change[] =>
    texts.map((text) => ({ do: 'add', path, value: readJson(option, text), source: `--${option} ${text}` }))
  return [
    ...set.map((text): Change => ({ do: 'set', ...readOverride(text) })),
    ...lastFirst(drop).map((path): Change => ({
      do: 'drop',
      path,
      value: null satisfies Json,
      source: `--drop ${path}`,
    })),
    ...added('order', 'policies.orders', order),
    ...added('fault', 'faults', fault),
  ]
}

/** So that leaving one out moves none of the others. */
function lastFirst(paths: readonly string[]): readonly string[] {
  return [...paths].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
}

async function branched(
  scenario: Scenario,
  atSeconds: number,
  changed: Scenario,
  terminal: Terminal,
  isQuiet: boolean,
): Promise<BranchResult> {
  const bar = progressBar(terminal, isQuiet)
  try {
    await prepareSandboxes(scenario, changed)
    return branch(scenario, atSeconds, changed, bar.show)
  } catch (error) {
    throw new CommandFailure(ExitCode.failed, [`the simulation stopped: ${reasonOf(error)}`])
  } finally {
    bar.clear()
  }
}

async function writeBranch(folder: string, { a, b, differences }: BranchResult): Promise<void> {
  const difference: ExportFile = { name: 'difference.csv', text: differenceCsv(differences) }
  await writeFolder(resolve(folder, 'a'), exportAll(a, catalog.engineVersion))
  await writeFolder(resolve(folder, 'b'), exportAll(b, catalog.engineVersion))
  await writeFolder(folder, [difference])
}

function summaryLine({ a, b, paired }: BranchResult, out: string): string {
  const short = (result: RunResult): string => digest(result).slice(0, 12)
  const { requests, meanA, meanB, ci95Low, ci95High } = paired
  const interval = Number.isNaN(ci95Low) ? '' : ` (95 %: ${ci95Low.toFixed(3)} to ${ci95High.toFixed(3)})`
  const effect =
    requests === 0
      ? 'no request ended in both after the moment'
      : `${requests} requests in both since then: ${(meanB - meanA).toFixed(3)} us each${interval}`
  return `a, b and difference.csv in ${out} · digests ${short(a)} ${short(b)}\n${effect}\n`
}
