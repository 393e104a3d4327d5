import { useStore } from 'zustand'
import type { RunSession } from '../../app/run-session'
import type { SummaryRow } from '../../simulator/result'
import { energyRows } from './energy-rows'

interface EnergyPanelProps {
  readonly session: RunSession
  /** Results of an older document are shown paler. */
  readonly isStale: boolean
}

const none: readonly SummaryRow[] = []

/** What the run took from the wall, and what the rack costs. */
export function EnergyPanel({ session, isStale }: EnergyPanelProps) {
  const summary = useStore(session.runStore, (state) => state.result?.summary ?? none)
  const rows = energyRows(summary)
  if (rows.length === 0) return null
  return (
    <section className={isStale ? 'sect stale' : 'sect'} aria-label="Energy and cost">
      <h2>Energy and cost</h2>
      <table className="tight">
        <caption className="sr">Energy and cost</caption>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td className="num">{row.value}</td>
              <td className="num u">{row.unit}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
