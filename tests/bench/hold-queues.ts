/** A binary heap in typed arrays, (time, sequence) order: what the wheel is measured against. Fixed capacity. */
export class BinaryHeap {
  readonly clock = new Float64Array(1)
  readonly time: Float64Array
  private readonly order: Float64Array
  private readonly heap: Int32Array
  private size = 0
  private sequence = 0

  constructor(capacity: number) {
    this.time = new Float64Array(capacity)
    this.order = new Float64Array(capacity)
    this.heap = new Int32Array(capacity)
  }

  /** Schedules slot `slot` for `time[slot]`. */
  push(slot: number): void {
    const { heap, time, order } = this
    order[slot] = this.sequence
    this.sequence += 1
    const t = time[slot]
    let hole = this.size
    this.size += 1
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (time[heap[parent]] <= t) break // the newest loses every tie
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = slot
  }

  /** Removes the earliest event and returns its slot. */
  pop(): number {
    const { heap } = this
    const first = heap[0]
    this.clock[0] = this.time[first]
    this.size -= 1
    if (this.size > 0) this.sink(heap[this.size])
    return first
  }

  private sink(slot: number): void {
    const { heap, size } = this
    let hole = 0
    for (let child = 1; child < size; child = 2 * hole + 1) {
      const least = child + 1 < size && this.isBefore(heap[child + 1], heap[child]) ? child + 1 : child
      if (this.isBefore(slot, heap[least])) break
      heap[hole] = heap[least]
      hole = least
    }
    heap[hole] = slot
  }

  private isBefore(one: number, other: number): boolean {
    const { time, order } = this
    return time[one] < time[other] || (time[one] === time[other] && order[one] < order[other])
  }
}
