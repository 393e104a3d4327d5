import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { changedPaths } from '../../app/changed-paths'
import { DecisionLog } from '../decisions/DecisionLog'
import { LatencyPanel } from '../results/LatencyPanel'
import { Timeline } from '../timeline/Timeline'
import { Transport } from '../timeline/Transport'
import { useDocument, usePage, useView } from '../widgets/page-context'
import { BranchSection } from './BranchSection'
import { PhoneRun } from './PhoneRun'
import { EnergyPanel, RequestPanel, ServicesPanel } from './later-panels'
import { RunStage } from './RunStage'
import { useNarration } from './use-narration'
import './run.css'

const phone = '(max-width: 640px)'

/** The Run view: what was decided, what moves, what it took, and when. Four parts for the grid of the shell. */
export function RunView() {
  const { session } = usePage()
  const isPhone = useMedia(phone)
  const changes = useChanges()
  const link = useView((state) => (state.selection?.type === 'link' ? state.selection.id : ''))
  const hasBranch = useStore(session.runStore, (state) => state.hasBranch)
  const panels = useView((state) => state.panels)
  useNarration()
  if (isPhone) return <PhoneRun changes={changes} />
  return (
    <>
      {panels.left && (
        <section className="panel left" aria-label="Decisions" data-scope="run table">
          <DecisionLog session={session} isPhone={false} />
        </section>
      )}
      <RunStage changes={changes} />
      {panels.right && (
        <aside className="panel rightp run-figures" aria-label="Latency and selection">
          {hasBranch && <BranchSection />}
          <LatencyPanel session={session} isStale={changes.length > 0} />
          <ServicesPanel session={session} isStale={changes.length > 0} />
          <EnergyPanel session={session} isStale={changes.length > 0} />
          <RequestPanel session={session} />
        </aside>
      )}
      <section className="dock" aria-label="Timeline" data-scope="run timeline">
        <Transport session={session} isPhone={false} />
        <Timeline session={session} link={link} />
      </section>
    </>
  )
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => window.matchMedia(query).matches)
  useEffect(() => {
    const list = window.matchMedia(query)
    const look = () => {
      setMatches(list.matches)
    }
    list.addEventListener('change', look)
    return () => {
      list.removeEventListener('change', look)
    }
  }, [query])
  return matches
}

/** Paths in which the document differs from the one that was run. */
function useChanges(): readonly string[] {
  const { session } = usePage()
  const ran = useStore(session.runStore, (state) => state.document)
  const document = useDocument((state) => state.document)
  return useMemo(
    () => (ran === null || ran === document ? [] : changedPaths(ran, document).filter(isOfResult)),
    [ran, document],
  )
}

/** Names, texts and places change no number. */
const isOfResult = (path: string) => !/(^|\.)(at(\.[xy])?|label|name|description)$/.test(path)
