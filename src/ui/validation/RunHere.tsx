import { compareResults, comparisonText } from '../../app/validation/compare-results'
import type { LiveRun } from '../../stores/validation-store'
import type { CaseInfo, CaseResult } from '../../validation/validation-case'
import { countText } from '../charts/quantity-text'
import { Button } from '../widgets/Button'
import { useLive, useValidation } from './validation-context'
import { secondsText } from './validation-words'
import { VerdictBadge, VerdictMark } from './VerdictMark'

interface RunHereProps {
  readonly info: CaseInfo
  /** What was recorded of the same form. */
  readonly recorded: CaseResult | undefined
}

/** Runs the case in the reader's own browser and says whether it gives the same numbers. */
export function RunHere({ info, recorded }: RunHereProps) {
  const session = useValidation()
  const live = useLive(info.id)
  const isAtWork = live?.status === 'running' || live?.status === 'waiting'
  return (
    <section className="run-here" aria-label="Run here">
      {/* One button throughout, so that it keeps the keyboard. */}
      <Button
        look={live === undefined ? 'primary' : 'default'}
        icon={isAtWork ? 'cross' : 'play'}
        onClick={() => {
          if (isAtWork) session.cancel()
          else session.run([info.id])
        }}
      >
        {isAtWork ? 'Cancel' : live === undefined ? 'Run here' : 'Run again'}
      </Button>
      {isAtWork ? <AtWork live={live} /> : null}
      {live === undefined ? (
        <p className="dim">
          In your browser, beside everything else: the short form, about {Math.max(1, Math.round(info.secondsShort))} s.
        </p>
      ) : null}
      <div role="status">{live === undefined || isAtWork ? null : <Outcome live={live} recorded={recorded} />}</div>
    </section>
  )
}

function AtWork({ live }: { readonly live: LiveRun }) {
  const percent = Math.round(100 * live.share)
  return (
    <>
      <div className="row">
        <b className="b">{live.status === 'waiting' ? 'Waits its turn' : `${percent} %`}</b>
        <span className="dim">{live.status === 'waiting' ? '' : secondsText(live.elapsedMs)}</span>
      </div>
      <div
        className="progress"
        role="progressbar"
        aria-label="Simulated"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <b style={{ width: `${percent}%` }} />
      </div>
    </>
  )
}

function Outcome({ live, recorded }: { readonly live: LiveRun; readonly recorded: CaseResult | undefined }) {
  if (live.result === null) return <p className="fld-problem">{live.message}</p>
  const { events, verdict } = live.result
  const speed = live.elapsedMs > 0 ? events / live.elapsedMs / 1000 : NaN
  return (
    <>
      <p>
        <VerdictBadge verdict={verdict} /> <span className="dim">here</span>
      </p>
      {recorded === undefined ? null : <Sameness recorded={recorded} here={live.result} />}
      <p className="dim">
        {secondsText(live.elapsedMs)}, {countText(events)} events
        {Number.isFinite(speed) ? `, ${speed.toFixed(1)} M/s` : ''}
      </p>
    </>
  )
}

function Sameness({ recorded, here }: { readonly recorded: CaseResult; readonly here: CaseResult }) {
  const comparison = compareResults(recorded, here)
  return (
    <p className="row sameness">
      <VerdictMark verdict={comparison.differences.length === 0 ? 'within' : 'outside'} />
      <span>{comparisonText(comparison)}</span>
    </p>
  )
}
