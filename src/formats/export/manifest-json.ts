import { scenarioText as canonicalText } from '../../scenario/scenario-text'
import type { RunResult } from '../../simulator/result'
import { digest } from './digest'
import { sha256Hex } from './sha256'
import type { ExportFile } from './export-file'

/** What made the files, and a checksum of each: enough to see whether somebody else's files are the same. */
export function manifestJson(files: readonly ExportFile[], result: RunResult, engineVersion: string): string {
  const { run } = result.scenario
  return canonicalText({
    format: 'unrack-manifest',
    version: 1,
    engine: engineVersion,
    scenario: result.scenario.name,
    seed: run.seed,
    replications: run.replications,
    fidelity: run.fidelity,
    window: { warmupSeconds: run.warmupSeconds, durationSeconds: run.durationSeconds },
    digest: digest(result),
    files: files.map((file) => ({ name: file.name, sha256: sha256Hex(file.text) })),
  })
}
