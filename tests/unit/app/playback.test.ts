import { expect, test } from 'vitest'
import { createPlayback } from '../../../src/app/playback'
import type { DecisionRow } from '../../../src/simulator/result'
import { createPlaybackStore } from '../../../src/stores/playback-store'
import { createRunStore } from '../../../src/stores/run-store'
import { busySegments, detailOf } from '../../support/segments'

const endPs = 2e9
const list = busySegments(200_000, 10_000, 35_000)

/** A playback over made-up segments; the detail of a window comes a moment later, as from the worker. */
function openPlayback() {
  const runStore = createRunStore()
  const playbackStore = createPlaybackStore()
  let inFlight = 0
  let most = 0
  const detail = async (startPs: number, until: number, maxSegments: number) => {
    inFlight += 1
    most = Math.max(most, inFlight)
    await new Promise((resolve) => setTimeout(resolve, 1))
    inFlight -= 1
    return detailOf(list, startPs, Math.min(until, startPs + maxSegments * 10_000))
  }
  const decisions = [5e8, 1e9].map((timePs) => ({ kind: 'migration', timePs, migration: -1 }) as DecisionRow)
  runStore.setState({ status: 'done', simulatedPs: endPs, decisions })
  const playback = createPlayback({ simulation: { detail }, runStore, playbackStore })
  return { playback, playbackStore, runStore, mostInFlight: () => most }
}

async function playFor(playback: ReturnType<typeof openPlayback>['playback'], frames: number) {
  playback.play()
  for (let frame = 0; frame < frames; frame += 1) {
    playback.tick(16)
    if (frame % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 2))
  }
  playback.pause()
  await playback.idle()
}

test('the state after playing to t is that after seeking to t, and that after the end and back', async () => {
  const { playback, playbackStore } = openPlayback()
  playback.seek(3e8)
  await playback.idle()
  await playFor(playback, 60)
  const time = playbackStore.getState().playheadPs
  expect(time).toBeGreaterThan(3e8)
  const played = playback.stateHash()
  playback.seek(playback.lastPs())
  await playback.idle()
  playback.seek(time)
  await playback.idle()
  expect(playback.stateHash()).toBe(played)
  const fresh = openPlayback().playback
  fresh.seek(time)
  await fresh.idle()
  expect(fresh.stateHash()).toBe(played)
})

test('playing covers as much simulated time as the speed says', async () => {
  const { playback, playbackStore } = openPlayback()
  playback.seek(1e8)
  await playback.idle()
  await playFor(playback, 50)
  expect(playbackStore.getState().playheadPs).toBe(1e8 + Math.round(0.8 * 20e6))
})

test('an event forward and one back comes to the same state', async () => {
  const { playback, playbackStore } = openPlayback()
  playback.seek(3e8)
  await playback.stepEvent(1)
  const before = playback.stateHash()
  const time = playbackStore.getState().playheadPs
  await playback.stepEvent(1)
  expect(playback.stateHash()).not.toBe(before)
  await playback.stepEvent(-1)
  expect([playback.stateHash(), playbackStore.getState().playheadPs]).toEqual([before, time])
})

test('a decision is jumped to just before it, and the playhead stands still', () => {
  const { playback, playbackStore } = openPlayback()
  playback.play()
  playback.stepDecision(1)
  expect(playbackStore.getState()).toMatchObject({ playheadPs: 5e8 - 1, playing: false, selectedDecision: 0 })
  playback.stepDecision(1)
  expect(playbackStore.getState()).toMatchObject({ playheadPs: 1e9 - 1, selectedDecision: 1 })
  playback.stepDecision(-1)
  expect(playbackStore.getState().selectedDecision).toBe(0)
})

test('however fast one drags, one request is in flight and the last place is loaded', async () => {
  const { playback, mostInFlight } = openPlayback()
  for (let step = 0; step < 200; step += 1) playback.seek(step * 9e6)
  await playback.idle()
  expect(mostInFlight()).toBe(1)
  expect(playback.activeState()?.timePs).toBe(199 * 9e6)
})

test('playing stops at the end of what is simulated, and goes on while a run goes on', async () => {
  const { playback, playbackStore, runStore } = openPlayback()
  playbackStore.setState({ speed: 2e9 })
  runStore.setState({ status: 'running' })
  playback.play()
  for (let frame = 0; frame < 100; frame += 1) {
    playback.tick(50)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  expect(playbackStore.getState()).toMatchObject({ playheadPs: endPs - 1, playing: true })
  runStore.setState({ status: 'done' })
  playback.tick(16)
  expect(playbackStore.getState().playing).toBe(false)
})

test('slower than the slowest speed is backwards', () => {
  const { playback, playbackStore } = openPlayback()
  for (let press = 0; press < 3; press += 1) playback.changeSpeed(-1)
  expect(playbackStore.getState()).toMatchObject({ speed: 200e3, direction: -1 })
  playback.changeSpeed(1)
  expect(playbackStore.getState()).toMatchObject({ speed: 200e3, direction: 1 })
})

test('the whole life of a selected request is loaded', async () => {
  const { playback } = openPlayback()
  playback.seek(3e8)
  await playback.idle()
  const request = 29_999
  playback.selectRequest(request)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(playback.requestSegments(request)).toMatchObject([{ startPs: list[request].start, endPs: list[request].end }])
})
