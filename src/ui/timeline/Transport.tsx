import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { positionOfSpeed, speedAtPosition } from '../../app/playback-speed'
import type { RunSession } from '../../app/run-session'
import { durationText, instant, speedText } from '../charts/quantity-text'
import { zoomed } from '../charts/time-axis'
import { Button } from '../widgets/Button'
import { Checkbox } from '../widgets/Checkbox'
import { CommandButton } from '../widgets/CommandButton'
import { Icon } from '../widgets/Icon'
import { Segmented } from '../widgets/Segmented'

interface TransportProps {
  readonly session: RunSession
  readonly isPhone: boolean
}

/** Play, steps, the clock, and how fast it is looked at. */
export function Transport({ session, isPhone }: TransportProps) {
  return isPhone ? (
    <div className="transport phone">
      <CommandButton
        command="run.previous-decision"
        icon="decBack"
        look="quiet"
        label="Previous decision"
        className="tap"
      />
      <PlayButton session={session} />
      <CommandButton command="run.next-decision" icon="decFwd" look="quiet" label="Next decision" className="tap" />
      <CommandButton command="run.branch" icon="branch" look="quiet" label="Branch from here" className="tap" />
      <span className="grow" />
      <span className="clock-box">
        <Clock session={session} />
        <SpeedText session={session} />
      </span>
    </div>
  ) : (
    <div className="transport" data-scope="run timeline">
      <div className="row tight">
        <CommandButton command="run.previous-decision" icon="decBack" look="quiet" label="Previous decision" />
        <CommandButton command="run.event-back" icon="evBack" look="quiet" label="One event back" />
        <PlayButton session={session} />
        <CommandButton command="run.event-forward" icon="evFwd" look="quiet" label="One event forward" />
        <CommandButton command="run.next-decision" icon="decFwd" look="quiet" label="Next decision" />
      </div>
      <Clock session={session} />
      <Badges session={session} />
      <span className="grow" />
      <SpeedText session={session} />
      <SpeedSlider session={session} />
      <span className="rule-v" />
      <SlowNear session={session} />
      <span className="rule-v" />
      <TimeMode session={session} />
      <span className="rule-v" />
      <Zoom session={session} />
      <span className="rule-v" />
      <CommandButton command="run.branch" icon="branch" look="quiet" label="Branch from here" />
    </div>
  )
}

function PlayButton({ session }: { readonly session: RunSession }) {
  const playing = useStore(session.playbackStore, (state) => state.playing)
  const canPlay = useStore(session.runStore, (state) => state.simulatedPs > 0)
  return (
    <Button
      look="primary"
      className="play"
      icon={playing ? 'pause' : 'play'}
      disabled={!canPlay}
      aria-keyshortcuts="Space K"
      onClick={() => {
        session.playback.toggle()
      }}
    >
      {playing ? 'Pause' : 'Play'}
    </Button>
  )
}

/** The clock is written from the frame loop: no rendering per frame. */
function Clock({ session }: { readonly session: RunSession }) {
  const box = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const write = () => {
      const { playheadPs, speed } = session.playbackStore.getState()
      const text = instant(playheadPs, speed).value
      if (box.current !== null && box.current.textContent !== text) box.current.textContent = text
    }
    write()
    return session.frames.onFrame(write)
  }, [session])
  return (
    <span className="clock">
      <span ref={box} data-testid="clock" /> <span className="u">ms</span>
    </span>
  )
}

function Badges({ session }: { readonly session: RunSession }) {
  const slowdown = useStore(session.playbackStore, (state) =>
    state.slowdown > 1.05 ? Number(state.slowdown.toPrecision(2)) : 1,
  )
  const follow = useStore(session.playbackStore, (state) => state.follow)
  const direction = useStore(session.playbackStore, (state) => state.direction)
  const detail = useStore(session.playbackStore, (state) => state.detail)
  return (
    <>
      {follow && <span className="chip">time is stretched</span>}
      {!follow && slowdown > 1 && <span className="chip">slow ×{slowdown}</span>}
      {direction === -1 && <span className="chip">backwards</span>}
      {detail === 'waiting' && <span className="chip">rebuilding detail…</span>}
    </>
  )
}

function SpeedText({ session }: { readonly session: RunSession }) {
  const speed = useStore(session.playbackStore, (state) => state.speed)
  return (
    <span className="dim speed-text">
      1 s shows <b className="b">{speedText(speed)}</b>
    </span>
  )
}

function SpeedSlider({ session }: { readonly session: RunSession }) {
  const speed = useStore(session.playbackStore, (state) => state.speed)
  return (
    <span className="slider speed">
      {[0, 1, 2, 3, 4, 5, 6].map((stop) => (
        <i key={stop} style={{ left: `${(100 * stop) / 6}%` }} />
      ))}
      <b style={{ left: `${100 * positionOfSpeed(speed)}%` }} />
      <input
        type="range"
        min={0}
        max={1000}
        step={1}
        aria-label="Speed"
        aria-valuetext={`1 second shows ${durationText(speed)}`}
        value={Math.round(1000 * positionOfSpeed(speed))}
        onChange={(event) => {
          session.playback.change({ speed: speedAtPosition(Number(event.target.value) / 1000) })
        }}
      />
    </span>
  )
}

function SlowNear({ session }: { readonly session: RunSession }) {
  const checked = useStore(session.playbackStore, (state) => state.slowNearDecisions)
  return (
    <Checkbox
      id="slow-near"
      checked={checked}
      onChange={(slowNearDecisions) => {
        session.playback.change({ slowNearDecisions })
      }}
    >
      Slow near decisions
    </Checkbox>
  )
}

const timeModes = [
  { id: 'readable', label: 'Readable time' },
  { id: 'true', label: 'True time' },
] as const

function TimeMode({ session }: { readonly session: RunSession }) {
  const current = useStore(session.playbackStore, (state) => state.timeMode)
  return (
    <Segmented
      name="Time"
      isSmall
      options={timeModes}
      current={current}
      onChange={(timeMode) => {
        session.playback.change({ timeMode })
      }}
    />
  )
}

function Zoom({ session }: { readonly session: RunSession }) {
  const view = useStore(session.playbackStore, (state) => state.view)
  const endPs = useStore(session.runStore, (state) => state.shape?.endPs ?? 0)
  const { playback, playbackStore } = session
  const zoom = (factor: number) => {
    const span = view ?? { startPs: 0, endPs }
    playback.change({ view: zoomed(span, playbackStore.getState().playheadPs, factor, endPs) })
  }
  return (
    <div className="row tight">
      {view !== null && (
        <button
          type="button"
          className="chip"
          aria-label="Show the whole run"
          onClick={() => {
            playback.change({ view: null })
          }}
        >
          <span className="mono">{durationText(view.endPs - view.startPs)}</span>
          <Icon name="cross" />
        </button>
      )}
      <Button
        size="small"
        look="quiet"
        icon="minus"
        label="Zoom out"
        onClick={() => {
          zoom(2)
        }}
      />
      <Button
        size="small"
        look="quiet"
        icon="plus"
        label="Zoom in"
        onClick={() => {
          zoom(0.5)
        }}
      />
      <Button
        size="small"
        look="quiet"
        icon="fit"
        label="Whole run"
        onClick={() => {
          playback.change({ view: null })
        }}
      />
    </div>
  )
}
