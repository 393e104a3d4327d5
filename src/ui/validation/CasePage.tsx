import { useEffect, useRef } from 'react'
import { strongest } from '../../app/validation/recorded'
import type { Recorded } from '../../stores/validation-store'
import type { CaseInfo, CaseResult } from '../../validation/validation-case'
import { countText } from '../charts/quantity-text'
import { Button } from '../widgets/Button'
import { CaseFigure } from './CaseFigure'
import { RowTable } from './RowTable'
import { RunHere } from './RunHere'
import { useLive } from './validation-context'
import { groupName, STRICTNESS } from './validation-words'
import { VerdictBadge } from './VerdictMark'

interface CasePageProps {
  readonly info: CaseInfo
  readonly recorded: Recorded
  readonly neighbors: readonly [CaseInfo | undefined, CaseInfo | undefined]
  readonly onOpen: (id: string | null) => void
}

/** One case: what was asked, what came out as figure and table, where it comes from, and running it here. */
export function CasePage({ info, recorded, neighbors, onOpen }: CasePageProps) {
  const result = strongest(recorded, info.id)
  const isFull = recorded.full.has(info.id)
  const live = useLive(info.id)
  const heading = useFocusedHeading()
  return (
    <article className="v-page v-case">
      <div className="row v-crumbs">
        <Button size="small" look="quiet" icon="left" onClick={() => onOpen(null)}>
          All cases
        </Button>
        <span className="faint">{groupName(info.group)}</span>
        <span className="grow" />
        <Neighbor icon="up" words="Case before" info={neighbors[0]} onOpen={onOpen} />
        <Neighbor icon="down" words="Next case" info={neighbors[1]} onOpen={onOpen} />
      </div>
      <header className="v-head">
        <h1 ref={heading} tabIndex={-1}>
          <span className="case-id">{info.id}</span> {info.title}
        </h1>
        <p className="v-lead">{info.question}</p>
        <p className="row v-badges">
          <VerdictBadge verdict={result?.verdict ?? null} />
          <span className="dim">
            <b className="b">{STRICTNESS[info.strictness].name}.</b> {STRICTNESS[info.strictness].what}
          </span>
        </p>
      </header>
      <Notes result={result} />
      <div className="v-columns">
        <div className="v-main">
          {result?.figures.map((figure, at) => (
            <CaseFigure
              key={at}
              id={info.id}
              figure={figure}
              title={`${info.id} ${info.title}${result.figures.length > 1 ? `, figure ${at + 1}` : ''}`}
            />
          ))}
          {result === null ? (
            <p className="dim">Not recorded yet; it can be run here.</p>
          ) : (
            <RowTable result={result} form={isFull ? 'full' : 'short'} />
          )}
          {live?.result == null ? null : (
            <RowTable result={live.result} form="here" recorded={recorded.short.get(info.id)} />
          )}
        </div>
        <aside className="v-aside" aria-label="About this case">
          <RunHere info={info} recorded={recorded.short.get(info.id)} />
          <Facts info={info} result={result} isFull={isFull} />
        </aside>
      </div>
    </article>
  )
}

/** The heading gets the keyboard with every case, so that readers hear where they are. */
function useFocusedHeading() {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const { activeElement } = document
    const isFree = activeElement === document.body || activeElement?.closest('main.validation') !== null
    if (isFree) heading.current?.focus({ preventScroll: true })
  }, [])
  return heading
}

interface NeighborProps {
  readonly icon: 'up' | 'down'
  readonly words: string
  readonly info: CaseInfo | undefined
  readonly onOpen: (id: string) => void
}

function Neighbor({ icon, words, info, onOpen }: NeighborProps) {
  return (
    <Button
      size="small"
      look="quiet"
      icon={icon}
      label={info === undefined ? words : `${words}: ${info.id} ${info.title}`}
      disabled={info === undefined}
      onClick={() => {
        if (info !== undefined) onOpen(info.id)
      }}
    />
  )
}

/** What a reader must know before the numbers; of a miss, why it misses. */
function Notes({ result }: { readonly result: CaseResult | null }) {
  if (result === null || result.notes.length === 0) return null
  return (
    <div className={`v-note ${result.verdict === 'misses' ? 'is-miss' : ''}`} role="note">
      <b className="b">{result.verdict === 'misses' ? 'Why it misses' : 'To be read with it'}</b>
      {result.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  )
}

interface FactsProps {
  readonly info: CaseInfo
  readonly result: CaseResult | null
  readonly isFull: boolean
}

function Facts({ info, result, isFull }: FactsProps) {
  return (
    <dl className="v-facts">
      <dt>Tolerance, set before the run</dt>
      <dd>{info.tolerance}</dd>
      <dt>Inputs</dt>
      <dd>{info.inputs}</dd>
      <dt>Source</dt>
      <dd>{info.source}</dd>
      {result === null ? null : (
        <>
          <dt>Recorded</dt>
          <dd>
            {isFull ? 'full form' : 'short form'}, {countText(result.events)} events
          </dd>
        </>
      )}
    </dl>
  )
}
