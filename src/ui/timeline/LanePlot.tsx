import {
  useEffect,
  useRef,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type Ref,
  type RefObject,
} from 'react'
import type { RunSession } from '../../app/run-session'
import { moved, timeScale, zoomed, type TimeSpan } from '../charts/time-axis'
import { instantText } from '../charts/quantity-text'

interface LanePlotProps {
  readonly ref: RefObject<HTMLDivElement | null> & Ref<HTMLDivElement>
  readonly session: RunSession
  readonly span: TimeSpan
  readonly endPs: number
  /** px */
  readonly width: number
  readonly children: ReactNode
}

/** How often readers of the slider are told its value while playing, ms. */
const tellEveryMs = 500

/** The plot as a slider: drag or press to seek, Shift drag to pan, arrows and paging keys as in the shortcuts. */
export function LanePlot({ ref, session, span, endPs, width, children }: LanePlotProps) {
  const { playback, playbackStore } = session
  const line = useRef<HTMLDivElement>(null)
  const drag = useRef<{ readonly x: number; readonly span: TimeSpan; readonly pans: boolean } | null>(null)
  const setView = (view: TimeSpan | null) => {
    playback.change({ view })
  }

  useEffect(() => {
    let toldAt = -Infinity
    const move = (now: number) => {
      const { playheadPs, playing } = playbackStore.getState()
      const x = timeScale(span, width)(playheadPs)
      const element = line.current
      if (element === null) return
      element.style.transform = `translateX(${x.toFixed(1)}px)`
      element.style.visibility = x >= -1 && x <= width + 1 ? 'visible' : 'hidden'
      if (playing && now - toldAt < tellEveryMs) return
      toldAt = now
      ref.current?.setAttribute('aria-valuenow', String(Math.round(playheadPs / 1e6)))
      ref.current?.setAttribute('aria-valuetext', instantText(playheadPs))
    }
    move(0)
    return session.frames.onFrame(move)
  }, [session, playbackStore, span, width, ref])

  const timeUnder = (event: { readonly clientX: number; readonly currentTarget: Element }) =>
    timeScale(span, width).invert(event.clientX - event.currentTarget.getBoundingClientRect().left)

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, span, pans: event.shiftKey }
    if (event.shiftKey) return
    playback.pause()
    playback.seek(timeUnder(event))
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const begun = drag.current
    if (begun === null) return
    if (!begun.pans) playback.seek(timeUnder(event))
    else {
      const perPixel = (begun.span.endPs - begun.span.startPs) / Math.max(1, width)
      setView(moved(begun.span, (begun.x - event.clientX) * perPixel, endPs))
    }
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (!pressed(event.key, event.shiftKey)) return
    event.preventDefault()
    event.stopPropagation()
  }
  /** @returns whether the key means something here */
  const pressed = (key: string, shift: boolean): boolean => {
    const length = span.endPs - span.startPs
    const now = playbackStore.getState().playheadPs
    const step = length * (shift ? 0.1 : 0.01)
    const actions: Record<string, () => void> = {
      ArrowLeft: () => {
        playback.seek(now - step)
      },
      ArrowRight: () => {
        playback.seek(now + step)
      },
      ArrowUp: () => {
        setView(zoomed(span, now, 0.5, endPs))
      },
      ArrowDown: () => {
        setView(zoomed(span, now, 2, endPs))
      },
      PageUp: () => {
        setView(moved(span, -length / 2, endPs))
      },
      PageDown: () => {
        setView(moved(span, length / 2, endPs))
      },
      Home: () => {
        playback.seek(0)
      },
      End: () => {
        playback.seek(playback.lastPs())
      },
    }
    const action = actions[key]
    if (action === undefined) return false
    playback.pause()
    action()
    return true
  }

  useEffect(() => {
    const element = ref.current
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey && event.deltaX === 0) return
      event.preventDefault()
      const length = span.endPs - span.startPs
      const x = event.clientX - (element?.getBoundingClientRect().left ?? 0)
      const about = timeScale(span, width).invert(x)
      const view =
        event.ctrlKey || event.metaKey
          ? zoomed(span, about, Math.exp(event.deltaY / 300), endPs)
          : moved(span, (event.deltaX / Math.max(1, width)) * length, endPs)
      playback.change({ view })
    }
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      element?.removeEventListener('wheel', onWheel)
    }
  }, [ref, playback, span, width, endPs])

  return (
    <div
      className="lane-plot"
      ref={ref}
      role="slider"
      tabIndex={0}
      aria-label="Playhead"
      aria-valuemin={0}
      aria-valuemax={Math.round(endPs / 1e6)}
      aria-valuenow={0}
      aria-orientation="horizontal"
      data-scope="run timeline"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = null
      }}
      onPointerCancel={() => {
        drag.current = null
      }}
      onDoubleClick={(event) => {
        setView(zoomed(span, timeUnder(event), 0.25, endPs))
      }}
      onKeyDown={onKeyDown}
    >
      {children}
      <div className="playhead" ref={line} aria-hidden="true">
        <svg width="12" height="12" viewBox="0 0 12 12">
          <path d="M0 0h12v6l-6 6-6-6z" className="f-ink" />
        </svg>
      </div>
    </div>
  )
}
