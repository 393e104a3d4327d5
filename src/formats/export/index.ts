import { scenarioText } from '../../scenario/scenario-text'
import type { RunResult } from '../../simulator/result'
import { decisionsCsv } from './decisions-csv'
import { devicesCsv } from './devices-csv'
import type { ExportFile } from './export-file'
import { histogramCsv } from './histogram-csv'
import { linksCsv } from './links-csv'
import { manifestJson } from './manifest-json'
import { migrationsCsv } from './migrations-csv'
import { offloadsCsv } from './offloads-csv'
import { operationsCsv } from './operations-csv'
import { servicesCsv } from './services-csv'
import { summaryCsv } from './summary-csv'
import { timelineCsv } from './timeline-csv'

export { digest } from './digest'
export type { ExportFile } from './export-file'
export { sha256Hex } from './sha256'

/** The files of the scenario format, in its order. */
export function exportFiles(result: RunResult): readonly ExportFile[] {
  return [
    { name: 'summary.csv', text: summaryCsv(result.summary) },
    { name: 'operations.csv', text: operationsCsv(result.operations) },
    { name: 'devices.csv', text: devicesCsv(result.devices) },
    { name: 'links.csv', text: linksCsv(result.links) },
    { name: 'decisions.csv', text: decisionsCsv(result.decisions) },
    { name: 'migrations.csv', text: migrationsCsv(result.migrations) },
    { name: 'timeline.csv', text: timelineCsv(result.timeline) },
    { name: 'services.csv', text: servicesCsv(result.services) },
    { name: 'offloads.csv', text: offloadsCsv(result.decisions) },
    { name: 'scenario.json', text: scenarioText(result.scenario) },
  ]
}

/** The files of the format and what we add: the latency histogram, and a manifest with a checksum of every other file. */
export function exportAll(result: RunResult, engineVersion: string): readonly ExportFile[] {
  const files = [...exportFiles(result), { name: 'histogram.csv', text: histogramCsv(result.histograms) }]
  return [...files, { name: 'manifest.json', text: manifestJson(files, result, engineVersion) }]
}
