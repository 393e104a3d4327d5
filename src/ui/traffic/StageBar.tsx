import { useEffect, useRef, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { phases } from '../../app/segment-kind'
import type { RunSession } from '../../app/run-session'
import { formatCount } from '../../units/format'
import type { TrafficFrame } from './traffic-frame'
import type { TrafficModel } from './traffic-model'

interface StageBarProps {
  readonly session: RunSession
  readonly model: TrafficModel
  /** What stands at its end. */
  readonly children?: ReactNode
}

const names: Readonly<Record<(typeof phases)[number], string>> = {
  wait: 'wait',
  compute: 'compute',
  memory: 'memory',
  network: 'network',
  accel: 'accelerator',
}

const writeEveryMs = 150

/** How much is drawn, how, and what the colors and shapes mean. The numbers are written from the frame loop. */
export function StageBar({ session, model, children }: StageBarProps) {
  const box = useRef<HTMLDivElement>(null)
  const operations = useStore(session.runStore, (state) => state.scenario?.workload.sources)
  const shape = useStore(session.runStore, (state) => state.shape)
  const isFluid = useStore(session.runStore, (state) => state.scenario?.run.fidelity === 'fluid')
  useEffect(() => {
    let last = -Infinity
    const write = (now: number) => {
      if (session.playbackStore.getState().playing && now - last < writeEveryMs) return
      last = now
      const { detail } = session.playbackStore.getState()
      const notes = [detail === 'sampled' && 'sampled moments', isFluid && 'memory traffic as rates on the links']
      writeNumbers(box.current, model.frame(), notes)
    }
    write(0)
    return session.frames.onFrame(write)
  }, [session, model, isFluid])
  const entries = [...new Set(operations?.map((source) => source.entry))]
    .filter((entry) => shape?.operations.includes(entry))
    .slice(0, 4)
  const short = entries.map((entry) => entry.split('.').at(-1) ?? entry)
  const labels = new Set(short).size === short.length ? short : entries
  return (
    <div className="stage-bar" ref={box}>
      <b className="b" data-slot="count" />
      <span className="clip level" data-slot="level" />
      {phases.map((phase) => (
        <span className="key-row" key={phase} data-phase={phase} title={names[phase]}>
          <span className={`swatch ph ${phase}`} />
          <span className="wide">{names[phase]}</span> <b data-slot={phase}>0</b>
        </span>
      ))}
      <span className="grow" />
      <span className="key-row shapes" title={labels.join(', ')}>
        {entries.map((entry, at) => (
          <ShapeKey key={entry} shape={(shape?.operations.indexOf(entry) ?? 0) % 4} name={labels[at] ?? entry} />
        ))}
      </span>
      {children}
    </div>
  )
}

const shapes: readonly ReactNode[] = [
  <circle key="0" cx="6" cy="6" r="3.5" />,
  <rect key="1" x="2.5" y="2.5" width="7" height="7" />,
  <path key="2" d="M6 2l4.5 8h-9z" />,
  <path key="3" d="M6 1.5l4.500 4.500-4.500 4.500-4.500-4.500z" />,
]

function ShapeKey({ shape, name }: { readonly shape: number; readonly name: string }) {
  return (
    <>
      <svg width="12" height="12" className="f-ink2" aria-hidden="true">
        {shapes[shape]}
      </svg>
      {name}
    </>
  )
}

function writeNumbers(box: HTMLElement | null, frame: TrafficFrame | null, notes: readonly (string | false)[]) {
  if (box === null) return
  write(box, 'count', `${frame === null ? '–' : formatCount(frame.requests)} in flight`)
  write(
    box,
    'level',
    frame === null ? '' : ['', levelText(frame), ...notes.filter((note) => note !== false)].join(', '),
  )
  phases.forEach((phase, at) => {
    write(box, phase, frame === null ? '–' : formatCount(frame.phases[at] ?? 0))
  })
  box.querySelectorAll<HTMLElement>('[data-phase]').forEach((row, at) => {
    row.hidden = at === 4 && (frame?.phases[4] ?? 0) === 0
  })
}

/** The words as a tooltip too, as they may be cut. */
function write(box: HTMLElement, slot: string, text: string) {
  const element = box.querySelector<HTMLElement>(`[data-slot="${slot}"]`)
  if (element === null || element.textContent === text) return
  element.textContent = text
  if (slot === 'level') element.title = text.slice(2)
}

/** Always says how the drawing stands for the requests. */
function levelText(frame: TrafficFrame): string {
  const places = frame.marks > frame.requests ? ` in ${formatCount(frame.marks)} places` : ''
  if (frame.level === 'bands') {
    return frame.exemplars > 0 ? `bands √ count, 1 dot = ${formatCount(frame.stride)}` : 'bands √ count'
  }
  if (frame.pulseCount > 0) return `hops too short to see pulse${places}`
  return frame.marks > frame.requests ? `every one drawn${places}` : 'every one drawn'
}
