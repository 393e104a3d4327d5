import { deviationOf } from '../../app/validation/verdicts'
import type { Row } from '../../validation/validation-case'

interface DeviationStripProps {
  readonly rows: readonly Row[]
}

const size = { width: 168, height: 18 } as const
/** The strip ends at this many times what is allowed; what is further off stands at the end as an arrow. */
const most = 2

/** Every claimed value of a case on one line: how far it is off, in units of how far it may be. */
export function DeviationStrip({ rows }: DeviationStripProps) {
  const { width, height } = size
  const at = (deviation: number): number =>
    width / 2 + (Math.max(-most, Math.min(most, deviation)) / most) * (width / 2 - 5)
  const values = rows
    .map((row) => ({ row, deviation: deviationOf(row) }))
    .filter((each) => !Number.isNaN(each.deviation))
  return (
    <svg
      width={width}
      height={height}
      className="strip"
      role="img"
      aria-label={stripText(values.map((v) => v.deviation))}
    >
      <rect x={at(-1)} y={1} width={at(1) - at(-1)} height={height - 2} rx={2} className="track" />
      <path d={`M${width / 2} 0V${height}`} className="strip-zero" />
      {values.map(({ row, deviation }, i) => (
        <StripMark
          key={i}
          x={at(deviation)}
          isOutside={row.verdict === 'outside'}
          beyond={Math.abs(deviation) > most ? Math.sign(deviation) : 0}
        />
      ))}
    </svg>
  )
}

function StripMark({
  x,
  isOutside,
  beyond,
}: {
  readonly x: number
  readonly isOutside: boolean
  readonly beyond: number
}) {
  const middle = size.height / 2
  if (beyond !== 0)
    return <path d={`M${x - 3 * beyond} ${middle - 4}l${5 * beyond} 4l${-5 * beyond} 4z`} className="strip-off" />
  if (isOutside) return <path d={`M${x - 3} ${middle - 3}l6 6m0-6l-6 6`} className="strip-cross" />
  return <path d={`M${x.toFixed(1)} 4V${size.height - 4}`} className="strip-tick" />
}

function stripText(deviations: readonly number[]): string {
  if (deviations.length === 0) return 'nothing claimed'
  const worst = deviations.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a))
  const share = Number.isFinite(worst)
    ? `${Math.round(100 * Math.abs(worst))} % of what is allowed`
    : 'beyond any allowance'
  return `${deviations.length} values; the farthest off uses ${share}`
}
