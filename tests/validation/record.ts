import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  cases,
  documentText,
  figureFile,
  figureSvg,
  readRecorded,
  recordedText,
  recordedWith,
  shownError,
  shownNumber,
  strongest,
  type Recorded,
} from '../../src/validation/report/index'
import type { CaseResult, Form, Row } from '../../src/validation/validation-case'

/** What `npm run validate` does, in the project's folder: runs cases, prints tables, writes the page and its data. */

const RESULTS = 'public/validation/results.json'
const FIGURES = 'docs/validation'

function columns(row: Row): string {
  const interval = Number.isNaN(row.low) ? '' : `[${shownNumber(row.low)}, ${shownNumber(row.high)}]`
  return [
    row.label.padEnd(52),
    shownNumber(row.expected).padStart(12),
    shownNumber(row.simulated).padStart(12),
    row.unit.padEnd(6),
    shownError(row.expected, row.simulated).padStart(10),
    interval.padEnd(24),
    row.verdict,
  ].join(' ')
}

function print(result: CaseResult, seconds: number): void {
  console.log(`${result.id}: ${result.verdict} (${seconds.toFixed(1)} s, ${result.events} events)`)
  for (const row of result.rows) console.log(`  ${columns(row)}`)
  for (const note of result.notes) console.log(`  note: ${note}`)
}

function runChosen(ids: readonly string[] | undefined, form: Form): CaseResult[] {
  const unknown = ids?.filter((id) => !cases.some((one) => one.id === id)) ?? []
  if (unknown.length > 0)
    throw new Error(`no case ${unknown.join(', ')}; there are ${cases.map(({ id }) => id).join(', ')}`)
  return cases
    .filter((one) => ids === undefined || ids.includes(one.id))
    .map((one) => {
      const start = performance.now()
      const result = one.run({ form })
      print(result, (performance.now() - start) / 1000)
      return result
    })
}

function write(recorded: Recorded): void {
  mkdirSync('public/validation', { recursive: true })
  mkdirSync(FIGURES, { recursive: true })
  writeFileSync(RESULTS, recordedText(recorded))
  const written = recorded.cases.flatMap((info) =>
    (strongest(recorded, info.id)?.figures ?? []).map((figure, i) => {
      const file = figureFile(info.id, i)
      writeFileSync(join(FIGURES, file), figureSvg(figure, `${info.id} ${info.title}`))
      return file
    }),
  )
  for (const file of readdirSync(FIGURES)) if (!written.includes(file)) rmSync(join(FIGURES, file))
  writeFileSync('docs/validation.md', documentText(recorded))
}

function main(): void {
  const { values } = parseArgs({
    options: {
      case: { type: 'string', multiple: true },
      form: { type: 'string', default: 'full' },
      write: { type: 'boolean', default: false },
    },
  })
  const { form } = values
  if (form !== 'short' && form !== 'full') throw new Error(`--form is short or full; got ${form}`)
  const results = values.write ? [] : runChosen(values.case, form)
  const before = existsSync(RESULTS) ? readRecorded(readFileSync(RESULTS, 'utf8')) : null
  write(recordedWith(before, form, results))
}

main()
