import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { UIEvent } from 'react'
import { useStore } from 'zustand'
import { decisionsUpTo } from '../../app/decision-pick'
import type { RunSession } from '../../app/run-session'
import type { DecisionKind, DecisionRow } from '../../simulator/result'
import { countText, instantText } from '../charts/quantity-text'
import { onResize } from '../charts/canvas-plot'
import { Button } from '../widgets/Button'
import { Icon } from '../widgets/Icon'
import { Menu } from '../widgets/Menu'
import { kindIcons, kindNames, outcomeText, whatHappens } from './decision-text'
import { logRows, rowOf, visibleRows } from './log-rows'
import { WhyCard } from './WhyCard'

const PolicyPanel = lazy(async () => ({ default: (await import('./PolicyPanel')).PolicyPanel }))

interface DecisionLogProps {
  readonly session: RunSession
  readonly isPhone: boolean
}

const kinds = Object.keys(kindNames) as DecisionKind[]

/** Every decision of the run, latest first; a press stands just before it and opens its reasons in place. */
export function DecisionLog({ session, isPhone }: DecisionLogProps) {
  const [kind, setKind] = useState<DecisionKind | ''>('')
  const [isByPolicy, setByPolicy] = useState(false)
  const decisions = useStore(session.runStore, (state) => state.decisions)
  const shown = kind === '' ? decisions.length : decisions.filter((row) => row.kind === kind).length
  return (
    <>
      {!isPhone && (
        <div className="head">
          <h2>
            Decisions <span className="count">{countText(shown)}</span>
          </h2>
          <span className="grow" />
          {!isByPolicy && <KindMenu kind={kind} decisions={decisions} onPick={setKind} />}
          <ByPolicy isOn={isByPolicy} onChange={setByPolicy} />
        </div>
      )}
      {isPhone && decisions.length > 0 && (
        <div className="row by-policy">
          <span className="grow" />
          <ByPolicy isOn={isByPolicy} onChange={setByPolicy} />
        </div>
      )}
      {isByPolicy ? (
        <Suspense fallback={null}>
          <PolicyPanel session={session} />
        </Suspense>
      ) : (
        <LogList session={session} kind={kind} isPhone={isPhone} />
      )}
    </>
  )
}

