import type { Detail, Segments } from '../simulator/display'

/** Segments of one stretch of time, with an index that finds the live ones at an instant. */
export interface SegmentWindow {
  /** ps, inclusive */
  readonly startPs: number
  /** ps, exclusive: up to here every segment's end is known well enough to draw it. */
  readonly endPs: number
  readonly segments: Segments
  /** Latest end per block of `blockSize` segments, ps. */
  readonly blockEnd: Float64Array
}

const blockSize = 256

export function createSegmentWindow(detail: Detail, endPs: number = detail.endPs): SegmentWindow {
  const { segments, startPs } = detail
  const blockEnd = new Float64Array(Math.ceil(segments.count / blockSize))
  for (let index = 0; index < segments.count; index += 1) {
    const block = Math.floor(index / blockSize)
    blockEnd[block] = Math.max(blockEnd[block] ?? 0, segments.end[index] ?? 0)
  }
  return { startPs, endPs, segments, blockEnd }
}

/** How many of the sorted `values` are at most `limit`. */
function countUpTo(values: Float64Array, count: number, limit: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? Infinity) <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Writes the indices of the segments with start <= t < end, in order of their start.
 *
 * @param into grows when it is too short
 * @returns the array written to and how many entries count
 */
export function segmentsAt(
  window: SegmentWindow,
  timePs: number,
  into: Uint32Array,
): { indices: Uint32Array; count: number } {
  const { start, end, count: total } = window.segments
  const started = countUpTo(start, total, timePs)
  let indices = into
  let count = 0
  for (let first = 0; first < started; first += blockSize) {
    if ((window.blockEnd[first / blockSize] ?? 0) <= timePs) continue
    const last = Math.min(first + blockSize, started)
    if (indices.length < count + blockSize) indices = grown(indices, count)
    for (let index = first; index < last; index += 1) {
      if ((end[index] ?? 0) > timePs) indices[count++] = index
    }
  }
  return { indices, count }
}

function grown(indices: Uint32Array, count: number): Uint32Array {
  const larger = new Uint32Array(Math.max(2 * indices.length, count + 2 * blockSize))
  larger.set(indices.subarray(0, count))
  return larger
}

/** The first start or end after `timePs` inside the window, ps; Infinity if there is none. */
export function nextChange(window: SegmentWindow, timePs: number): number {
  return changes(window).find((time) => time > timePs && time < window.endPs) ?? Infinity
}

/** The last start or end before `timePs` inside the window, ps; -Infinity if there is none. */
export function previousChange(window: SegmentWindow, timePs: number): number {
  return changes(window).findLast((time) => time < timePs && time >= window.startPs) ?? -Infinity
}

const changeTimes = new WeakMap<SegmentWindow, Float64Array>()

/** All starts and ends of the window in rising order, kept for the next step. */
function changes(window: SegmentWindow): Float64Array {
  const known = changeTimes.get(window)
  if (known !== undefined) return known
  const { start, end, count } = window.segments
  const times = new Float64Array(2 * count)
  times.set(start.subarray(0, count))
  times.set(end.subarray(0, count), count)
  times.sort()
  changeTimes.set(window, times)
  return times
}

/**
 * A fingerprint of what is where at an instant: 16 hex digits. It does not depend on the window the segments came with,
 * nor on the order of segments that start together.
 */
export function hashAt(window: SegmentWindow, timePs: number): string {
  const { segments } = window
  const { indices, count } = segmentsAt(window, timePs, new Uint32Array(1024))
  let low = 0
  let high = 0
  for (let at = 0; at < count; at += 1) {
    const index = indices[at] ?? 0
    const mixed = mix(segments, index)
    low = (low + mixed) >>> 0
    high = (high + Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)) >>> 0
  }
  return hex(high) + hex(low)
}

function mix(segments: Segments, index: number): number {
  let hash = 0x9e3779b9
  const fold = (value: number) => {
    hash = Math.imul(hash ^ (value >>> 0), 0x85ebca6b)
    hash ^= hash >>> 13
    hash = Math.imul(hash, 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  const start = segments.start[index] ?? 0
  fold(segments.kind[index] ?? 0)
  fold(segments.place[index] ?? 0)
  fold(segments.detail[index] ?? 0)
  fold(segments.operation[index] ?? 0)
  fold(segments.request[index] ?? 0)
  fold(start % 0x100000000)
  fold(Math.floor(start / 0x100000000))
  return hash >>> 0
}

const hex = (value: number) => value.toString(16).padStart(8, '0')
