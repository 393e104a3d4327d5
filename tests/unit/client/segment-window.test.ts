import { describe, expect, test } from 'vitest'
import { createSegmentWindow, hashAt, nextChange, previousChange, segmentsAt } from '../../../src/client/segment-window'
import { busySegments, detailOf, type TestSegment } from '../../support/segments'

const windowOf = (list: readonly TestSegment[], startPs = 0, endPs = 1e9) =>
  createSegmentWindow(detailOf(list, startPs, endPs))
const live = (window: ReturnType<typeof windowOf>, time: number) => {
  const { indices, count } = segmentsAt(window, time, new Uint32Array(4))
  return [...indices.subarray(0, count)].map((index) => window.segments.request[index])
}

describe('segments at an instant', () => {
  test('are those with start <= t < end', () => {
    const window = windowOf([
      { start: 10, end: 20, request: 1 },
      { start: 15, end: 30, request: 2 },
    ])
    expect(live(window, 9)).toEqual([])
    expect(live(window, 10)).toEqual([1])
    expect(live(window, 15)).toEqual([1, 2])
    expect(live(window, 20)).toEqual([2])
    expect(live(window, 30)).toEqual([])
  })

  test('equal those of a plain look at every segment, however many there are', () => {
    const list = busySegments(5000)
    const window = windowOf(list)
    for (const time of [0, 999, 1000, 123_456, 2_500_000, 4_999_500]) {
      const plain = list.filter(({ start, end }) => start <= time && time < end).map(({ request }) => request)
      expect(live(window, time)).toEqual(plain)
    }
  })

  test('include a long one that began long before', () => {
    const window = windowOf([
      { start: 0, end: 9e8, request: 77 },
      ...busySegments(2000).map((each) => ({ ...each, start: each.start + 1 })),
    ])
    expect(live(window, 8e8)).toEqual([77])
  })
})

describe('the hash of an instant', () => {
  const list = busySegments(3000)

  test('is the same whichever window it is read from', () => {
    const time = 1_234_567
    const windows = [windowOf(list), windowOf(list, time - 20_000, time + 30_000), windowOf(list, time, time + 1)]
    expect(new Set(windows.map((window) => hashAt(window, time))).size).toBe(1)
  })

  test('changes when something begins or ends', () => {
    const window = windowOf(list)
    const after = nextChange(window, 1_000_200)
    expect(hashAt(window, after)).not.toBe(hashAt(window, after - 1))
    expect(hashAt(window, after - 1)).toBe(hashAt(window, 1_000_200))
  })

  test('tells two requests at one place apart', () => {
    const one = windowOf([{ start: 0, end: 10, request: 1 }])
    const other = windowOf([{ start: 0, end: 10, request: 2 }])
    expect(hashAt(one, 5)).not.toBe(hashAt(other, 5))
  })
})

describe('stepping', () => {
  const window = windowOf([
    { start: 10, end: 20 },
    { start: 15, end: 30 },
  ])

  test('forward and back goes from change to change', () => {
    expect([0, 10, 15, 20].map((time) => nextChange(window, time))).toEqual([10, 15, 20, 30])
    expect([40, 30, 20, 15].map((time) => previousChange(window, time))).toEqual([30, 20, 15, 10])
  })

  test('ends where the window knows no further change', () => {
    expect(nextChange(window, 30)).toBe(Infinity)
    expect(previousChange(window, 10)).toBe(-Infinity)
  })
})
