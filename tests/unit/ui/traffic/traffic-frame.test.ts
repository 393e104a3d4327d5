import { describe, expect, test } from 'vitest'
import { createSegmentWindow, segmentsAt } from '../../../../src/client/segment-window'
import { isExemplar, nextLevel } from '../../../../src/ui/traffic/level-of-detail'
import type { StageIndex } from '../../../../src/ui/traffic/stage-index'
import { FrameBuilder } from '../../../../src/ui/traffic/traffic-frame'
import { detailOf, type TestSegment } from '../../../support/segments'

const device = (id: string, firstCore: number, cores: number, onAccelerator = false, firstEngine = 0) => ({
  id,
  firstCore,
  cores,
  onAccelerator,
  firstEngine,
})

/** Two CPUs of four cores, a GPU with one stream, a NIC with two engines, and two channels that are drawn as two lanes. */
const index = {
  shape: {
    devices: [{}, {}, {}, {}],
    channels: [{}, {}],
  },
  devices: [device('cpu.0', 0, 4), device('cpu.1', 4, 4), device('gpu.0', 8, 1, true), device('nic.0', 9, 0)],
  channels: [{ drawn: 0 }, { drawn: 1 }],
  coreCount: 9,
  engineCount: 2,
  drawnLanes: 2,
} as unknown as StageIndex

function frameAt(list: readonly TestSegment[], timePs: number, readableSpeed = 0, builder = new FrameBuilder(index)) {
  const window = createSegmentWindow(detailOf(list, 0, 1e12))
  return builder.build({ timePs, window, ...segmentsAt(window, timePs, new Uint32Array(8)) }, { readableSpeed })
}

const at = { start: 0, end: 1000 }

describe('what a frame counts', () => {
  test('every request once, by its phase', () => {
    const frame = frameAt(
      [
        { ...at, request: 1, kind: 4 },
        { ...at, request: 2, kind: 5, detail: 1 },
        { ...at, request: 3, kind: 6, place: 1, detail: 2 },
        { ...at, request: 4, kind: 1 },
        { ...at, request: 5, kind: 5, place: 2 },
      ],
      500,
    )
    expect(frame.requests).toBe(5)
    expect([...frame.phases.subarray(0, 6)]).toEqual([1, 1, 1, 1, 1, 0])
    expect([...frame.waiting]).toEqual([1, 0, 0, 0])
    expect([...frame.core]).toEqual([0, 1, 0, 0, 0, 0, 2, 0, 3])
  })

  test('a kernel where it waits, where it makes a batch, and on its stream', () => {
    const frame = frameAt(
      [
        { ...at, request: 1, kind: 13, place: 2 },
        { ...at, request: 2, kind: 14, place: 2 },
        { ...at, request: 3, kind: 15, place: 2 },
      ],
      500,
    )
    expect([frame.waiting[2], frame.batching[2], frame.core[8]]).toEqual([1, 1, 3])
    expect([...frame.phases.subarray(0, 6)]).toEqual([2, 0, 0, 0, 1, 0])
  })

  test('what is in or before an engine, engine by engine', () => {
    const frame = frameAt(
      [
        { ...at, request: 1, kind: 16, place: 3, detail: 1 },
        { ...at, request: 2, kind: 16, place: 3, detail: 1 },
        { ...at, request: 3, kind: 16, place: 3 },
      ],
      500,
    )
    expect([...frame.engines]).toEqual([1, 2])
    expect(frame.phases[4]).toBe(3)
  })

  test('a request in two branches is one request in two places', () => {
    const frame = frameAt(
      [
        { ...at, request: 7 },
        { ...at, request: 7, place: 1 },
      ],
      500,
    )
    expect([frame.requests, frame.marks]).toEqual([1, 2])
  })

  test('memory trains and migration chunks are no requests', () => {
    const frame = frameAt(
      [
        { ...at, request: 7, kind: 8 },
        { ...at, request: 0, kind: 10 },
      ],
      500,
    )
    expect([frame.requests, frame.trains, frame.chunks, frame.travelers.count]).toEqual([0, 1, 1, 2])
  })
})

describe('what is on its way', () => {
  test('stands where its share of the way puts it', () => {
    const frame = frameAt([{ start: 100, end: 500, kind: 1 }], 200)
    expect(frame.travelers.fraction[0]).toBeCloseTo(0.25, 6)
  })

  test('pulses instead when it is over in less than 150 ms of wall time', () => {
    const hop = [{ start: 0, end: 274_000, kind: 1 }]
    const fast = frameAt(hop, 1000, 20e6)
    expect([fast.pulses[0], fast.travelers.count]).toEqual([1, 0])
    const slow = frameAt(hop, 1000, 200e3)
    expect([slow.pulses[0], slow.travelers.count]).toEqual([0, 1])
  })
})

describe('level of detail', () => {
  test('goes up above 1,500 and down below 1,000 only', () => {
    expect(nextLevel('dots', 1500)).toBe('dots')
    expect(nextLevel('dots', 1501)).toBe('bands')
    expect(nextLevel('bands', 1000)).toBe('bands')
    expect(nextLevel('bands', 999)).toBe('dots')
  })

  const crowd = (count: number) =>
    Array.from({ length: count }, (_, request) => ({ start: 0, end: 1000, kind: 1, request, place: request % 2 }))

  test('bands count every traveler, with at most 200 exemplars on top', () => {
    const frame = frameAt(crowd(3000), 500)
    expect(frame.level).toBe('bands')
    expect(frame.bands.reduce((sum, count) => sum + count, 0)).toBe(3000)
    expect(frame.exemplars).toBeGreaterThan(50)
    expect(frame.exemplars).toBeLessThanOrEqual(200)
    expect(frame.stride).toBe(16)
  })

  test('the level is kept between its two bounds', () => {
    const builder = new FrameBuilder(index)
    expect(frameAt(crowd(1600), 500, 0, builder).level).toBe('bands')
    expect(frameAt(crowd(1200), 500, 0, builder).level).toBe('bands')
    expect(frameAt(crowd(900), 500, 0, builder).level).toBe('dots')
    expect(frameAt(crowd(1200), 500, 0, builder).level).toBe('dots')
  })

  test('exemplars of a larger crowd are exemplars of a smaller one', () => {
    const few = Array.from({ length: 5000 }, (_, request) => request).filter((request) => isExemplar(request, 64))
    expect(few.length).toBeGreaterThan(40)
    expect(few.every((request) => isExemplar(request, 16))).toBe(true)
  })
})
