import { MOMENTS, ORDER, TIME } from './event-columns'

/**
 * A four-way heap of event slots in (time, order) order, for the few events that the wheel does not take.
 *
 * The times are kept beside the slots, in heap order, so that a comparison rarely leaves the array; `moments` are
 * the queue's records. Grows by doubling.
 */
export class SlotHeap {
  size = 0
  private times = new Float64Array(64)
  private slots = new Int32Array(64)

  /** Time of the first event, ps; only while `size` is above 0. */
  firstTime(): number {
    return this.times[0]
  }

  /** Slot of the first event; only while `size` is above 0. */
  firstSlot(): number {
    return this.slots[0]
  }

  push(slot: number, moments: Float64Array): void {
    if (this.size === this.slots.length) this.grow()
    const { times, slots } = this
    const t = moments[slot * MOMENTS + TIME]
    const sequence = moments[slot * MOMENTS + ORDER]
    let hole = this.size
    this.size += 1
    while (hole > 0) {
      const parent = (hole - 1) >> 2
      const above = times[parent]
      if (above < t || (above === t && moments[slots[parent] * MOMENTS + ORDER] < sequence)) break
      times[hole] = above
      slots[hole] = slots[parent]
      hole = parent
    }
    times[hole] = t
    slots[hole] = slot
  }

  /** Removes the first event and returns its slot; only while `size` is above 0. */
  pop(moments: Float64Array): number {
    const first = this.slots[0]
    this.size -= 1
    if (this.size > 0) this.sink(this.times[this.size], this.slots[this.size], moments)
    return first
  }

  clear(): void {
    this.size = 0
  }

  /** Lets the hole at the top sink to where (t, slot) belongs. */
  private sink(t: number, slot: number, moments: Float64Array): void {
    const { times, slots, size } = this
    const sequence = moments[slot * MOMENTS + ORDER]
    let hole = 0
    for (let child = 1; child < size; child = 4 * hole + 1) {
      let least = child
      const end = Math.min(child + 4, size)
      for (let other = child + 1; other < end; other += 1) {
        const difference = times[other] - times[least]
        if (
          difference < 0 ||
          (difference === 0 && moments[slots[other] * MOMENTS + ORDER] < moments[slots[least] * MOMENTS + ORDER])
        )
          least = other
      }
      const below = times[least]
      if (t < below || (t === below && sequence < moments[slots[least] * MOMENTS + ORDER])) break
      times[hole] = below
      slots[hole] = slots[least]
      hole = least
    }
    times[hole] = t
    slots[hole] = slot
  }

  private grow(): void {
    const times = new Float64Array(this.times.length * 2)
    const slots = new Int32Array(this.slots.length * 2)
    times.set(this.times)
    slots.set(this.slots)
    this.times = times
    this.slots = slots
  }
}
