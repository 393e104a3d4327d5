import { useMemo, useState } from 'react'
import type { Figure } from '../../validation/validation-case'
import { FigureChart } from '../charts/figure/FigureChart'
import { figureTable } from '../charts/figure/figure-text'
import { Button } from '../widgets/Button'
import { withClaim } from './figure-claim'
import { valueText } from './validation-words'

interface CaseFigureProps {
  /** Of the case. */
  readonly id: string
  readonly figure: Figure
  readonly title: string
}

/** A figure, and the same as a table. */
export function CaseFigure({ id, figure, title }: CaseFigureProps) {
  const [isTable, setTable] = useState(false)
  const data = useMemo(() => withClaim(id, figure), [id, figure])
  return (
    <section className="v-figure" aria-label={title}>
      <FigureChart data={data} title={title}>
        <Button
          size="small"
          look="quiet"
          icon="table"
          aria-expanded={isTable}
          onClick={() => {
            setTable(!isTable)
          }}
        >
          {isTable ? 'Hide the numbers' : 'Numbers'}
        </Button>
      </FigureChart>
      {isTable ? <FigureNumbers figure={figure} title={title} /> : null}
    </section>
  )
}

function FigureNumbers({ figure, title }: { readonly figure: Figure; readonly title: string }) {
  const { names, rows } = figureTable(figure)
  return (
    <div className="v-scroll scroll-shade v-numbers" tabIndex={0} role="region" aria-label={`Numbers of ${title}`}>
      <table className="rows">
        <caption className="sr">{figure.yLabel}</caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              {figure.xLabel}
            </th>
            {names.map((name) => (
              <th key={name} scope="col" className="num">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.x}>
              <th scope="row" className="num">
                {valueText(row.x)}
              </th>
              {row.values.map((value, at) => (
                <td key={at} className="num">
                  {Number.isNaN(value) ? '' : valueText(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
