import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { migrationSpan } from '../../app/decision-pick'
import type { RunSession } from '../../app/run-session'
import type { MigrationRound, MigrationRow } from '../../simulator/result'
import { bytesText, durationText } from '../charts/quantity-text'
import { Icon } from '../widgets/Icon'
import type { Corner } from './free-corner'

const refreshMs = 100
const mostRounds = 8

/** The rounds of the migration at work (or selected), all to one scale; those to come are dashed. */
export function MigrationCard({ session, corner }: { readonly session: RunSession; readonly corner: Corner }) {
  const migrations = useStore(session.runStore, (state) => state.migrations)
  const selected = useStore(
    session.playbackStore,
    (state) => session.runStore.getState().decisions[state.selectedDecision]?.migration ?? -1,
  )
  const timePs = useSlowPlayhead(session)
  const known = session.runStore.getState().simulatedPs
  const running = migrations.find((each) => {
    const span = migrationSpan(each, known)
    return each.outcome !== 'refused' && span.startPs <= timePs && timePs < span.endPs
  })
  const migration = running ?? migrations[selected]
  if (migration === undefined || migration.detail.length === 0) return null
  return <Rounds migration={migration} timePs={timePs} corner={corner} />
}

function useSlowPlayhead({ playbackStore, frames }: RunSession): number {
  const [time, setTime] = useState(playbackStore.getState().playheadPs)
  useEffect(() => {
    let last = -Infinity
    return frames.onFrame((now) => {
      const { playing, playheadPs } = playbackStore.getState()
      if (playing && now - last < refreshMs) return
      last = now
      setTime(playheadPs)
    })
  }, [playbackStore, frames])
  return time
}

interface RoundsProps {
  readonly migration: MigrationRow
  readonly timePs: number
  readonly corner: Corner
}

function Rounds({ migration, timePs, corner }: RoundsProps) {
  const { service, instance, mechanism, to, detail, downtimeUs, resumePs } = migration
  const most = Math.max(...detail.map((round) => round.bytes))
  const at = detail.findLastIndex((round) => round.startPs <= timePs)
  const state =
    timePs < migration.startPs
      ? 'about to begin'
      : timePs >= resumePs
        ? 'done'
        : detail[at]?.live === false
          ? 'stopped'
          : `round ${at + 1}`
  const shown = detail.length > mostRounds ? [...detail.slice(0, mostRounds - 1), ...detail.slice(-1)] : detail
  return (
    <div
      className={`rounds stage-hud ${corner}`}
      role="group"
      aria-label={`Migration of ${service}.${instance}: ${state}`}
    >
      <div className="row">
        <Icon name="migrate" />
        <b className="b">{`${service}.${instance}`}</b>
        <span className="dim clip">
          {mechanism} to {to}
        </span>
        <span className="grow" />
        <b className="b">{state}</b>
      </div>
      <table>
        <caption className="sr">Rounds</caption>
        <tbody>
          {shown.map((round) => (
            <RoundRow
              key={round.startPs}
              round={round}
              number={detail.indexOf(round) + 1}
              most={most}
              timePs={timePs}
            />
          ))}
        </tbody>
      </table>
      {Number.isFinite(downtimeUs) && timePs >= resumePs && (
        <p className="dim">down {durationText(downtimeUs * 1e6)}</p>
      )}
    </div>
  )
}

interface RoundRowProps {
  readonly round: MigrationRound
  readonly number: number
  readonly most: number
  readonly timePs: number
}

function RoundRow({ round, number, most, timePs }: RoundRowProps) {
  const { startPs, endPs, bytes, live } = round
  const done =
    endPs > startPs ? Math.min(1, Math.max(0, (timePs - startPs) / (endPs - startPs))) : timePs >= startPs ? 1 : 0
  const isNow = done > 0 && done < 1
  const width = most > 0 ? (100 * bytes) / most : 0
  return (
    <tr className={isNow ? 'b' : ''}>
      <th scope="row">{live ? `r${number}` : 'stop'}</th>
      <td className="round-cell">
        <span className={done === 0 ? 'round to-come' : 'round'} style={{ width: `max(2px, ${width}%)` }}>
          <b style={{ width: `${100 * done}%` }} />
        </span>
      </td>
      <td className="num">{isNow ? `${bytesText(bytes * done)} of ${bytesText(bytes)}` : bytesText(bytes)}</td>
      <td className="num dim">{durationText(endPs - startPs)}</td>
    </tr>
  )
}
