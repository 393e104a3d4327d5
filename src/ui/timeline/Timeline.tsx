import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { faultSpans } from '../../app/fault-spans'
import type { RunSession } from '../../app/run-session'
import { indexSeries, valueAt } from '../../app/series-index'
import { onResize, onThemeChange, openPlot } from '../charts/canvas-plot'
import { timeScale, type TimeSpan } from '../charts/time-axis'
import { countText, microsText, numberText, percentText } from '../charts/quantity-text'
import { lanesHeight, layLanes, mostOf, type Lane } from './lane-model'
import { LanePlot } from './LanePlot'
import { latencyLabels, paintLanes } from './paint-lanes'

interface TimelineProps {
  readonly session: RunSession
  /** Id of the selected link; '' for none. */
  readonly link: string
}

/** How often the values at the playhead are written, ms. */
const valueEveryMs = 100

/** Lanes over the whole run, with the playhead across them. */
export function Timeline({ session, link }: TimelineProps) {
  const { runStore, playbackStore } = session
  const run = useStore(runStore)
  const view = useStore(playbackStore, (state) => state.view)
  const [width, setWidth] = useState(0)
  const plotBox = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const endPs = run.shape?.endPs ?? 1e12
  const span = useMemo<TimeSpan>(() => view ?? { startPs: 0, endPs }, [view, endPs])
  const lanes = useMemo(() => {
    if (run.scenario === null || run.shape === null) return layLanes(null)
    return layLanes({ scenario: run.scenario, shape: run.shape, series: indexSeries(run.timeline), link })
  }, [run.scenario, run.shape, run.timeline, link])
  const faults = useMemo(
    () => (run.scenario === null ? [] : faultSpans(run.scenario, run.decisions)),
    [run.scenario, run.decisions],
  )
  const height = lanesHeight(lanes)

  useEffect(
    () =>
      plotBox.current === null
        ? undefined
        : onResize(plotBox.current, (size) => {
            setWidth(size.width)
          }),
    [],
  )

  useEffect(() => {
    const paint = () => {
      const plot = canvas.current === null ? null : openPlot(canvas.current, { width, height })
      if (plot === null) return
      paintLanes(plot, timeScale(span, width), {
        lanes,
        timeline: run.timeline ?? { bucketPs: 1, joined: 1, filled: 0, series: [] },
        decisions: run.decisions,
        migrations: run.migrations,
        faults,
        simulatedPs: run.simulatedPs,
        warmupPs: run.shape?.warmupPs ?? 0,
        endPs,
      })
    }
    paint()
    return onThemeChange(paint)
  }, [
    lanes,
    run.timeline,
    run.decisions,
    run.migrations,
    faults,
    run.simulatedPs,
    run.shape,
    span,
    width,
    height,
    endPs,
  ])

  return (
    <div className="lanes-box" style={{ height }}>
      <div className="lane-names">
        {lanes.map((lane) => (
          <LaneName key={lane.key} lane={lane} />
        ))}
      </div>
      <LanePlot ref={plotBox} session={session} span={span} endPs={endPs} width={width}>
        <canvas ref={canvas} style={{ width: '100%', height }} aria-hidden="true" />
        <LoadedStretches session={session} lane={lanes[0]} startPs={span.startPs} endPs={span.endPs} />
      </LanePlot>
      <LaneValues session={session} lanes={lanes} faults={faults.length} />
      {run.status === 'idle' && <p className="lanes-empty dim">Not run yet.</p>}
    </div>
  )
}

interface LoadedStretchesProps {
  readonly session: RunSession
  readonly lane: Lane | undefined
  readonly startPs: number
  readonly endPs: number
}

