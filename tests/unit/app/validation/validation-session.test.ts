import { expect, test, vi } from 'vitest'
import { createValidationSession } from '../../../../src/app/validation/validation-session'
import type { ValidationClient } from '../../../../src/client/validation-client'
import type { CaseResult } from '../../../../src/validation/validation-case'
import { sampleCase, sampleResult } from '../../../support/validation-samples'

/** A worker that answers when it is told to. */
function handClient() {
  const calls: {
    id: string
    told: (share: number) => void
    answer: (result: CaseResult) => void
    fail: (error: Error) => void
  }[] = []
  const client: ValidationClient = {
    run: (id, _form, told) =>
      new Promise((answer, fail) => {
        calls.push({ id, told, answer, fail })
      }),
    stop: () => {
      calls.at(-1)?.fail(new Error('Cancelled.'))
    },
  }
  return { client, calls }
}

const recordedText = JSON.stringify({ cases: [sampleCase('a')], notSimulated: [], short: {}, full: {} })

function start(fetchRecorded = () => Promise.resolve(recordedText)) {
  const hand = handClient()
  let time = 0
  const ticking = new Set<() => void>()
  const session = createValidationSession({
    client: hand.client,
    now: () => (time += 100),
    fetchRecorded,
    every: (callback) => {
      ticking.add(callback)
      return () => ticking.delete(callback)
    },
  })
  return { ...hand, session, ticking, state: session.store.getState }
}

const settled = () => vi.waitFor(() => Promise.resolve())

test('cases are run one after another, in the order in which they were asked for', async () => {
  const { session, calls, state } = start()
  session.run(['a', 'b'])
  session.run(['b', 'c'])
  expect(state().queue).toEqual(['a', 'b', 'c'])
  expect(calls.map((call) => call.id)).toEqual(['a'])
  calls[0]?.told(0.5)
  expect(state().live.get('a')).toMatchObject({ status: 'running', share: 0.5 })
  expect(state().live.get('b')?.status).toBe('waiting')
  calls[0]?.answer(sampleResult('a'))
  await vi.waitFor(() => {
    expect(calls.map((call) => call.id)).toEqual(['a', 'b'])
  })
  expect(state().live.get('a')).toMatchObject({ status: 'done', share: 1, result: { id: 'a' } })
  expect(state().queue).toEqual(['b', 'c'])
})

test('the time that a case takes goes on where it tells nothing of its progress, and stops with it', async () => {
  const { session, calls, ticking, state } = start()
  session.run(['a'])
  calls[0]?.told(0.5)
  const before = state().live.get('a')?.elapsedMs ?? NaN
  for (const tick of ticking) tick()
  expect(state().live.get('a')).toMatchObject({ status: 'running', share: 0.5 })
  expect(state().live.get('a')?.elapsedMs).toBeGreaterThan(before)
  calls[0]?.answer(sampleResult('a'))
  await vi.waitFor(() => {
    expect(state().live.get('a')?.status).toBe('done')
  })
  expect(ticking.size).toBe(0)
})

test('a case that fails says why and lets the next one run', async () => {
  const { session, calls, state } = start()
  session.run(['a', 'b'])
  calls[0]?.fail(new Error('no route'))
  await vi.waitFor(() => {
    expect(calls).toHaveLength(2)
  })
  expect(state().live.get('a')).toMatchObject({ status: 'failed', message: 'no route' })
})

test('cancelling forgets what waits, keeps what is done, and later runs begin anew', async () => {
  const { session, calls, state } = start()
  session.run(['a', 'b', 'c'])
  calls[0]?.answer(sampleResult('a'))
  await vi.waitFor(() => {
    expect(calls).toHaveLength(2)
  })
  session.cancel()
  expect(state()).toMatchObject({ queue: [], asked: 0 })
  expect([...state().live.keys()]).toEqual(['a'])
  await settled()
  session.run(['c'])
  expect(calls.map((call) => call.id)).toEqual(['a', 'b', 'c'])
  calls[2]?.answer(sampleResult('c'))
  await vi.waitFor(() => {
    expect(state().live.get('c')?.status).toBe('done')
  })
  expect(state().live.has('b')).toBe(false)
})

test('a cancelled case that tells its progress late changes nothing', () => {
  const { session, calls, state } = start()
  session.run(['a'])
  session.cancel()
  calls[0]?.told(0.9)
  expect(state().live.size).toBe(0)
})

test('recorded results that cannot be fetched are told, not thrown', async () => {
  const { state } = start(() => Promise.reject(new Error('404 Not Found')))
  await vi.waitFor(() => {
    expect(state().message).toBe('404 Not Found')
  })
  expect(state().recorded).toBeNull()
})
