/** A pending event of the reference queue; times in whole ps. */
export interface ReferenceEvent {
  readonly time: number
  readonly sequence: number
  readonly kind: number
  readonly a: number
  readonly b: number
  readonly c: number
}

/** The event queue as a textbook would have it: a binary heap of objects in (time, sequence) order. */
export class ReferenceQueue {
  now = 0
  private sequence = 0
  private readonly heap: ReferenceEvent[] = []

  get pending(): number {
    return this.heap.length
  }

  schedule(time: number, kind: number, a: number, b: number, c: number): void {
    if (!(time >= this.now && time < Infinity)) throw new RangeError(`${time} is not at or after ${this.now}`)
    this.heap.push({ time, sequence: this.sequence, kind, a, b, c })
    this.sequence += 1
    this.rise(this.heap.length - 1)
  }

  /** The earliest event at or before `limit`, or undefined. */
  next(limit: number): ReferenceEvent | undefined {
    const first = this.heap.at(0)
    if (first === undefined || first.time > limit) return undefined
    const last = this.heap.pop() ?? first
    if (this.heap.length > 0) {
      this.heap[0] = last
      this.sink()
    }
    this.now = first.time
    return first
  }

  peekTime(): number {
    return this.heap.at(0)?.time ?? Infinity
  }

  private rise(index: number): void {
    for (let child = index; child > 0;) {
      const parent = (child - 1) >> 1
      if (this.isBefore(parent, child)) return
      this.swap(parent, child)
      child = parent
    }
  }

  private sink(): void {
    for (let parent = 0; ;) {
      let least = parent
      for (const child of [2 * parent + 1, 2 * parent + 2]) {
        if (child < this.heap.length && this.isBefore(child, least)) least = child
      }
      if (least === parent) return
      this.swap(parent, least)
      parent = least
    }
  }

  private isBefore(one: number, other: number): boolean {
    const first = this.at(one)
    const second = this.at(other)
    return first.time < second.time || (first.time === second.time && first.sequence < second.sequence)
  }

  private swap(one: number, other: number): void {
    const kept = this.at(one)
    this.heap[one] = this.at(other)
    this.heap[other] = kept
  }

  private at(index: number): ReferenceEvent {
    const event = this.heap.at(index)
    if (event === undefined) throw new RangeError(`no event at ${index}`)
    return event
  }
}
