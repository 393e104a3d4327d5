import { useStore } from 'zustand'
import type { RunSession } from '../../app/run-session'
import type { ServiceRow } from '../../simulator/result'
import { microsText } from '../charts/quantity-text'
import { cpiParts, cpiText, waitParts } from './service-parts'

interface ServicesPanelProps {
  readonly session: RunSession
  /** Results of an older document are shown paler. */
  readonly isStale: boolean
}

/** What a service's instructions cost, and what its requests wait for. Nothing before a run has told. */
export function ServicesPanel({ session, isStale }: ServicesPanelProps) {
  const services = useStore(session.runStore, (state) => state.result?.services ?? none)
  const shown = services.filter((row) => row.cpiTotal > 0)
  const waiting = services.filter((row) => row.completed > 0)
  if (shown.length === 0 && waiting.length === 0) return null
  return (
    <section className={isStale ? 'stale' : ''} aria-label="Services">
      {shown.length === 0 ? null : <CpiStacks rows={shown} />}
      {waiting.length === 0 ? null : <Waits rows={waiting} />}
    </section>
  )
}

const none: readonly ServiceRow[] = []

/** One stack per service, all to one scale. */
function CpiStacks({ rows }: { readonly rows: readonly ServiceRow[] }) {
  const most = rows.reduce((max, row) => Math.max(max, row.cpiTotal), 0)
  return (
    <div className="sect cpi">
      <h2>
        Cycles per instruction <span className="count">by service</span>
      </h2>
      <table className="tight">
        <caption className="sr">Cycles per instruction, by what they are spent on</caption>
        <thead>
          <tr>
            <th scope="col">service</th>
            {cpiParts.map((part) => (
              <th key={part.name} scope="col" className="num" title={part.what}>
                <span className="key-row">
                  <span className={`swatch ph ${part.look}`} />
                  {part.name}
                </span>
              </th>
            ))}
            <th scope="col" className="num">
              total
            </th>
          </tr>
        </thead>
        {rows.map((row) => (
          <tbody key={row.service}>
            <tr>
              <th scope="row">{row.service}</th>
              {cpiParts.map((part) => (
                <td key={part.name} className="num">
                  {cpiText(part.of(row))}
                </td>
              ))}
              <td className="num b">{cpiText(row.cpiTotal)}</td>
            </tr>
            <tr aria-hidden="true">
              <td colSpan={cpiParts.length + 2}>
                <span className="cpi-bar" style={{ width: `${(100 * row.cpiTotal) / most}%` }}>
                  {cpiParts.map((part) => (
                    <span key={part.name} className={`ph ${part.look}`} style={{ flexGrow: part.of(row) }} />
                  ))}
                </span>
              </td>
            </tr>
          </tbody>
        ))}
      </table>
    </div>
  )
}

/** Waiting of one execution, without that of what it calls; a worker and a core are two different scarcities. */
function Waits({ rows }: { readonly rows: readonly ServiceRow[] }) {
  const parts = waitParts.filter((part) => part.always || rows.some((row) => part.of(row) > 0))
  return (
    <div className="sect waits">
      <h2>
        Waiting <span className="count">mean of one execution</span>
      </h2>
      <table className="tight">
        <caption className="sr">Mean waiting of one execution, by what it waits for</caption>
        <thead>
          <tr>
            <th scope="col">service</th>
            {parts.map((part) => (
              <th key={part.name} scope="col" className="num" title={part.what}>
                {part.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.service}>
              <th scope="row">{row.service}</th>
              {parts.map((part) => (
                <td key={part.name} className="num">
                  {part.of(row) === 0 ? '0' : microsText(part.of(row))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
