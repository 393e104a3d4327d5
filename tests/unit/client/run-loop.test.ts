import { expect, test } from 'vitest'
import { runToEnd } from '../../../src/client/run-loop'
import type { Progress } from '../../../workers/api'

const progressAt = (simulatedPs: number): Progress => ({
  simulatedPs,
  endPs: 10,
  replication: 0,
  replications: 1,
  done: simulatedPs >= 10,
  events: simulatedPs,
  eventsPerSecond: 1,
  decisions: null,
  migrations: null,
  occupancy: null,
  timeline: null,
})

test('asks again as soon as an answer is in, until the run is done', async () => {
  let now = 0
  let inFlight = 0
  const seen: number[] = []
  const advance = async () => {
    inFlight += 1
    expect(inFlight).toBe(1)
    await Promise.resolve()
    inFlight -= 1
    return progressAt((now += 3))
  }
  const end = await runToEnd({
    advance,
    onProgress: ({ simulatedPs }) => seen.push(simulatedPs),
    isCancelled: () => false,
  })
  expect(end).toBe('done')
  expect(seen).toEqual([3, 6, 9, 12])
})

test('cancelling is not asking again', async () => {
  let calls = 0
  const advance = () => Promise.resolve(progressAt((calls += 1)))
  const end = await runToEnd({ advance, onProgress: () => undefined, isCancelled: () => calls >= 2 })
  expect(end).toBe('cancelled')
  expect(calls).toBe(2)
})

test('a failure of the model comes through', async () => {
  const advance = () => Promise.reject(new Error('no route from cpu.2 to mem.0'))
  await expect(runToEnd({ advance, onProgress: () => undefined, isCancelled: () => false })).rejects.toThrow('no route')
})
