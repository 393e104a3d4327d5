import type { CaseInfo, CaseResult, Row } from '../validation-case'
import { shownError, shownNumber } from './numbers'
import type { Recorded } from './recorded'

/** docs/validation.md, made of the recorded results. */

const GROUPS: readonly (readonly [CaseInfo['group'], string, string])[] = [
  ['closed forms', 'Closed forms', 'Scenarios with a free network and known work, whose theory is exact.'],
  [
    'decisions',
    'Decisions',
    'What placement, offloading, balancing, scaling, migration and recovery do, against theory, against what was best in hindsight, and against each other.',
  ],
  ['published', 'Published results', 'Scenarios of systems that others built and measured.'],
  ['fidelity', 'Fidelities', 'The coarser fidelities against the reference.'],
]

export function documentText(recorded: Recorded): string {
  const inOrder = GROUPS.flatMap(([group]) => recorded.cases.filter((info) => info.group === group))
  return [
    introduction(recorded),
    ...summaryTable(recorded, inOrder),
    ...errorsSection(recorded),
    ...GROUPS.flatMap(([group, title, about]) => groupSection(recorded, group, title, about)),
    ...notSimulatedSection(recorded),
    REPEAT,
  ].join('\n')
}

/** The stronger of what was recorded: the full form where there is one. */
export function strongest(recorded: Recorded, id: string): CaseResult | undefined {
  return recorded.full[id] ?? recorded.short[id]
}

export function figureFile(id: string, index: number): string {
  return `${id.toLowerCase()}-${index + 1}.svg`
}

function introduction(recorded: Recorded): string {
  const results = recorded.cases.flatMap((info) => strongest(recorded, info.id) ?? [])
  const count = (verdict: CaseResult['verdict']): number => results.filter((one) => one.verdict === verdict).length
  const exactRows = recorded.cases
    .filter((info) => info.strictness === 'exact')
    .flatMap((info) => strongest(recorded, info.id)?.rows ?? [])
    .filter((row) => !Number.isNaN(row.low))
  return `# Validation

<!-- Written by \`npm run validate\`; change src/validation, not this page. -->

This page holds the simulator against theory and against what others measured. Every case builds a scenario, as a user
would, and runs the simulator; no formula is compared with itself. Its tolerance was written before its first run, and a miss
is shown as a miss, with the reason as far as it is known. Of ${results.length} cases **${count('holds')} hold**, ${count('misses')} miss and ${count('shown only')} are only shown.

| strictness | what is compared | when it holds |
| --- | --- | --- |
| exact | the closed form of the same model, or the reference fidelity | where chance plays in, the formula is inside the 99.9 % t-interval of at least 20 replications with seeds fixed beforehand, 95 % half-width at most 1 % (2 % for percentiles); elsewhere within the tolerance of the case |
| calibrated | a device microbenchmark; one point of the curve is an input, the others are held out | held-out points within 10 %, their median error at most 5 % |
| shape | an application result whose service demands had to be fitted | knee within 20 %, end ratio within 30 % |
| order | a headline ratio of a system that is not modelled in detail, or of one policy against another | the right winner, within a factor of 3 or on the right side of a bound set beforehand |

There are ${exactRows.length} intervals of the exact kind below: about ${shownNumber(exactRows.length / 1000)} of them would miss by chance alone. No miss was
run again with another seed in search of a pass; but after first runs some were lengthened for their intervals (B5, B9, B24), and
rows that compared unlike things were replaced or told anew (B6, B20, A8, A24, A29).
`
}

function summaryTable(recorded: Recorded, infos: readonly CaseInfo[]): string[] {
  return [
    '## Summary',
    '',
    '| case | | strictness | rows within | largest error of a claimed row | verdict |',
    '| --- | --- | --- | --- | --- | --- |',
    ...infos.map((info) => {
      const result = strongest(recorded, info.id)
      if (!result) return `| ${info.id} | ${info.title} | ${info.strictness} | — | — | not run |`
      const claimed = result.rows.filter((row) => row.verdict !== 'shown only')
      const within = claimed.filter((row) => row.verdict === 'within').length
      return `| [${info.id}](#${anchor(info)}) | ${info.title} | ${info.strictness} | ${within} of ${claimed.length} | ${largestError(claimed)} | ${verdictWords(result)} |`
    }),
    '',
  ]
}

function largestError(rows: readonly Row[]): string {
  const errors = rows
    .filter((row) => row.bound === undefined)
    .map((row) => Math.abs((row.simulated - row.expected) / row.expected))
    .filter(Number.isFinite)
  return errors.length === 0 ? '—' : `${(100 * Math.max(...errors)).toFixed(2)} %`
}

function verdictWords({ verdict }: CaseResult): string {
  return verdict === 'misses' ? '**misses**' : verdict
}

