import { runToEnd } from '../client/run-loop'
import type { SimulationClient } from '../client/simulation-client'
import type { Scenario, ScenarioDocument } from '../scenario/scenario'
import type { Timeline } from '../simulator/result'
import type { PlaybackStore } from '../stores/playback-store'
import { emptyRun, type RunState, type RunStore } from '../stores/run-store'
import type { Progress } from '../../workers/api'
import { pickFirstStop } from './decision-pick'
import type { Playback } from './playback'

export interface RunRequest {
  readonly scenario: Scenario
  readonly document: ScenarioDocument
  /** Stand at the first thing worth seeing, or stay where the playhead is. */
  readonly open: 'at-first-stop' | 'where-it-was'
}

export interface RunScenario {
  /** Ends the run before, if there is one. Resolves when this one is over, in whatever way. */
  readonly run: (request: RunRequest) => Promise<void>
  /** Stops asking; what is simulated stays. */
  readonly cancel: () => void
  /** Stops asking and forgets the run: another document is open. */
  readonly clear: () => void
}

export interface RunScenarioParts {
  readonly client: SimulationClient
  readonly runStore: RunStore
  readonly playbackStore: PlaybackStore
  readonly playback: Playback
  /** Wall time, ms. */
  readonly now: () => number
}

/** How often the latency panel is filled while a run goes on, ms of wall time. */
const partialEveryMs = 700

export function createRunScenario(parts: RunScenarioParts): RunScenario {
  const { client, runStore, playbackStore, playback, now } = parts
  let turn = 0
  const set = (part: Partial<RunState>) => {
    runStore.setState(part)
  }

  async function start(request: RunRequest, mine: number) {
    playback.reset()
    if (request.open === 'at-first-stop') playback.change({ playheadPs: 0, view: null })
    const runNumber = runStore.getState().runNumber + 1
    set({ ...emptyRun, status: 'running', runNumber, scenario: request.scenario, document: request.document })
    const { shape, replications } = await client.load(request.scenario)
    if (mine === turn) set({ shape, replications })
  }

  async function loop(request: RunRequest, mine: number): Promise<'done' | 'cancelled'> {
    const begun = now()
    let partialAt = begun + partialEveryMs
    let stopped = request.open === 'where-it-was'
    return runToEnd({
      async advance(wallMs) {
        if (now() > partialAt) {
          const result = await client.partialResult()
          if (mine === turn) set({ result })
          partialAt = now() + partialEveryMs
        }
        return client.advance(wallMs)
      },
      isCancelled: () => mine !== turn,
      onProgress(progress) {
        set({ ...progressState(progress), elapsedMs: now() - begun })
        if (!stopped) stopped = standAtFirstStop(progress)
      },
    })
  }

  /** Early only for a migration: it comes first anyway. */
  function standAtFirstStop(progress: Progress): boolean {
    const { decisions, migrations, shape, timeline } = runStore.getState()
    if (shape === null) return false
    const { warmupPs, endPs } = shape
    const latencyPs = usualLatency(timeline)
    const early = migrations.some((row) => row.startPs >= warmupPs && Number.isFinite(row.totalUs))
    if (!early && progress.replication === 0 && !progress.done) return false
    const stop = pickFirstStop({ decisions, migrations, warmupPs, endPs, latencyPs })
    const { sentence: hint, decision: selectedDecision, speed } = stop
    playback.seek(stop.timePs)
    playback.change({ hint, selectedDecision, speed, view: null })
    return true
  }

  async function finish(outcome: 'done' | 'cancelled', mine: number) {
    const result = await (outcome === 'done' ? client.result() : client.partialResult())
    if (mine !== turn) return
    set({ result, status: outcome, ...(outcome === 'done' ? { share: 1, timeline: result.timeline } : {}) })
    playback.change({ playheadPs: Math.min(playbackStore.getState().playheadPs, playback.lastPs()) })
  }

  async function run(request: RunRequest) {
    turn += 1
    const mine = turn
    try {
      await start(request, mine)
      if (mine !== turn) return
      if ((await loop(request, mine)) === 'done') await finish('done', mine)
    } catch (error) {
      if (mine === turn) set({ status: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  }

  return {
    run,
    clear() {
      turn += 1
      playback.reset()
      set({ ...emptyRun, runNumber: runStore.getState().runNumber })
    },
    cancel() {
      if (runStore.getState().status !== 'running') return
      turn += 1
      set({ status: 'cancelled' })
      void finish('cancelled', turn).catch(() => undefined) // it was cancelled before anything was simulated
    },
  }
}

function progressState(progress: Progress): Partial<RunState> {
  const { decisions, migrations, occupancy, timeline, replication, replications, simulatedPs, endPs } = progress
  const first = replication === 0 && !progress.done
  return {
    simulatedPs: first ? simulatedPs : endPs,
    replication,
    replications,
    share: progress.done ? 1 : (replication + simulatedPs / endPs) / replications,
    events: progress.events,
    eventsPerSecond: progress.eventsPerSecond,
    ...(decisions === null ? {} : { decisions }),
    ...(migrations === null ? {} : { migrations }),
    ...(occupancy === null ? {} : { occupancy }),
    ...(timeline === null ? {} : { timeline }),
  }
}

/** The middle of the operations' p50 in the last full bucket, ps; NaN if there is none. */
function usualLatency(timeline: Timeline | null): number {
  const medians = (timeline?.series ?? [])
    .filter((series) => series.metric === 'p50_us')
    .map((series) => series.values.subarray(0, timeline?.filled).findLast((value) => value > 0) ?? NaN)
    .filter((value) => value > 0)
    .sort((a, b) => a - b)
  return (medians[Math.floor(medians.length / 2)] ?? NaN) * 1e6
}
