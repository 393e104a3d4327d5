import { useId } from 'react'
import type { LatencyHistogram as Histogram } from '../../simulator/result'
import { logBins, logTicks, type Bin } from './histogram-bins'
import { labelsApart, shift } from './labels-apart'
import { countText, microsText } from './quantity-text'
import { linearScale, logScale } from './scale'

export interface HistogramMark {
  readonly name: string
  readonly us: number
  readonly strong: boolean
}

interface LatencyHistogramProps {
  readonly histogram: Histogram
  readonly marks: readonly HistogramMark[]
  readonly name: string
}

const size = { width: 288, height: 132, top: 14, bottom: 114 }
const bars = 56
/** From the axis upward: network, compute, memory, wait. */
const order = [3, 1, 2, 0] as const
const classes = ['url(#p-wait)', 'var(--compute)', 'var(--memory)', 'var(--network)'] as const

/** One bar per latency bin, stacked by where the time went; height by the root of the count. */
export function LatencyHistogram({ histogram, marks, name }: LatencyHistogramProps) {
  const title = useId()
  const bins = logBins(histogram, bars)
  const low = bins[0]?.lowUs ?? 1
  const high = bins.at(-1)?.highUs ?? 10
  const x = logScale([low, high], [0, size.width])
  const ticks = logTicks(low, high)
  const y = linearScale([0, Math.sqrt(Math.max(1, ...bins.map((bin) => bin.count)))], [0, size.bottom - size.top - 4])
  return (
    <figure className="histogram" aria-labelledby={title}>
      <svg width="100%" viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-labelledby={title}>
        <title id={title}>{summary(histogram, bins, name)}</title>
        {ticks.map((tick) => (
          <path key={tick} d={`M${x(tick).toFixed(1)} ${size.top}V${size.bottom}`} className="hairline" />
        ))}
        {labelsApart(
          ticks.map((tick) => ({ text: microsText(tick), at: x(tick) })),
          size.width,
        ).map((label) => (
          <text key={label.at} x={shift(label, size.width)} y={127} className="t-micro t-2 t-mid">
            {label.text}
          </text>
        ))}
        {bins.map((bin) => (
          <BinBar
            key={bin.lowUs}
            bin={bin}
            x={x(bin.lowUs)}
            width={x(bin.highUs) - x(bin.lowUs)}
            height={y(Math.sqrt(bin.count))}
          />
        ))}
        <path d={`M0 ${size.bottom}.5H${size.width}`} style={{ stroke: 'var(--ink-3)' }} />
        <Marks marks={marks} x={x} />
      </svg>
    </figure>
  )
}

function BinBar({
  bin,
  x,
  width,
  height,
}: {
  readonly bin: Bin
  readonly x: number
  readonly width: number
  readonly height: number
}) {
  if (bin.count === 0) return null
  const parts = order.map((phase) => height * bin.phases[phase])
  const below = (at: number) => parts.slice(0, at + 1).reduce((sum, part) => sum + part, 0)
  return (
    <g>
      <title>{`${microsText(bin.lowUs)} to ${microsText(bin.highUs)}: ${countText(Math.round(bin.count))}`}</title>
      {order.map((phase, at) => {
        const part = parts[at] ?? 0
        return part < 0.05 ? null : (
          <rect
            key={phase}
            x={x}
            y={size.bottom - below(at)}
            width={Math.max(0.5, width - 0.4)}
            height={part}
            fill={classes[phase]}
          />
        )
      })}
    </g>
  )
}

function Marks({ marks, x }: { readonly marks: readonly HistogramMark[]; readonly x: (us: number) => number }) {
  const inside = marks.filter((mark) => Number.isFinite(x(mark.us)) && x(mark.us) >= 0 && x(mark.us) <= size.width)
  const labels = labelsApart(
    inside.map(({ name, us, strong }) => ({ text: name, at: x(us), isFirst: strong })),
    size.width,
  )
  return (
    <>
      {inside.map((mark) => (
        <path
          key={mark.name}
          d={`M${x(mark.us).toFixed(1)} ${size.top - 2}V${size.bottom}`}
          style={{
            stroke: 'var(--ink)',
            strokeWidth: mark.strong ? 1.5 : 1,
            strokeDasharray: mark.strong ? undefined : '2 2',
          }}
        />
      ))}
      {labels.map((label) => (
        <text
          key={label.text}
          x={shift(label, size.width)}
          y={9}
          className={`t-micro t-mid${label.isFirst ? ' t-b' : ' t-2'}`}
        >
          {label.text}
        </text>
      ))}
    </>
  )
}

function summary(histogram: Histogram, bins: readonly Bin[], name: string): string {
  const peak = bins.reduce<Bin | undefined>(
    (best, bin) => (best === undefined || bin.count > best.count ? bin : best),
    undefined,
  )
  if (peak === undefined) return `Latency of ${name}: nothing completed`
  const tail = bins.at(-1)
  const names = ['waiting', 'compute', 'memory', 'network']
  const most = names[tail?.phases.indexOf(Math.max(...tail.phases)) ?? 0] ?? ''
  return `Latency of ${name}, µs on a log scale, ${countText(histogram.count)} requests: most take about ${microsText(peak.lowUs)}; the slowest spend most of their time on ${most}`
}
