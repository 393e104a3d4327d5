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
      {candidates.length > 0 && <Candidates candidates={candidates} actualUs={knownActual(decision, playheadPs)} />}
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

interface CandidatesProps {
  readonly candidates: readonly Candidate[]
  /** What the choice took in the end; NaN while that is not known. */
  readonly actualUs: number
}

function Candidates({ candidates, actualUs }: CandidatesProps) {
  const most = Math.max(
    0,
    Number.isFinite(actualUs) ? actualUs : 0,
    ...candidates.map((each) => (Number.isFinite(each.estimateUs) ? each.estimateUs : 0)),
  )
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
          <CandidateRow key={each.target} candidate={each} most={most} actualUs={each.chosen ? actualUs : NaN} />
        ))}
      </tbody>
    </table>
  )
}

interface CandidateRowProps {
  readonly candidate: Candidate
  readonly most: number
  readonly actualUs: number
}

/** The bar is what was expected; a mark on it what came. */
function CandidateRow({ candidate, most, actualUs }: CandidateRowProps) {
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
              {actualUs > 0 && (
                <em title={`actual ${microsText(actualUs)}`} style={{ left: `${(100 * actualUs) / most}%` }} />
              )}
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
  if (migration === undefined) return <Measured decision={decision} playheadPs={playheadPs} />
  const elapsedUs = (playheadPs - migration.startPs) / 1e6
  const isOver = Number.isFinite(migration.totalUs) && elapsedUs >= migration.totalUs
  return (
    <dl className="seen outcome">
      <Fact name="total, estimate" value={estimate} />
      {elapsedUs > 0 && !isOver && <Fact name="total, so far" value={microsText(elapsedUs)} strong />}
      {isOver && <Fact name="total, actual" value={microsText(migration.totalUs)} strong />}
      {isOver && <Fact name="downtime, actual" value={microsText(migration.downtimeUs)} strong />}
      {isOver && <Fact name="rounds, outcome" value={`${migration.rounds}, ${migration.outcome}`} />}
      <Hindsight decision={decision} playheadPs={playheadPs} />
    </dl>
  )
}

const isKnown = ({ outcome }: DecisionRow, playheadPs: number) => outcome !== null && outcome.timePs <= playheadPs
const knownActual = (decision: DecisionRow, playheadPs: number) =>
  isKnown(decision, playheadPs) ? (decision.outcome?.actualUs ?? NaN) : NaN

/** What was expected of a decision that is no move, and once it has ended what came. */
function Measured({ decision, playheadPs }: Omit<WhyCardProps, 'migration'>) {
  const { estimateUs, outcome } = decision
  const isOver = isKnown(decision, playheadPs)
  if (!(estimateUs > 0) && !isOver) return null
  return (
    <dl className="seen outcome">
      {estimateUs > 0 && <Fact name="estimate" value={microsText(estimateUs)} />}
      {isOver && outcome !== null && Number.isFinite(outcome.actualUs) && (
        <Fact
          name={outcome.end === 'completed' ? 'actual' : `until it ${outcome.end}`}
          value={microsText(outcome.actualUs)}
          strong
        />
      )}
      <Hindsight decision={decision} playheadPs={playheadPs} />
    </dl>
  )
}

/** The best candidate in hindsight, and what choosing it would have saved. */
function Hindsight({ decision, playheadPs }: Omit<WhyCardProps, 'migration'>) {
  const { outcome } = decision
  if (outcome === null || !isKnown(decision, playheadPs) || !Number.isFinite(outcome.regretUs)) return null
  if (outcome.regretUs <= 0) return <Fact name="in hindsight" value="the best choice" />
  return (
    <>
      <Fact name="best in hindsight" value={`${outcome.best}, ${microsText(outcome.bestUs)}`} />
      <Fact name="regret" value={microsText(outcome.regretUs)} strong />
    </>
  )
}
