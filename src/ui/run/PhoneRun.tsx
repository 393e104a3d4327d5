import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { indexSeries, valueAt, waitingSeries } from '../../app/series-index'
import { DecisionLog } from '../decisions/DecisionLog'
import { LatencyPanel } from '../results/LatencyPanel'
import { duration, percentText } from '../charts/quantity-text'
import { PhoneTrack } from '../timeline/PhoneTrack'
import { Transport } from '../timeline/Transport'
import { usePage } from '../widgets/page-context'
import { tabPanelId, Tabs } from '../widgets/Tabs'
import { BranchSection } from './BranchSection'
import { EnergyPanel, RequestPanel, ServicesPanel } from './later-panels'
import { RunStage } from './RunStage'

const tabs = [
  { id: 'decisions', label: 'Decisions' },
  { id: 'latency', label: 'Latency' },
  { id: 'request', label: 'Request' },
] as const
type Tab = (typeof tabs)[number]['id']

/** Run on a narrow screen: stage, four figures, transport, and a sheet with the rest. */
export function PhoneRun({ changes }: { readonly changes: readonly string[] }) {
  const { session } = usePage()
  const hasBranch = useStore(session.runStore, (state) => state.hasBranch)
  const [tab, setTab] = useState<Tab>('decisions')
  return (
    <div className="phone-run" data-scope="run">
      <RunStage changes={changes} />
      <KeyFigures />
      <section className="phone-timeline" aria-label="Timeline">
        <Transport session={session} isPhone />
        <PhoneTrack session={session} />
      </section>
      <section className="sheet" aria-label="Details">
        <div className="grab" />
        <Tabs name="sheet" look="seg" tabs={tabs} current={tab} onChange={setTab} />
        <div className="sheet-body" id={tabPanelId('sheet')} role="tabpanel">
          {tab === 'decisions' && <DecisionLog session={session} isPhone />}
          {tab === 'latency' && (
            <>
              {hasBranch && <BranchSection />}
              <LatencyPanel session={session} isStale={changes.length > 0} />
              <ServicesPanel session={session} isStale={changes.length > 0} />
              <EnergyPanel session={session} isStale={changes.length > 0} />
            </>
          )}
          {tab === 'request' && <RequestPanel session={session} />}
        </div>
      </section>
    </div>
  )
}

const refreshMs = 200

/** p99 of the whole run; utilization, requests in flight and waiting at the playhead. */
function KeyFigures() {
  const { session } = usePage()
  const box = useRef<HTMLDivElement>(null)
  const p99 = useStore(
    session.runStore,
    (state) => state.result?.summary.find((row) => row.metric === 'latency_p99_us')?.value ?? NaN,
  )
  const { value, unit } = duration(p99 * 1e6)
  useEffect(() => {
    let last = -Infinity
    return session.frames.onFrame((now) => {
      if (session.playbackStore.getState().playing && now - last < refreshMs) return
      last = now
      const texts = figures(session)
      box.current?.querySelectorAll('[data-figure]').forEach((element, at) => {
        element.textContent = texts[at] ?? ''
      })
    })
  }, [session])
  return (
    <div className="kpi" ref={box}>
      <div>
        <span className="label">p99</span>
        <b>
          {value} <span className="u">{unit}</span>
        </b>
      </div>
      {['cpu', 'in flight', 'waiting'].map((name) => (
        <div key={name}>
          <span className="label">{name}</span>
          <b data-figure={name} />
        </div>
      ))}
    </div>
  )
}

function figures({ runStore, playbackStore }: ReturnType<typeof usePage>['session']): readonly string[] {
  const { timeline, shape } = runStore.getState()
  const { playheadPs } = playbackStore.getState()
  const series = indexSeries(timeline)
  const at = (scope: string, id: string, metric: string) =>
    valueAt(series.find(scope, id, metric), series.timeline, playheadPs)
  const used = (shape?.devices ?? [])
    .filter((device) => device.kind === 'cpu')
    .map((device) => at('device', device.id, 'utilization'))
  const mean = used.reduce((sum, each) => sum + each, 0) / used.length
  const whole = (value: number) => (Number.isFinite(value) ? String(Math.round(value)) : '–')
  return [
    percentText(mean),
    whole(at('run', '', 'in_flight')),
    whole(valueAt(waitingSeries(series), series.timeline, playheadPs)),
  ]
}
