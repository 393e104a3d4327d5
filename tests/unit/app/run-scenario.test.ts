import { expect, test } from 'vitest'
import type { Progress } from '../../../workers/api'
import { createPlayback } from '../../../src/app/playback'
import { createRunScenario, type RunRequest } from '../../../src/app/run-scenario'
import type { SimulationClient } from '../../../src/client/simulation-client'
import { createPlaybackStore } from '../../../src/stores/playback-store'
import { createRunStore } from '../../../src/stores/run-store'

const END = 1e9

/** A run that is over after one slice, with a migration in its middle or without. */
function page(hasMigration: boolean) {
  const decision = { timePs: END / 2, kind: 'migration', subject: 'kv.0', from: 'cpu.0', to: 'cpu.1', migration: 0 }
  const progress = {
    ...{ done: true, replication: 0, replications: 1, simulatedPs: END, endPs: END, events: 1, eventsPerSecond: 1 },
    ...{ occupancy: null, timeline: null, decisions: hasMigration ? [decision] : [] },
    migrations: hasMigration ? [{ startPs: END / 2, stopPs: NaN, resumePs: NaN, totalUs: 10, detail: [] }] : [],
  } as unknown as Progress
  const answers = {
    load: () => Promise.resolve({ shape: { warmupPs: 0, endPs: END }, replications: 1 }),
    advance: () => Promise.resolve(progress),
    result: () => Promise.resolve({ summary: [], timeline: null }),
    detail: () => new Promise(() => undefined),
  }
  const client = answers as unknown as SimulationClient
  const [runStore, playbackStore] = [createRunStore(), createPlaybackStore()]
  const playback = createPlayback({ simulation: client, runStore, playbackStore })
  const runner = createRunScenario({ client, runStore, playbackStore, playback, now: () => 0 })
  const run = (open: RunRequest['open']) => runner.run({ scenario: {}, document: {}, open } as unknown as RunRequest)
  return { run, runner, playback, state: playbackStore.getState }
}

test('a run that is opened stands just before its first migration and says so', async () => {
  const { run, state } = page(true)
  await run('at-first-stop')
  expect(state().playheadPs).toBe(END / 2 - 1)
  expect(state().hint).toBe('kv.0 is about to move from cpu.0 to cpu.1. Press Play.')
})

test('run again keeps the playhead, and what was said of the run before is gone', async () => {
  const { run, state } = page(true)
  await run('at-first-stop')
  await run('where-it-was')
  expect(state()).toMatchObject({ playheadPs: END / 2 - 1, hint: '', selectedDecision: -1 })
})

test('where another document is opened, nothing is left of the place and the words of the one before', async () => {
  const { run, playback, state } = page(false)
  playback.change({ playheadPs: END / 4, hint: 'kv.0 is about to move.', view: { startPs: 0, endPs: 10 } })
  const opening = run('at-first-stop')
  expect(state()).toMatchObject({ playheadPs: 0, hint: '', view: null })
  await opening
  expect(state().hint).toContain('Requests come in')
})
