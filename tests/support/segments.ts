import type { Detail, Segments } from '../../src/simulator/display'

/** One segment as a test writes it. */
export interface TestSegment {
  readonly start: number
  readonly end: number
  readonly kind?: number
  readonly operation?: number
  readonly request?: number
  readonly place?: number
  readonly detail?: number
}

/** Columns of segments, sorted by start as the simulator sorts them. */
function segmentsOf(list: readonly TestSegment[]): Segments {
  const sorted = [...list].sort((a, b) => a.start - b.start)
  const column = <T>(read: (segment: TestSegment) => number, make: (values: number[]) => T): T => make(sorted.map(read))
  return {
    count: sorted.length,
    start: column(
      (segment) => segment.start,
      (values) => Float64Array.from(values),
    ),
    end: column(
      (segment) => segment.end,
      (values) => Float64Array.from(values),
    ),
    kind: column(
      (segment) => segment.kind ?? 5,
      (values) => Uint8Array.from(values),
    ),
    operation: column(
      (segment) => segment.operation ?? 0,
      (values) => Int16Array.from(values),
    ),
    request: column(
      (segment) => segment.request ?? 0,
      (values) => Float64Array.from(values),
    ),
    place: column(
      (segment) => segment.place ?? 0,
      (values) => Int32Array.from(values),
    ),
    detail: column(
      (segment) => segment.detail ?? 0,
      (values) => Int32Array.from(values),
    ),
  }
}

/** What the simulator would send for a window: the segments that touch it; those that go on have no end yet. */
export function detailOf(list: readonly TestSegment[], startPs: number, endPs: number): Detail {
  const touching = list.filter((segment) => segment.start < endPs && segment.end > startPs)
  const seen = touching.map((segment) => (segment.end > endPs ? { ...segment, end: Infinity } : segment))
  return { startPs, endPs, segments: segmentsOf(seen) }
}

/** Many requests that come one after another and compute for a while, some of them at once. */
export function busySegments(count: number, everyPs = 1000, lengthPs = 3500): TestSegment[] {
  return Array.from({ length: count }, (_, at) => ({
    start: at * everyPs,
    end: at * everyPs + lengthPs + (at % 7) * 100,
    kind: at % 3 === 0 ? 1 : 5,
    request: at,
    place: at % 2,
    detail: at % 4,
  }))
}
