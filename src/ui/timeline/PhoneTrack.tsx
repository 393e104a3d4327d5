import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { RunSession } from '../../app/run-session'
import { indexSeries } from '../../app/series-index'
import { onResize, onThemeChange, openPlot } from '../charts/canvas-plot'
import { timeScale } from '../charts/time-axis'
import { LanePlot } from './LanePlot'
import { layLanes } from './lane-model'
import { paintPhoneTrack } from './paint-lanes'

const height = 44

/** p99 over the run with its decisions, to drag along with a finger. */
export function PhoneTrack({ session }: { readonly session: RunSession }) {
  const run = useStore(session.runStore)
  const [width, setWidth] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const endPs = run.shape?.endPs ?? 1e12
  const latency = useMemo(() => {
    if (run.scenario === null || run.shape === null) return undefined
    const input = { scenario: run.scenario, shape: run.shape, series: indexSeries(run.timeline), link: '' }
    return layLanes(input).find((lane) => lane.kind === 'latency')
  }, [run.scenario, run.shape, run.timeline])
  useEffect(
    () =>
      box.current === null
        ? undefined
        : onResize(box.current, (size) => {
            setWidth(size.width)
          }),
    [],
  )
  useEffect(() => {
    const paint = () => {
      const plot = canvas.current === null ? null : openPlot(canvas.current, { width, height })
      const timeline = run.timeline ?? { bucketPs: 1, joined: 1, filled: 0, series: [] }
      if (plot !== null)
        paintPhoneTrack(plot, timeScale({ startPs: 0, endPs }, width), latency, timeline, run.decisions)
    }
    paint()
    return onThemeChange(paint)
  }, [run, latency, width, endPs])
  return (
    <LanePlot ref={box} session={session} span={{ startPs: 0, endPs }} endPs={endPs} width={width}>
      <canvas ref={canvas} style={{ width: '100%', height }} aria-hidden="true" />
    </LanePlot>
  )
}
