import type { Candidate, DecisionRow, MigrationRow } from '../../simulator/result'
import { microsText, numberText } from '../charts/quantity-text'
import { Icon } from '../widgets/Icon'

interface WhyCardProps {
  readonly decision: DecisionRow
  readonly migration: MigrationRow | undefined
  /** Where the playhead is: outcomes are told only once they are past it. */
  readonly playheadPs: number
}

/** What the policy saw, who else was a candidate, what it expected, and what came of it. */
export function WhyCard({ decision, migration, playheadPs }: WhyCardProps) {
  const { saw, policy, mechanism, candidates } = decision
  return (
    <div className="why-card">
      <dl className="seen">
        {saw.map((each) => (
          <Fact key={each.name} name={each.name} value={each.value} />
        ))}
        <dt>policy</dt>
        <dd>
          <code>{policy}</code>
          {mechanism !== '' && (
            <>
              , mechanism <code>{mechanism}</code>
            </>
          )}
        </dd>
      </dl>
      {candidates.length > 0 && <Candidates candidates={candidates} />}
      <Outcome decision={decision} migration={migration} playheadPs={playheadPs} />
    </div>
  )
}

function Fact({
  name,
  value,
  strong = false,
}: {
  readonly name: string
  readonly value: string
  readonly strong?: boolean
}) {
  return (
    <>
      <dt>{name}</dt>
      <dd className={strong ? 'b' : ''}>{value}</dd>
    </>
  )
}

function Candidates({ candidates }: { readonly candidates: readonly Candidate[] }) {
  const most = Math.max(0, ...candidates.map((each) => (Number.isFinite(each.estimateUs) ? each.estimateUs : 0)))
  return (
    <table className="candidates">
      <thead>
        <tr>
          <th>candidate</th>
          <th colSpan={2} className="num">
            estimate, µs
          </th>
        </tr>
      </thead>
      <tbody>
        {candidates.map((each) => (
          <CandidateRow key={each.target} candidate={each} most={most} />
        ))}
      </tbody>
    </table>
  )
}

function CandidateRow({ candidate, most }: { readonly candidate: Candidate; readonly most: number }) {
  const { target, estimateUs, chosen, note } = candidate
  const isEstimated = Number.isFinite(estimateUs)
  return (
    <tr className={isEstimated || chosen ? '' : 'faint'} title={note}>
      <td className={chosen ? 'b' : ''}>
        {chosen && <Icon name="check" className="tiny" />} {target}
        {chosen && <span className="sr"> (chosen)</span>}
      </td>
      {isEstimated ? (
        <>
          <td className="cand-cell">
            <span className={`cand${chosen ? ' won' : ''}`}>
              <b style={{ width: `${most > 0 ? (100 * estimateUs) / most : 0}%` }} />
            </span>
          </td>
          <td className={chosen ? 'num b' : 'num'}>{numberText(estimateUs)}</td>
        </>
      ) : (
        <td colSpan={2} className="cand-cell clip">
          {note === '' ? '–' : note}
        </td>
      )}
    </tr>
  )
}

function Outcome({ decision, migration, playheadPs }: WhyCardProps) {
  const estimate = Number.isFinite(decision.estimateUs) ? microsText(decision.estimateUs) : '–'
  if (migration === undefined) {
    return decision.estimateUs > 0 ? (
      <dl className="seen outcome">
        <Fact name="estimate" value={estimate} />
      </dl>
    ) : null
  }
  const elapsedUs = (playheadPs - migration.startPs) / 1e6
  const isOver = Number.isFinite(migration.totalUs) && elapsedUs >= migration.totalUs
  return (
    <dl className="seen outcome">
      <Fact name="total, estimate" value={estimate} />
      {elapsedUs > 0 && !isOver && <Fact name="total, so far" value={microsText(elapsedUs)} strong />}
      {isOver && <Fact name="total, actual" value={microsText(migration.totalUs)} strong />}
      {isOver && <Fact name="downtime, actual" value={microsText(migration.downtimeUs)} strong />}
      {isOver && <Fact name="rounds, outcome" value={`${migration.rounds}, ${migration.outcome}`} />}
    </dl>
  )
}
