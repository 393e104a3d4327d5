import * as SegmentKind from './segment-kind'

/** Segments of what happens, for the page; off unless somebody watches. It never changes a result. Columns grow as needed. */
export class DisplayLog {
  on = false
  count = 0
  start = new Float64Array(1024)
  end = new Float64Array(1024)
  kind = new Uint8Array(1024)
  operation = new Int16Array(1024)
  request = new Float64Array(1024)
  place = new Int32Array(1024)
  detail = new Int32Array(1024)

  clear(): void {
    this.count = 0
  }

  /** Keeps what ends after `time`, ps. */
  forgetUntil(time: number): void {
    const columns = [this.start, this.end, this.kind, this.operation, this.request, this.place, this.detail]
    let kept = 0
    for (let i = 0; i < this.count; i += 1) {
      if (this.end[i] <= time) continue
      for (const column of columns) column[kept] = column[i]
      kept += 1
    }
    this.count = kept
  }

  emit(
    start: number,
    end: number,
    kind: number,
    operation: number,
    request: number,
    place: number,
    detail: number,
  ): void {
    const at = this.count
    if (at === this.start.length) this.grow()
    this.start[at] = start
    this.end[at] = end
    this.kind[at] = kind
    this.operation[at] = operation
    this.request[at] = request
    this.place[at] = place
    this.detail[at] = detail
    this.count = at + 1
  }

  /** A message's wait in an output port; only a request's own messages are shown waiting. */
  emitWait(start: number, end: number, shown: number, operation: number, request: number, channel: number): void {
    if (shown === SegmentKind.link && end > start)
      this.emit(start, end, SegmentKind.portQueue, operation, request, channel, -1)
  }

  private grow(): void {
    const n = this.start.length * 2
    const longer = <T extends Float64Array | Int32Array | Int16Array | Uint8Array>(column: T, empty: T): T => {
      empty.set(column)
      return empty
    }
    this.start = longer(this.start, new Float64Array(n))
    this.end = longer(this.end, new Float64Array(n))
    this.kind = longer(this.kind, new Uint8Array(n))
    this.operation = longer(this.operation, new Int16Array(n))
    this.request = longer(this.request, new Float64Array(n))
    this.place = longer(this.place, new Int32Array(n))
    this.detail = longer(this.detail, new Int32Array(n))
  }
}
