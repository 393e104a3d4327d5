import { useEffect } from 'react'
import { announce } from '../../app/page'
import { decisionsUpTo } from '../../app/decision-pick'
import type { RunState } from '../../stores/run-store'
import { microsText } from '../charts/quantity-text'
import { spokenDecision } from '../decisions/decision-text'
import { usePage } from '../widgets/page-context'

/** Least wall time between two messages while playing, ms. */
const quietMs = 2000

/** Tells readers of the live region what is decided while it plays, and how a run ended. */
export function useNarration(): void {
  const { session, view } = usePage()
  useEffect(() => {
    let spokenAt = -Infinity
    let told = 0
    const offFrame = session.frames.onFrame((now) => {
      const { playing, playheadPs } = session.playbackStore.getState()
      const { decisions } = session.runStore.getState()
      const taken = decisionsUpTo(decisions, playheadPs)
      if (!playing || taken <= told) {
        if (!playing || taken < told) told = taken
        return
      }
      if (now - spokenAt < quietMs) return
      const decision = decisions[taken - 1]
      told = taken
      spokenAt = now
      if (decision !== undefined) announce(view, spokenDecision(decision))
    })
    const offRun = session.runStore.subscribe((state, before) => {
      if (state.status !== before.status)
        announceRun(state, (text) => {
          announce(view, text)
        })
    })
    return () => {
      offFrame()
      offRun()
    }
  }, [session, view])
}

function announceRun({ status, result, message, replications }: RunState, say: (text: string) => void) {
  if (status === 'failed') say(`The simulation stopped: ${message}`)
  else if (status === 'cancelled') say('Run cancelled. What was simulated is kept.')
  else if (status === 'done') {
    const p99 = result?.summary.find((row) => row.metric === 'latency_p99_us')?.value ?? NaN
    const interval = replications === 1 ? '1 replication, no interval' : `${replications} replications`
    say(`Run finished. ${Number.isFinite(p99) ? `p99 ${microsText(p99)}. ` : ''}${interval}.`)
  }
}
