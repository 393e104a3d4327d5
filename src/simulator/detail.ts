import type { Detail, Segments } from './display'
import type { DisplayLog } from './hardware/display-log'
import type { Saved } from './engine/plain-state'
import type { Run } from './run'
import { showSegment } from './services/phases'

/** Events between two looks at how much is logged. */
const SLICE_EVENTS = 256

/**
 * A train can be on several wires at once and is forgotten when its head is taken in, so the log is on this long before
 * a window, ps (5 ms): what is on a wire for longer than that may be missing from a window that begins meanwhile.
 */
const LOOK_BACK_PS = 5_000_000_000

/** From when on a window that begins at `startPs` is run again: the saved state must be of that time or before, ps. */
export function replayFrom(startPs: number): number {
  return Math.max(0, startPs - LOOK_BACK_PS)
}

/** Runs a stretch of a run again, from a saved state at or before `replayFrom(startPs)`, with the log on. */
export function detailOf(run: Run, from: Saved, startPs: number, endPs: number, maxSegments: number): Detail {
  const { log } = run.machine
  log.on = false
  run.restoreMotion(from)
  run.advance(replayFrom(startPs), Infinity)
  log.clear()
  log.on = true
  logOnWire(run, replayFrom(startPs))
  run.advance(startPs, Infinity)
  log.forgetUntil(startPs)
  let end = Math.min(endPs, run.shape.endPs)
  while (!run.advance(end, SLICE_EVENTS)) if (log.count > maxSegments && run.now > startPs) end = run.now
  logOpen(run)
  log.on = false
  return { startPs, endPs: end, segments: sorted(log, startPs, end) }
}

/**
 * Two stretches, one after the other. What goes on at the border is told by the second, except where the first knew when
 * it would end: a train may be forgotten by then.
 */
export function joined(first: Detail, second: Detail): Detail {
  const known = new Set<string>()
  const rows: (readonly [Segments, number])[] = []
  for (let i = 0; i < first.segments.count; i += 1) {
    if (first.segments.end[i] === Infinity) continue
    rows.push([first.segments, i])
    if (first.segments.end[i] > second.startPs) known.add(nameOf(first.segments, i))
  }
  for (let i = 0; i < second.segments.count; i += 1)
    if (second.segments.start[i] >= second.startPs || !known.has(nameOf(second.segments, i)))
      rows.push([second.segments, i])
  rows.sort(([one, i], [other, j]) => one.start[i] - other.start[j])
  const column = (name: Exclude<keyof Segments, 'count'>): number[] => rows.map(([segments, i]) => segments[name][i])
  return {
    startPs: first.startPs,
    endPs: second.endPs,
    segments: {
      count: rows.length,
      start: Float64Array.from(column('start')),
      end: Float64Array.from(column('end')),
      kind: Uint8Array.from(column('kind')),
      operation: Int16Array.from(column('operation')),
      request: Float64Array.from(column('request')),
      place: Int32Array.from(column('place')),
      detail: Int32Array.from(column('detail')),
    },
  }
}

/** The same for a segment in two logs. */
function nameOf({ start, end, kind, request, place }: Segments, i: number): string {
  return [start[i], end[i], kind[i], request[i], place[i]].join()
}

/** What is on a wire when the log begins was sent before it. */
function logOnWire(run: Run, startPs: number): void {
  const { log, fabric } = run.machine
  const { messages } = fabric
  for (const message of messages.underWay()) {
    if (messages.wireStart[message] >= startPs || messages.wireEnd[message] <= startPs) continue
    const channel = messages.wireChannel[message]
    log.emit(
      messages.wireStart[message],
      messages.wireEnd[message],
      messages.shown[message],
      messages.operation[message],
      messages.request[message],
      channel,
      -1,
    )
  }
}

/** What has not ended when the log stops ends later. */
function logOpen(run: Run): void {
  const { tokens, fabric } = run.machine
  tokens.pool.liveMap().forEach((live, token) => {
    if (live) showSegment(run.machine, token, Infinity)
  })
  fabric.logWaiting()
}

function sorted(log: DisplayLog, startPs: number, endPs: number): Segments {
  const order = Array.from({ length: log.count }, (_, i) => i)
    .filter((i) => log.end[i] > startPs && log.start[i] < endPs)
    .sort((a, b) => log.start[a] - log.start[b] || a - b)
  return {
    count: order.length,
    start: Float64Array.from(order, (i) => log.start[i]),
    end: Float64Array.from(order, (i) => log.end[i]),
    kind: Uint8Array.from(order, (i) => log.kind[i]),
    operation: Int16Array.from(order, (i) => log.operation[i]),
    request: Float64Array.from(order, (i) => log.request[i]),
    place: Int32Array.from(order, (i) => log.place[i]),
    detail: Int32Array.from(order, (i) => log.detail[i]),
  }
}
