import { resolve } from 'node:path'
import { importers, reportLines, type Importer } from '../../formats/import'
import { scenarioText } from '../../scenario/scenario-text'
import { helpHint, readArguments } from '../arguments'
import { refused } from '../command-failure'
import { writeWhole } from '../output-folder'
import type { Terminal } from '../terminal'
import { readTraceFiles } from '../trace-files'

const options = {
  out: { type: 'string' },
  report: { type: 'string' },
  quiet: { type: 'boolean' },
} as const

/** `unrack import jaeger FILE-OR-FOLDER… --out SCENARIO.json`: makes a scenario from traces. */
export async function importCommand(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, options)
  const [format, ...names] = positionals
  const importer = importerOf(format)
  if (names.length === 0) throw refused(`import ${importer.name}: which files or folders?`, helpHint)
  if (values.out === undefined || values.out === '')
    throw refused(`import ${importer.name}: --out SCENARIO.json is missing`, helpHint)
  const { scenario, report, truth } = importer.run(await readTraceFiles(terminal, names), { input: names.join(' ') })
  const lines = reportLines(report)
  if (scenario === null) throw refused(...lines)
  await writeWhole(resolve(terminal.folder, values.out), scenarioText(scenario))
  if (values.report !== undefined) await writeWhole(resolve(terminal.folder, values.report), scenarioText(truth))
  if (values.quiet !== true) terminal.tell(`${lines.join('\n')}\n`)
}

function importerOf(format: string | undefined): Importer {
  const names = importers.map((importer) => importer.name).join(', ')
  if (format === undefined) throw refused(`import: which format? (${names})`, helpHint)
  const importer = importers.find((each) => each.name === format)
  if (importer === undefined) throw refused(`import: no format "${format}" (${names})`, helpHint)
  return importer
}
