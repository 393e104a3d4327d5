import type { ExportFile } from '../formats/export'
import type { Scenario, ScenarioDocument } from '../scenario/scenario'
import type { BranchResult, RunResult } from '../simulator/result'
import type { RunState } from '../stores/run-store'

/** What can be exported now. */
export type ExportState =
  | { readonly kind: 'never-run' | 'running' | 'failed' | 'cancelled' }
  /** `isStale`: the document was edited since; the files are those of the run, with its own scenario. */
  | { readonly kind: 'ready'; readonly result: RunResult; readonly isStale: boolean }

export function exportState(run: RunState, document: ScenarioDocument): ExportState {
  switch (run.status) {
    case 'idle':
      return { kind: 'never-run' }
    case 'running':
    case 'failed':
    case 'cancelled':
      return { kind: run.status }
    case 'done':
      if (run.result === null) return { kind: 'running' }
      return { kind: 'ready', result: run.result, isStale: run.document !== document }
  }
}

/** Why there is nothing to export; '' where there is. */
export function exportHint(state: ExportState): string {
  switch (state.kind) {
    case 'never-run':
      return 'Not run yet: the files hold the results of a run. Run it first.'
    case 'running':
      return 'The run goes on. The files are complete when it is done.'
    case 'failed':
      return 'The run stopped with an error, so that there are no results. Mend the scenario and run again.'
    case 'cancelled':
      return 'The run was cancelled, so that there are no complete results. Run it again.'
    case 'ready':
      return state.isStale ? staleHint(state.result.scenario.name) : ''
  }
}

function staleHint(name: string): string {
  return `What is on the page was edited since the last run. The files are those of that run of “${name}”, with the scenario as it ran.`
}

/** All files of a run. What writes them is loaded when it is needed. */
export async function resultFiles(result: RunResult, engineVersion: string): Promise<readonly ExportFile[]> {
  const { exportAll } = await import('../formats/export')
  return exportAll(result, engineVersion)
}

/** A branch as the command line writes it: both courses, each in a folder of its own, and what is different. */
export async function branchFiles(result: BranchResult, engineVersion: string): Promise<readonly ExportFile[]> {
  const { exportAll } = await import('../formats/export')
  const inFolder = (name: string, run: RunResult): readonly ExportFile[] =>
    exportAll(run, engineVersion).map((file) => ({ ...file, name: `${name}/${file.name}` }))
  return [...inFolder('a', result.a), ...inFolder('b', result.b), await differenceFile(result)]
}

/** B against A, figure by figure. */
export async function differenceFile({ differences }: BranchResult): Promise<ExportFile> {
  const { differenceCsv } = await import('../formats/export/difference-csv')
  return { name: DIFFERENCE_FILE, text: differenceCsv(differences) }
}

export const DIFFERENCE_FILE = 'difference.csv'

/** The files as one zip; the same files give the same bytes. The packer is loaded when it is needed. */
export async function zipped(files: readonly ExportFile[]): Promise<Blob> {
  const { strToU8, zipSync } = await import('fflate')
  const entries = files.map((file) => [file.name, strToU8(file.text)] as const)
  const bytes = zipSync(Object.fromEntries(entries), { level: 6, mtime: new Date(1980, 0, 1) })
  return new Blob([new Uint8Array(bytes)], { type: 'application/zip' })
}

/** A file name from the scenario's name: `local-against-pooled-memory`. */
export function fileStem(scenario: Pick<Scenario, 'name'> | ScenarioDocument): string {
  const name = typeof scenario.name === 'string' ? scenario.name : ''
  const stem = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return stem === '' ? 'scenario' : stem.slice(0, 60)
}