/** Mechanism and parameters apart, over all cases. */
function errorsSection(recorded: Recorded): string[] {
  const line = (role: Row['role'], words: string): string => {
    const rows = recorded.cases
      .flatMap((info) => strongest(recorded, info.id)?.rows ?? [])
      .filter((row) => row.role === role && row.verdict !== 'shown only' && row.bound === undefined)
    const errors = rows
      .map((row) => Math.abs((row.simulated - row.expected) / row.expected))
      .filter(Number.isFinite)
      .sort((a, b) => a - b)
    const at = (share: number): string =>
      errors.length === 0
        ? '—'
        : `${(100 * errors[Math.min(errors.length - 1, Math.floor(share * errors.length))]).toFixed(2)} %`
    return `| ${words} | ${rows.length} | ${at(0.5)} | ${at(0.9)} | ${at(1)} |`
  }
  return [
    '## Mechanism error and parameter uncertainty',
    '',
    'Two things can make a simulated number wrong, and they are reported apart. **Mechanism**: the run against a closed form of',
    'the very same model with the very same parameters; whatever differs is our fault. **Parameters**: the run against a',
    'measurement of a real system; what differs may be the mechanism, but also a figure that nobody published, and each case',
    'says which of its figures were taken, which were fitted and which were held out. Calibration points are shown and never counted.',
    '',
    '| claimed rows | count | median error | 90 % of rows within | largest |',
    '| --- | --- | --- | --- | --- |',
    line('mechanism', 'mechanism: against our own closed form'),
    line('parameter', 'parameters: against a measurement, held out'),
    '',
  ]
}

function groupSection(recorded: Recorded, group: CaseInfo['group'], title: string, about: string): string[] {
  const infos = recorded.cases.filter((info) => info.group === group)
  if (infos.length === 0) return []
  return [`## ${title}`, '', about, '', ...infos.flatMap((info) => caseSection(recorded, info))]
}

function caseSection(recorded: Recorded, info: CaseInfo): string[] {
  const result = strongest(recorded, info.id)
  const form = info.id in recorded.full ? 'full' : 'short'
  return [
    `### ${info.id} ${info.title}`,
    '',
    `${info.question}${result ? ` **${capital(result.verdict)}.**` : ''}`,
    '',
    `- Source: ${info.source}.`,
    `- Strictness: ${info.strictness}. Tolerance: ${info.tolerance}`,
    `- Inputs: ${info.inputs}`,
    ...(result
      ? [
          `- Run: ${form} form, ${thousands(result.events)} events. Repeat it: \`npm run validate -- --case ${info.id} --form ${form}\``,
        ]
      : []),
    '',
    ...(result ? resultSection(info, result) : ['Not run yet.', '']),
  ]
}

function resultSection(info: CaseInfo, result: CaseResult): string[] {
  return [
    ...result.figures.flatMap((figure, i) => [
      `![${info.title}: ${figure.yLabel} over ${figure.xLabel}](validation/${figureFile(info.id, i)})`,
      '',
    ]),
    ...rowsTable(result.rows),
    '',
    ...result.notes.flatMap((note) => [`> ${note}`, '']),
  ]
}

function rowsTable(rows: readonly Row[]): string[] {
  return [
    '| | expected | simulated | 99.9 % interval | error | allowed | role | verdict |',
    '| --- | --: | --: | :-: | --: | --: | --- | --- |',
    ...rows.map((row) => {
      const interval = Number.isNaN(row.low) ? '' : `${shownNumber(row.low)} … ${shownNumber(row.high)}`
      const rule = Number.isNaN(row.low) ? '' : 'interval'
      const allowed =
        row.bound ?? (Number.isNaN(row.tolerance) ? rule : `${Number((100 * row.tolerance).toPrecision(3))} %`)
      const error = row.bound === undefined ? shownError(row.expected, row.simulated) : ''
      const unit = row.unit === '' ? '' : `, ${row.unit}`
      const verdict = row.verdict === 'outside' ? '**outside**' : row.verdict
      return `| ${row.label}${unit} | ${shownNumber(row.expected)} | ${shownNumber(row.simulated)} | ${interval} | ${error} | ${allowed} | ${row.role} | ${verdict} |`
    }),
  ]
}

function notSimulatedSection({ notSimulated }: Recorded): string[] {
  if (notSimulated.length === 0) return []
  return [
    '## Not simulated',
    '',
    'Closed forms and results whose mechanism the model does not have yet. They are listed so that nobody takes silence for agreement.',
    '',
    '| | | why |',
    '| --- | --- | --- |',
    ...notSimulated.map((one) => `| ${one.id} | ${one.title} | ${one.reason} |`),
    '',
  ]
}

const REPEAT = `## How to repeat it

\`\`\`sh
npm run validate                                  # everything, full form: some minutes; rewrites this page, its figures and the page's data
npm run validate -- --form short                  # everything, a minute or so
npm run validate -- --case B1 --form full         # one case
\`\`\`

The short form of every case is part of \`npm test\`: exact cases must hold, and every other case must give the verdict that is recorded
here, misses included. The page's **Validation** view shows these results and runs any case again in the reader's browser; the numbers are
the same on every machine, to the last bit. Nothing in a case knows the wall clock, and seeds are fixed in \`src/validation\`.
`

function anchor(info: CaseInfo): string {
  return `${info.id} ${info.title}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

/** 1234567 as 1,234,567. */
function thousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