interface ByPolicyProps {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

/** From the list to how good each policy's decisions were, and back. */
function ByPolicy({ isOn, onChange }: ByPolicyProps) {
  return (
    <Button
      size="small"
      look="quiet"
      icon={isOn ? 'left' : 'table'}
      aria-pressed={isOn}
      label={isOn ? 'List' : 'By policy: estimate against actual'}
      onClick={() => {
        onChange(!isOn)
      }}
    />
  )
}

interface KindMenuProps {
  readonly kind: DecisionKind | ''
  readonly decisions: readonly DecisionRow[]
  readonly onPick: (kind: DecisionKind | '') => void
}

function KindMenu({ kind, decisions, onPick }: KindMenuProps) {
  const present = kinds.filter((each) => decisions.some((row) => row.kind === each))
  const item = (each: DecisionKind | '', label: string) => ({
    label,
    ...(each === '' ? {} : { icon: kindIcons[each] }),
    onPick: () => {
      onPick(each)
    },
  })
  return (
    <Menu
      label="Kinds of decisions"
      className="btn quiet small"
      align="end"
      button={
        <>
          {kind === '' ? 'All kinds' : kindNames[kind]} <Icon name="down" />
        </>
      }
      items={[item('', 'All kinds'), 'line', ...present.map((each) => item(each, kindNames[each]))]}
    />
  )
}

interface LogListProps extends DecisionLogProps {
  readonly kind: DecisionKind | ''
}

function LogList({ session, kind, isPhone }: LogListProps) {
  const decisions = useStore(session.runStore, (state) => state.decisions)
  const status = useStore(session.runStore, (state) => state.status)
  if (decisions.length === 0) return <NoDecisions status={status} />
  return <LogRows session={session} kind={kind} isPhone={isPhone} decisions={decisions} />
}

interface LogRowsProps extends LogListProps {
  readonly decisions: readonly DecisionRow[]
}

/** Comes into being with the first decision of a run, so that nothing is left of where the list of another stood. */
function LogRows({ session, kind, isPhone, decisions }: LogRowsProps) {
  const { playbackStore } = session
  const taken = useStore(playbackStore, (state) => decisionsUpTo(decisions, state.playheadPs))
  const selected = useStore(playbackStore, (state) => state.selectedDecision)
  const rows = useMemo(() => logRows(decisions, kind, taken), [decisions, kind, taken])
  const rowHeight = isPhone ? 60 : 69
  const { box, scroll, note } = useScroll(rowOf(rows, selected), selected, rowHeight)
  const { first, end, above, below } = visibleRows(rows.length, rowHeight, scroll.top, scroll.height)
  return (
    <ol className="log" ref={box} tabIndex={-1} aria-label="Decisions, latest first" onScroll={note}>
      {above > 0 && <li style={{ height: above }} aria-hidden="true" />}
      {rows
        .slice(first, end)
        .map((row) =>
          row.type === 'now' ? (
            <NowLine key="now" session={session} />
          ) : (
            <LogEntry
              key={row.index}
              session={session}
              index={row.index}
              isLater={row.index >= taken}
              isOpen={row.index === selected}
            />
          ),
        )}
      {below > 0 && <li style={{ height: below }} aria-hidden="true" />}
    </ol>
  )
}

/**
 * Where the list stands. A new selection, or the playhead where nothing is selected, comes into sight; then its row stays
 * where it is on the screen while rows come above it.
 */
function useScroll(row: number, selected: number, rowHeight: number) {
  const box = useRef<HTMLOListElement>(null)
  const [scroll, setScroll] = useState({ top: 0, height: 600 })
  const known = useRef({ row: -1, selected: -2 })
  useEffect(() => {
    if (box.current === null) return undefined
    return onResize(box.current, ({ height }) => {
      setScroll((before) => ({ ...before, height }))
    })
  }, [])
  useLayoutEffect(() => {
    const before = known.current
    known.current = { row, selected }
    if (before.selected !== selected) keepInSight(box.current, row, rowHeight)
    else scrollBy(box.current, (row - before.row) * rowHeight)
  }, [row, selected, rowHeight])
  const note = ({ currentTarget: { scrollTop, clientHeight } }: UIEvent<HTMLOListElement>) => {
    setScroll({ top: scrollTop, height: clientHeight })
  }
  return { box, scroll, note }
}

/** A list that stands at its top goes on to show what is new there. */
function scrollBy(box: HTMLOListElement | null, px: number) {
  if (box !== null && box.scrollTop > 0 && px !== 0) box.scrollTop += px
}

function keepInSight(box: HTMLOListElement | null, row: number, rowHeight: number) {
  if (box === null || row < 0) return
  const current = box.querySelector('[aria-current="true"]')
  if (current !== null) current.scrollIntoView({ block: 'nearest' })
  else box.scrollTop = Math.max(0, row * rowHeight - box.clientHeight / 3)
}

function NoDecisions({ status }: { readonly status: string }) {
  const text =
    status === 'idle' ? 'Not run yet.' : status === 'running' ? 'None so far.' : 'No decisions: every policy is static.'
  return <p className="sect dim">{text}</p>
}

/** The playhead's place in the log; its time is written from the frame loop. */
function NowLine({ session }: { readonly session: RunSession }) {
  const text = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const write = () => {
      const words = instantText(session.playbackStore.getState().playheadPs)
      if (text.current !== null && text.current.textContent !== words) text.current.textContent = words
    }
    write()
    return session.frames.onFrame(write)
  }, [session])
  return (
    <li className="now" aria-label="Playhead">
      <span ref={text} />
    </li>
  )
}

interface LogEntryProps {
  readonly session: RunSession
  readonly index: number
  readonly isLater: boolean
  readonly isOpen: boolean
}

function LogEntry({ session, index, isLater, isOpen }: LogEntryProps) {
  const decision = useStore(session.runStore, (state) => state.decisions[index])
  const migration = useStore(session.runStore, (state) => state.migrations[decision?.migration ?? -1])
  if (decision === undefined) return null
  const names = ['dec', isLater && !isOpen ? 'later' : ''].filter((name) => name !== '').join(' ')
  return (
    <li className={names} aria-current={isOpen ? 'true' : undefined}>
      <button
        type="button"
        className="dec-press"
        aria-expanded={isOpen}
        onClick={() => {
          session.playback.jumpToDecision(index)
        }}
      >
        <span className="top">
          <Icon name={kindIcons[decision.kind]} />
          <span className="kind">{kindNames[decision.kind]}</span>
          <span className="time">{instantText(decision.timePs)}</span>
        </span>
        <span className="what">{whatHappens(decision)}</span>
        <span className="why">
          <span className={isOpen ? '' : 'clip'}>{decision.reason}</span>
          <span className="num">{outcomeText(decision, migration)}</span>
        </span>
      </button>
      {isOpen && <OpenCard session={session} decision={decision} />}
    </li>
  )
}

/** Rendered ten times a second at most while playing: the outcome grows. */
function OpenCard({ session, decision }: { readonly session: RunSession; readonly decision: DecisionRow }) {
  const migration = useStore(session.runStore, (state) => state.migrations[decision.migration])
  const [playheadPs, setPlayhead] = useState(session.playbackStore.getState().playheadPs)
  useEffect(() => {
    let last = -Infinity
    return session.frames.onFrame((now) => {
      const { playing, playheadPs: time } = session.playbackStore.getState()
      if (playing && now - last < 100) return
      last = now
      setPlayhead(time)
    })
  }, [session])
  return <WhyCard decision={decision} migration={migration} playheadPs={playheadPs} />
}
