import { expect, test } from 'vitest'
import { createDetailCache } from '../../../src/client/detail-cache'
import type { Detail } from '../../../src/simulator/display'
import { busySegments, detailOf } from '../../support/segments'

const list = busySegments(20_000)

function openCache(options: { capacity?: number; most?: number } = {}) {
  const asked: [number, number][] = []
  const pending: (() => void)[] = []
  const errors: unknown[] = []
  const detail = (startPs: number, endPs: number): Promise<Detail> => {
    asked.push([startPs, endPs])
    const end = Math.min(endPs, startPs + (options.most ?? Infinity))
    return new Promise((resolve) => pending.push(() => resolve(detailOf(list, startPs, end))))
  }
  const cache = createDetailCache({
    detail,
    onArrive: () => undefined,
    onError: (error) => errors.push(error),
    ...(options.capacity === undefined ? {} : { capacity: options.capacity }),
  })
  const answer = async () => {
    pending.shift()?.()
    await new Promise((resolve) => setTimeout(resolve))
  }
  const want = (startPs: number, endPs: number) => cache.request({ startPs, endPs, limitPs: 1e9, maxSegments: 60_000 })
  return { cache, asked, answer, want, errors }
}

test('one request is in flight, and of those that wait only the last is asked', async () => {
  const { cache, asked, answer, want } = openCache()
  want(0, 1000)
  want(5000, 6000)
  want(9000, 10_000)
  expect(asked.length).toBe(1)
  await answer()
  expect(asked.length).toBe(2)
  expect(asked[1][0]).toBe(9000)
  await answer()
  expect(cache.isBusy()).toBe(false)
  expect(cache.find(5500)).toBeNull()
  expect(cache.find(9500)).not.toBeNull()
})

test('a window is used only as far as the ends of its segments are known', async () => {
  const { cache, answer, want } = openCache({ most: 10_000 })
  want(0, 100_000)
  await answer()
  expect(cache.find(8900)).not.toBeNull()
  expect(cache.find(9100)).toBeNull()
})

test('the oldest windows are forgotten when there are too many segments', async () => {
  const { cache, answer, want } = openCache({ capacity: 250 })
  for (const start of [0, 200_000, 400_000, 600_000]) {
    want(start, start + 100_000)
    await answer()
  }
  expect(cache.find(50_000)).toBeNull()
  expect(cache.find(650_000)).not.toBeNull()
  expect(cache.windows().length).toBeLessThan(4)
})

test('an answer to another run is thrown away', async () => {
  const { cache, answer, want } = openCache()
  want(0, 1000)
  cache.clear()
  await answer()
  expect(cache.find(500)).toBeNull()
  want(0, 1000)
  await answer()
  expect(cache.find(500)).not.toBeNull()
})
