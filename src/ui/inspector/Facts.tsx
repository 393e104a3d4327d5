import type { ReactNode } from 'react'

export interface Fact {
  readonly label: ReactNode
  readonly value: string
  readonly unit?: string
}

/** A table of derived numbers. */
export function Facts({
  title,
  note,
  facts,
}: {
  readonly title: string
  readonly note?: string
  readonly facts: readonly Fact[]
}) {
  if (facts.length === 0) return null
  return (
    <div className="sect">
      <div className="row">
        <h2>{title}</h2>
        <span className="grow" />
        {note === undefined ? null : <span className="faint small">{note}</span>}
      </div>
      <table className="facts">
        <tbody>
          {facts.map((fact, i) => (
            <tr key={i}>
              <td className="dim">{fact.label}</td>
              <td className="num b">{fact.value}</td>
              <td className="u">{fact.unit ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const tenth = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
/** One decimal below 1,000, none above. */
export const figure = (value: number): string =>
  Number.isFinite(value) ? (Math.abs(value) < 1000 ? tenth : whole).format(value) : '–'
export const count = (value: number): string => (Number.isFinite(value) ? whole.format(value) : '–')
