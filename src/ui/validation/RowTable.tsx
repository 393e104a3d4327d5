import { compareResults } from '../../app/validation/compare-results'
import type { CaseResult, Row } from '../../validation/validation-case'
import { allowedHeading, allowedText, errorText, INTERVAL, ROLES, valueText } from './validation-words'
import { VerdictMark } from './VerdictMark'

interface RowTableProps {
  readonly result: CaseResult
  readonly form: 'full' | 'short' | 'here'
  /** For a run of here: what was recorded of the same form. */
  readonly recorded?: CaseResult | undefined
}

const captions = { full: 'Recorded, full form', short: 'Recorded, short form', here: 'Run here, short form' } as const

/** Expected against simulated, value by value; mechanism, held-out and calibration points apart. */
export function RowTable({ result, form, recorded }: RowTableProps) {
  const roles = (['mechanism', 'parameter', 'calibration point'] as const).filter((role) =>
    result.rows.some((row) => row.role === role),
  )
  const differing = new Map(
    recorded === undefined
      ? []
      : compareResults(recorded, result).differences.map((each) => [each.label, each.recorded]),
  )
  return (
    <section className="v-rows" aria-label={captions[form]}>
      <h2>{captions[form]}</h2>
      <div className="v-scroll scroll-shade" tabIndex={0} role="region" aria-label={`Table: ${captions[form]}`}>
        <table className="rows">
          <caption className="sr">{captions[form]}</caption>
          <thead>
            <tr>
              <th scope="col">Quantity</th>
              <th scope="col" className="num">
                Expected
              </th>
              <th scope="col" className="num">
                Simulated
              </th>
              <th scope="col" className="num">
                Off by
              </th>
              <AllowedHeading rows={result.rows} />
              <th scope="col">Verdict</th>
              {recorded === undefined ? null : <th scope="col">Against recorded</th>}
            </tr>
          </thead>
          {roles.map((role) => (
            <tbody key={role}>
              <tr className="v-role">
                <th scope="rowgroup" colSpan={recorded === undefined ? 6 : 7}>
                  <span className="b">{ROLES[role].name}</span> {ROLES[role].what}
                </th>
              </tr>
              {result.rows
                .filter((row) => row.role === role)
                .map((row) => (
                  <RowLine
                    key={row.label}
                    row={row}
                    recorded={recorded === undefined ? undefined : sameness(row, differing)}
                  />
                ))}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  )
}

function AllowedHeading({ rows }: { readonly rows: readonly Row[] }) {
  const heading = allowedHeading(rows)
  return heading === 'Allowed' ? (
    <th scope="col" className="num">
      {heading}
    </th>
  ) : (
    <th scope="col" className="num" title={INTERVAL}>
      {heading}
      <span className="sr">. {INTERVAL}</span>
    </th>
  )
}

function sameness(row: Row, differing: ReadonlyMap<string, number>): string {
  if (!differing.has(row.label)) return 'same'
  const before = differing.get(row.label) ?? NaN
  return Number.isNaN(before) ? 'not recorded' : `was ${valueText(before)}`
}

function RowLine({ row, recorded }: { readonly row: Row; readonly recorded: string | undefined }) {
  const unit = row.unit === '' ? null : <span className="u"> {row.unit}</span>
  return (
    <tr className={row.verdict === 'outside' ? 'is-miss' : undefined}>
      <th scope="row">{row.label}</th>
      <td className="num">
        {valueText(row.expected)}
        {unit}
      </td>
      <td className="num b">
        {valueText(row.simulated)}
        {unit}
      </td>
      <td className="num">{errorText(row)}</td>
      <td className="num dim">{allowedText(row)}</td>
      <td>
        <span className="row verdict-cell">
          <VerdictMark verdict={row.verdict} />
          {row.verdict}
        </span>
      </td>
      {recorded === undefined ? null : <td className={recorded === 'same' ? 'dim' : 'b'}>{recorded}</td>}
    </tr>
  )
}
