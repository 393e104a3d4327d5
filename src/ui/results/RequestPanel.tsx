import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { RequestSegment } from '../../app/request-trace'
import type { RunSession } from '../../app/run-session'
import { phases } from '../../app/segment-kind'
import { countText, duration, durationText, numberText } from '../charts/quantity-text'
import { Button } from '../widgets/Button'
import { summarizeRequest, type RequestSummary } from './request-phases'
import { Waterfall } from './Waterfall'

interface RequestPanelProps {
  readonly session: RunSession
}

/** How often the panel follows the playhead, ms. */
const refreshMs = 200

/** The selected request: where its time goes, as far as its life is loaded. */
export function RequestPanel({ session }: RequestPanelProps) {
  const request = useStore(session.playbackStore, (state) => state.selectedRequest)
  const shape = useStore(session.runStore, (state) => state.shape)
  const follow = useStore(session.playbackStore, (state) => state.follow)
  const [isOpen, setOpen] = useState(false)
  const { segments, playheadPs } = useRequest(session, request)
  if (request < 0 || shape === null) {
    return <p className="sect dim">Press a dot or a busy core to see where its request spends its time.</p>
  }
  const summary = summarizeRequest(segments, shape)
  return (
    <section className="sect request" aria-label="Request">
      <div className="row request-head">
        <h2>Request #{countText(request)}</h2>
        <span className="faint">{summary === null ? '' : nowText(summary, playheadPs)}</span>
        <span className="grow" />
        {summary !== null && <Total summary={summary} />}
      </div>
      {summary === null ? (
        <p className="dim">Nothing of it is loaded here.</p>
      ) : (
        <Breakdown summary={summary} playheadPs={playheadPs} />
      )}
      <div className="row request-foot">
        <Button
          size="small"
          disabled={summary === null}
          onClick={() => {
            setOpen(true)
          }}
        >
          Open waterfall
        </Button>
        <Button
          size="small"
          icon="follow"
          keys="F"
          aria-pressed={follow}
          onClick={() => {
            session.playback.toggleFollow()
          }}
        >
          Follow
        </Button>
      </div>
      {isOpen && (
        <Waterfall
          request={request}
          segments={segments}
          shape={shape}
          onClose={() => {
            setOpen(false)
          }}
        />
      )}
    </section>
  )
}

interface LoadedRequest {
  readonly segments: readonly RequestSegment[]
  readonly playheadPs: number
}

/** The loaded segments of a request, looked for again when detail arrives, with a slow copy of the playhead. */
function useRequest({ playback, playbackStore, frames }: RunSession, request: number): LoadedRequest {
  const [state, setState] = useState<LoadedRequest>({ segments: [], playheadPs: 0 })
  useEffect(() => {
    let last = -Infinity
    const load = () => {
      setState({
        segments: request < 0 ? [] : playback.requestSegments(request),
        playheadPs: playbackStore.getState().playheadPs,
      })
    }
    load()
    const offFrame = frames.onFrame((now) => {
      if (request < 0 || (playbackStore.getState().playing && now - last < refreshMs)) return
      last = now
      setState((known) => ({ ...known, playheadPs: playbackStore.getState().playheadPs }))
    })
    const offDetail = playback.onDetail(load)
    return () => {
      offFrame()
      offDetail()
    }
  }, [playback, playbackStore, frames, request])
  return state
}

function nowText(summary: RequestSummary, playheadPs: number): string {
  if (playheadPs < summary.startPs) return 'not here yet'
  return playheadPs >= summary.endPs ? 'over' : `now at ${durationText(playheadPs - summary.startPs)}`
}

function Total({ summary }: { readonly summary: RequestSummary }) {
  const { value, unit } = duration(summary.endPs - summary.startPs)
  return (
    <span className="b num">
      {value} <span className="u">{unit === '' ? 'end not loaded' : unit}</span>
    </span>
  )
}

function Breakdown({ summary, playheadPs }: { readonly summary: RequestSummary; readonly playheadPs: number }) {
  const end = summary.stretches.at(-1)?.endPs ?? summary.startPs
  const length = Math.max(1, end - summary.startPs)
  const words = phases.map((phase, at) => `${phase} ${durationText(summary.totals[at] ?? 0)}`).join(', ')
  const now = (playheadPs - summary.startPs) / length
  return (
    <>
      <div className="phasebar" role="img" aria-label={words}>
        {summary.stretches.map((stretch) => (
          <span
            key={stretch.startPs}
            className={`ph ${phases[stretch.phase] ?? ''}`}
            style={{ flex: (stretch.endPs - stretch.startPs) / length, minWidth: 1 }}
          />
        ))}
        {now >= 0 && now <= 1 && <i className="nowmark" style={{ left: `${100 * now}%` }} />}
      </div>
      <table className="tight">
        <caption className="sr">Time by phase</caption>
        <tbody>
          {phases.map((phase, at) => {
            const ps = summary.totals[at] ?? 0
            return ps === 0 ? null : (
              <tr key={phase}>
                <th scope="row">
                  <span className="key-row">
                    <span className={`swatch ph ${phase}`} />
                    {phaseWords(phase, summary)}
                  </span>
                </th>
                <td className="num">{numberText(ps / 1e6)} µs</td>
                <td className="num u">{Math.round((100 * ps) / length)} %</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}

function phaseWords(phase: string, { longestWait, farAccesses }: RequestSummary): string {
  if (phase === 'wait') return longestWait === '' ? 'waiting' : `waiting, ${longestWait} run queue`
  if (phase === 'memory') return farAccesses === 0 ? 'memory' : `memory, ${countText(farAccesses)} trains on links`
  return phase === 'accel' ? 'accelerator' : phase
}
