import type { ReactNode } from 'react'
import { downloadText } from '../../app/export-download'
import { validationCsv } from '../../app/validation/validation-csv'
import { countsText, countVerdicts } from '../../app/validation/verdicts'
import type { Recorded } from '../../stores/validation-store'
import type { CaseInfo, CaseResult } from '../../validation/validation-case'
import { Button } from '../widgets/Button'
import { CaseTable } from './CaseTable'
import { RunAll } from './RunAll'
import { GROUPS, STRICTNESS } from './validation-words'
import { VerdictMark } from './VerdictMark'

interface OverviewProps {
  readonly recorded: Recorded
  readonly results: ReadonlyMap<string, CaseResult>
  /** Cases that pass the filter. */
  readonly shown: readonly CaseInfo[]
  /** Where the list beside has none. */
  readonly filters: ReactNode
  readonly onOpen: (id: string) => void
}

/** All cases at a glance: how many hold, every one as a mark, and how far every value is off. */
export function Overview({ recorded, results, shown, filters, onOpen }: OverviewProps) {
  const isFiltered = shown.length < recorded.cases.length
  return (
    <div className="v-page">
      <header className="v-head">
        <Headline results={results} />
        <p className="v-lead">
          Every mechanism is held against theory, against published measurements, and against a slower and finer way of
          simulating the same thing. Tolerances were written down before the runs; what misses is shown as a miss.
        </p>
        <div className="row v-actions">
          <RunAll
            ids={shown.map((one) => one.id)}
            label={isFiltered ? `Run these ${shown.length} here` : 'Run all here'}
          />
          <Button icon="export" onClick={() => downloadText('validation.csv', allRows(recorded, results, shown))}>
            Export CSV
          </Button>
        </div>
      </header>
      <div className="v-groups">
        {GROUPS.map((group) => (
          <GroupMarks
            key={group.id}
            group={group}
            cases={recorded.cases.filter((one) => one.group === group.id)}
            results={results}
            onOpen={onOpen}
          />
        ))}
      </div>
      <div className="v-table-head">
        <h2>Cases</h2>
        {filters}
      </div>
      <CaseTable cases={shown} results={results} onOpen={onOpen} />
      <Classes />
      <NotSimulated recorded={recorded} />
    </div>
  )
}

function Headline({ results }: { readonly results: ReadonlyMap<string, CaseResult> }) {
  const counts = countVerdicts(results.values())
  const [first = '', ...rest] = countsText(counts).split('; ')
  return (
    <h1 className="v-headline">
      <span className="v-display">{first}</span>
      {rest.length === 0 ? null : <span className="v-rest">{rest.join('; ')}</span>}
    </h1>
  )
}

function allRows(recorded: Recorded, results: ReadonlyMap<string, CaseResult>, shown: readonly CaseInfo[]): string {
  return validationCsv(
    shown.flatMap((info) => {
      const result = results.get(info.id)
      return result === undefined ? [] : [{ info, result, form: recorded.full.has(info.id) ? 'full' : 'short' }]
    }),
  )
}

interface GroupMarksProps {
  readonly group: (typeof GROUPS)[number]
  readonly cases: readonly CaseInfo[]
  readonly results: ReadonlyMap<string, CaseResult>
  readonly onOpen: (id: string) => void
}

/** One mark per case: a unit chart whose marks are doors. */
function GroupMarks({ group, cases, results, onOpen }: GroupMarksProps) {
  if (cases.length === 0) return null
  const own = cases.flatMap((one) => results.get(one.id) ?? [])
  const { holds, all } = countVerdicts(own)
  return (
    <section className="v-group" aria-label={group.name}>
      <h2>
        {group.name}
        <span className="count">
          {holds} of {all}
        </span>
      </h2>
      <ul className="v-marks">
        {cases.map((one) => {
          const verdict = results.get(one.id)?.verdict
          const words = `${one.id} ${one.title}: ${verdict ?? 'not recorded'}`
          return (
            <li key={one.id}>
              <button type="button" className="v-mark" aria-label={words} title={words} onClick={() => onOpen(one.id)}>
                <VerdictMark verdict={verdict ?? 'unknown'} />
              </button>
            </li>
          )
        })}
      </ul>
      <p className="dim">{group.what}</p>
    </section>
  )
}

function Classes() {
  return (
    <section className="v-notes">
      <h2>How strict a case is</h2>
      <dl className="v-classes">
        {Object.values(STRICTNESS).map(({ name, what }) => (
          <div key={name}>
            <dt className="b">{name}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="dim">
        Errors of the mechanism, which are ours, and doubts about parameters, which are the measurement’s, stand apart
        in every table. <code>npm run validate</code> makes all of this again, with the long forms.
      </p>
    </section>
  )
}

function NotSimulated({ recorded }: { readonly recorded: Recorded }) {
  if (recorded.notSimulated.length === 0) return null
  return (
    <section className="v-notes">
      <h2>Not checked by running</h2>
      <dl className="v-classes">
        {recorded.notSimulated.map((one) => (
          <div key={one.id}>
            <dt>
              <span className="case-id">{one.id}</span> <span className="b">{one.title}</span>
            </dt>
            <dd>{one.reason}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