/** Where every instant is loaded; written when detail arrives. */
function LoadedStretches({ session, lane, startPs, endPs }: LoadedStretchesProps) {
  const box = useRef<HTMLDivElement>(null)
  const top = (lane?.top ?? 0) + 5
  useEffect(() => {
    const percent = (ps: number) => (100 * (ps - startPs)) / (endPs - startPs)
    const write = () => {
      const bars = session.playback.loaded().map((window) => {
        const bar = document.createElement('i')
        bar.style.cssText = `top:${top}px;left:${percent(window.startPs)}%;width:${percent(window.endPs) - percent(window.startPs)}%`
        return bar
      })
      box.current?.replaceChildren(...bars)
    }
    write()
    return session.playback.onDetail(write)
  }, [session, top, startPs, endPs])
  return <div className="loaded" ref={box} aria-hidden="true" />
}

function LaneName({ lane }: { readonly lane: Lane }) {
  const labels =
    lane.kind === 'latency'
      ? latencyLabels(lane)
      : lane.kind === 'amount'
        ? ['0', `${numberText(mostOf(lane))} GiB`]
        : []
  return (
    <div className="lane-name" style={{ top: lane.top, height: lane.height }}>
      <span className={lane.kind === 'simulated' ? 'clip dim' : 'clip'} title={lane.name}>
        {lane.name}
        {lane.note !== '' && <span className="dim"> {lane.note}</span>}
      </span>
      {labels.length > 0 && (
        <span className="lane-axis">
          <span>{labels[1]}</span>
          <span>{labels[0]}</span>
        </span>
      )}
      {(lane.kind === 'utilization' || lane.kind === 'memory' || lane.kind === 'link') && (
        <span className="lane-axis">
          {lane.rows.map((row) => (
            <span key={row.top}>{row.label}</span>
          ))}
        </span>
      )}
    </div>
  )
}

/** The values at the playhead, written from the frame loop. */
function LaneValues({
  session,
  lanes,
  faults,
}: {
  readonly session: RunSession
  readonly lanes: readonly Lane[]
  readonly faults: number
}) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let last = -Infinity
    const write = (now: number) => {
      if (session.playbackStore.getState().playing && now - last < valueEveryMs) return
      last = now
      const texts = lanes.flatMap((lane) => (lane.kind === 'faults' ? [countText(faults)] : laneTexts(lane, session)))
      writeValues(box.current, texts)
    }
    write(0)
    return session.frames.onFrame(write)
  }, [session, lanes, faults])
  return (
    <div className="lane-values" ref={box} aria-hidden="true">
      {lanes.map((lane) => (
        <div
          key={lane.key}
          style={{ top: lane.top, height: lane.height }}
          className={lane.rows.length > 1 ? 'several' : ''}
        >
          {(lane.rows.length > 0 ? lane.rows : [null]).map((_row, at) => (
            <span key={at} className={at === 0 && lane.kind === 'latency' ? 'b' : ''} />
          ))}
        </div>
      ))}
    </div>
  )
}

function writeValues(box: HTMLDivElement | null, texts: readonly string[]) {
  box?.querySelectorAll('span').forEach((span, at) => {
    const text = texts[at] ?? ''
    if (span.textContent !== text) span.textContent = text
  })
}

function laneTexts(lane: Lane, session: RunSession): readonly string[] {
  const { timeline, decisions, migrations, share, status } = session.runStore.getState()
  const { playheadPs } = session.playbackStore.getState()
  if (lane.kind === 'simulated') return [status === 'idle' ? '' : percentText(share)]
  if (lane.kind === 'decisions') return [countText(decisions.length)]
  if (lane.kind === 'migrations') return [countText(migrations.length)]
  if (lane.rows.length === 0) return ['']
  return lane.rows.map((row) => {
    const value = timeline === null ? NaN : valueAt(row.series, timeline, playheadPs)
    if (lane.kind === 'latency') return microsText(value)
    if (lane.kind === 'amount') return Number.isFinite(value) ? `${numberText(value)} GiB` : '–'
    return lane.kind === 'waiting' || lane.kind === 'queue' || lane.kind === 'count'
      ? Number.isFinite(value)
        ? countText(Math.round(value))
        : '–'
      : percentText(value)
  })
}
