import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunSession } from '../../app/run-session'
import type { RunResult } from '../../simulator/result'
import { LatencyHistogram } from '../charts/LatencyHistogram'
import { countText, duration, percentText, unitOf } from '../charts/quantity-text'
import { Button } from '../widgets/Button'
import { Icon } from '../widgets/Icon'
import { Menu } from '../widgets/Menu'
import { busiestPlace, latencyRows, requestCounts, type LatencyRow } from './latency-rows'
import { ResultTables } from './ResultTables'

interface LatencyPanelProps {
  readonly session: RunSession
  /** Results of an older document are shown paler. */
  readonly isStale: boolean
}

/** Up to this utilization mean and p99 of the coarser fidelities are within 5 % of line: docs/fidelity.md. */
const CLAIMED_UP_TO = 0.7

/** Fewer requests than this say nothing about p99. */
const leastForTail = 100

/** Percentiles and histogram of one operation or of all requests. */
export function LatencyPanel({ session, isStale }: LatencyPanelProps) {
  const result = useStore(session.runStore, (state) => state.result)
  const status = useStore(session.runStore, (state) => state.status)
  const [id, setId] = useState('')
  const [isTable, setTable] = useState(false)
  const ids =
    result?.operations.filter((row) => row.completed > 0).map((row) => `${row.service}.${row.operation}`) ?? []
  const shown = ids.includes(id) ? id : ''
  return (
    <section className={isStale ? 'stale' : ''} aria-label="Latency">
      <div className="head">
        <h2>Latency</h2>
        <OperationMenu ids={ids} current={shown} onPick={setId} />
        <span className="grow" />
        <Button
          size="small"
          look="quiet"
          icon="table"
          label="Table"
          disabled={result === null}
          onClick={() => {
            setTable(true)
          }}
        />
      </div>
      {result === null ? (
        <p className="sect dim">{status === 'running' ? 'Counting…' : 'Not run yet.'}</p>
      ) : (
        <Figures result={result} id={shown} isAll={status !== 'running'} />
      )}
      {isTable && result !== null && (
        <ResultTables
          result={result}
          onClose={() => {
            setTable(false)
          }}
        />
      )}
    </section>
  )
}

interface OperationMenuProps {
  readonly ids: readonly string[]
  readonly current: string
  readonly onPick: (id: string) => void
}

function OperationMenu({ ids, current, onPick }: OperationMenuProps) {
  const items = ['', ...ids].map((each) => ({
    label: each === '' ? 'all requests' : each,
    onPick: () => {
      onPick(each)
    },
  }))
  return (
    <Menu
      label="Operation"
      className="btn quiet small"
      button={
        <>
          {current === '' ? 'all requests' : current} <Icon name="down" />
        </>
      }
      items={items}
    />
  )
}

interface FiguresProps {
  readonly result: RunResult
  readonly id: string
  /** Whether the run has come to its end: only then are there requests that were never answered. */
  readonly isAll: boolean
}

function Figures({ result, id, isAll }: FiguresProps) {
  const rows = latencyRows(result, id)
  const histogram = result.histograms.find((each) => each.id === id)
  const count = histogram?.count ?? 0
  const { replications } = result.scenario.run
  const marks = rows.filter((row) => row.name !== 'mean' && count >= leastForTail)
  return (
    <div className="sect latency">
      <Headline row={rows.find((row) => row.name === 'p99')} count={count} replications={replications} />
      {histogram !== undefined && count > 0 && (
        <LatencyHistogram
          histogram={histogram}
          name={id === '' ? 'all requests' : id}
          marks={marks.map((row) => ({ name: row.name, us: row.us, strong: row.name === 'p99' }))}
        />
      )}
      <Percentiles rows={rows} />
      <p className="faint caption">
        {countText(count)} requests · {replications} {replications === 1 ? 'replication' : 'replications'} · height: √
        count{hasAccelerators(result) ? ' · compute: on accelerators too' : ''}
      </p>
      {isAll && id === '' && <Unanswered result={result} />}
      {isAll && <BeyondClaim result={result} />}
    </div>
  )
}

/** Latencies are told in four phases: what kernels and engines take counts as compute. */
const hasAccelerators = ({ scenario }: RunResult) =>
  scenario.topology.nodes.some((node) => node.kind === 'gpu' || (node.kind === 'nic' && node.spec.engines.length > 0))

/** The coarser fidelities are held to 5 % only while nothing is very busy. */
function BeyondClaim({ result }: { readonly result: RunResult }) {
  const { fidelity } = result.scenario.run
  const busiest = fidelity === 'line' ? null : busiestPlace(result)
  if (busiest === null || busiest.utilization <= CLAIMED_UP_TO) return null
  return (
    <p className="caption faint">
      {busiest.name} is {percentText(busiest.utilization)} busy: above {percentText(CLAIMED_UP_TO)}, {fidelity} is not
      claimed to be within 5 % of line.
    </p>
  )
}

/** Requests that have no latency: those that failed, and those still under way at the end. */
function Unanswered({ result }: { readonly result: RunResult }) {
  const { offered, completed, failed, inFlight } = requestCounts(result)
  if (!(failed > 0) && !(inFlight > 0)) return null
  return (
    <p className="caption unanswered">
      <span>{countText(offered)} offered</span> = <span>{countText(completed)} completed</span> +{' '}
      <span className={failed > 0 ? 'is-failed' : 'faint'}>{countText(failed)} failed</span> +{' '}
      <span className={inFlight > completed / 100 ? 'b' : ''}>{countText(inFlight)} in flight at the end</span>
    </p>
  )
}

interface HeadlineProps {
  readonly row: LatencyRow | undefined
  readonly count: number
  readonly replications: number
}

function Headline({ row, count, replications }: HeadlineProps) {
  if (row === undefined || count < leastForTail) return <p className="dim">p99: n too small ({countText(count)})</p>
  const { value, unit } = duration(row.us * 1e6)
  const interval = Number.isFinite(row.halfUs) ? `± ${unitOf(row.us * 1e6).text(row.halfUs)} ${unit}  p99, 95 % CI` : ''
  const none = replications === 1 ? 'no CI (1 replication)' : 'per operation: no CI'
  return (
    <p className="row headline">
      <span className="figure">{value}</span>
      <span className="u">{interval === '' ? `${unit}  p99, ${none}` : interval}</span>
    </p>
  )
}

/** All in the unit of p99, which stands above them. */
function Percentiles({ rows }: { readonly rows: readonly LatencyRow[] }) {
  const { unit, text } = unitOf((rows.find((row) => row.name === 'p99')?.us ?? NaN) * 1e6)
  return (
    <table className="tight">
      <caption className="sr">Latency percentiles</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name} className={row.name === 'p99' ? 'b' : ''}>
            <th scope="row">{row.name}</th>
            <td className="num">{text(row.us)}</td>
            <td className="num u">{Number.isFinite(row.halfUs) ? `± ${text(row.halfUs)} ${unit}` : unit}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
