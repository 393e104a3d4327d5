import { useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { runDocument } from '../../app/run-document'
import type { Scenario } from '../../scenario/scenario'
import type { RunState } from '../../stores/run-store'
import type { Derived } from '../../../workers/api'
import { durationText, percentText } from '../charts/quantity-text'
import { Button } from '../widgets/Button'
import { Icon, type IconName } from '../widgets/Icon'
import { usePage } from '../widgets/page-context'

interface RunRibbonProps {
  readonly changes: readonly string[]
}

/** The state of the run in one line, with what can be done about it. Nothing while all is well. */
export function RunRibbon({ changes }: RunRibbonProps) {
  const { session } = usePage()
  const status = useStore(session.runStore, (state) => state.status)
  const overload = useOverload()
  if (status === 'idle') return <NotRun />
  if (status === 'running') return <Running />
  if (status === 'failed') return <Failed />
  if (changes.length > 0) return <Stale changes={changes} />
  if (status === 'cancelled') return <Cancelled />
  return overload === '' ? null : (
    <Line icon="warn" title={overload} text="Queues grow without bound; percentiles depend on the run length." />
  )
}

interface LineProps {
  readonly icon: IconName
  readonly look?: '' | 'stale' | 'bad'
  readonly title: string
  readonly text: ReactNode
  readonly children?: ReactNode
}

function Line({ icon, look = '', title, text, children }: LineProps) {
  return (
    <div className={`ribbon ${look}`} role={look === 'bad' ? 'alert' : 'status'}>
      <Icon name={icon} {...(look === 'bad' ? { tint: 'alert' as const } : {})} />
      <div className="msg">
        <b className="b">{title}</b> {text}
      </div>
      {children}
    </div>
  )
}

function RunAgain({ label = 'Run again' }: { readonly label?: string }) {
  const page = usePage()
  return (
    <Button
      size="small"
      onClick={() => {
        runDocument(page, page.session.runStore.getState().status === 'idle' ? 'at-first-stop' : 'where-it-was')
      }}
    >
      {label}
    </Button>
  )
}

function NotRun() {
  return (
    <Line icon="clock" title="Not run yet." text="The lanes are empty until it is.">
      <RunAgain label="Run" />
    </Line>
  )
}

function Running() {
  const { session } = usePage()
  const run = useStore(session.runStore)
  return (
    <div className="ribbon" role="group" aria-label="Run in progress">
      <div className="msg">
        <div className="row">
          <b className="b">{percentText(run.share)}</b>
          <span className="dim">{progressText(run)}</span>
        </div>
        <div
          className="progress"
          role="progressbar"
          aria-label="Simulated"
          aria-valuenow={Math.round(100 * run.share)}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <b style={{ width: `${100 * run.share}%` }} />
        </div>
      </div>
      <Button size="small" keys="Escape" onClick={session.runner.cancel}>
        Cancel
      </Button>
    </div>
  )
}

function progressText(run: RunState): string {
  const { simulatedPs, shape, eventsPerSecond, elapsedMs, share, replication, replications } = run
  const end = durationText(shape?.endPs ?? 0)
  const where =
    replications > 1 ? `replication ${replication + 1} of ${replications}` : `${durationText(simulatedPs)} of ${end}`
  const left = share > 0.02 ? ` · ${Math.ceil(((elapsedMs / share) * (1 - share)) / 1000)} s left` : ''
  return `${where} · ${(eventsPerSecond / 1e6).toFixed(1)} M events/s${left}`
}

function Failed() {
  const { session } = usePage()
  const message = useStore(session.runStore, (state) => state.message)
  const scenario = useStore(session.runStore, (state) => state.scenario)
  const copy = () => {
    void navigator.clipboard.writeText(JSON.stringify({ message, seed: scenario?.run.seed, scenario }, null, 2))
  }
  return (
    <Line icon="warn" look="bad" title="The simulation stopped:" text={message}>
      <RunAgain />
      <Button size="small" look="quiet" onClick={copy}>
        Copy report
      </Button>
    </Line>
  )
}

function Cancelled() {
  const { session } = usePage()
  const simulatedPs = useStore(session.runStore, (state) => state.simulatedPs)
  return (
    <Line icon="info" title="Cancelled:" text={`partial, no summary; ${durationText(simulatedPs)} are there.`}>
      <RunAgain />
    </Line>
  )
}

function Stale({ changes }: RunRibbonProps) {
  const page = usePage()
  const [isOpen, setOpen] = useState(false)
  const ran = useStore(page.session.runStore, (state) => state.document)
  const count = `${changes.length} ${changes.length === 1 ? 'change' : 'changes'} since this run`
  const shown = isOpen ? changes : changes.slice(0, 2)
  return (
    <Line
      icon="reset"
      look="stale"
      title={count}
      text={
        <span className="mono dim">
          {shown.join(', ')}
          {shown.length < changes.length ? ' …' : ''}
        </span>
      }
    >
      <RunAgain />
      {changes.length > 2 && (
        <Button
          size="small"
          look="quiet"
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen)
          }}
        >
          {isOpen ? 'Show fewer' : 'Show changes'}
        </Button>
      )}
      <Button
        size="small"
        look="quiet"
        onClick={() => {
          if (ran !== null) page.editor.apply('restore the run’s scenario', ran)
        }}
      >
        Restore
      </Button>
    </Line>
  )
}

/** `Load 112 % of cpu.` for the pool that is asked for more than it can do; '' if none is. */
function useOverload(): string {
  const { session, derive } = usePage()
  const scenario = useStore(session.runStore, (state) => (state.status === 'done' ? state.scenario : null))
  const [found, setFound] = useState<{ readonly scenario: Scenario | null; readonly text: string }>({
    scenario: null,
    text: '',
  })
  useEffect(() => {
    // Closed users wait for their answers: their load never grows without bound.
    if (scenario === null || scenario.workload.sources.some(({ arrivals }) => arrivals.process === 'closed')) return
    derive(scenario)
      .then((derived) => {
        setFound({ scenario, text: overloadText(derived) })
      })
      .catch(() => undefined) // the run itself tells what is wrong
  }, [scenario, derive])
  return found.scenario === scenario ? found.text : ''
}

function overloadText({ nodes }: Derived): string {
  const worst = nodes.reduce((max, node) => (node.offeredLoad > max.offeredLoad ? node : max), {
    id: '',
    offeredLoad: 0,
  })
  return worst.offeredLoad >= 1 ? `Load ${percentText(worst.offeredLoad)} of ${worst.id}.` : ''
}
