/** Buckets in one level of the wheel; a power of two, a multiple of 32. */
export const BUCKETS = 4096
/** Events in one chunk of a bucket: times and slots of about the mean bucket, in three cache lines. */
const CHUNK = 8

/** Chunks of events for the buckets of all levels, recycled last in, first out; grows by doubling. */
export class Chunks {
  time = new Float64Array(64 * CHUNK)
  slot = new Int32Array(64 * CHUNK)
  /** The next chunk of the same bucket, or of the free ones; -1: none. */
  next = new Int32Array(64)
  private free = -1

  constructor() {
    this.clear()
  }

  take(): number {
    if (this.free < 0) this.grow()
    const chunk = this.free
    this.free = this.next[chunk]
    this.next[chunk] = -1
    return chunk
  }

  release(chunk: number): void {
    this.next[chunk] = this.free
    this.free = chunk
  }

  /** Frees all chunks. */
  clear(): void {
    this.free = -1
    for (let chunk = this.next.length - 1; chunk >= 0; chunk -= 1) this.release(chunk)
  }

  private grow(): void {
    const { time, slot, next } = this
    this.time = new Float64Array(time.length * 2)
    this.slot = new Int32Array(slot.length * 2)
    this.next = new Int32Array(next.length * 2)
    this.time.set(time)
    this.slot.set(slot)
    this.next.set(next)
    for (let chunk = this.next.length - 1; chunk >= next.length; chunk -= 1) this.release(chunk)
  }
}

/**
 * One level of the event wheel: 4,096 first-in-first-out lists of event slots with their times.
 *
 * A list is made of chunks, so that taking a bucket reads memory in order and does not go from one event's cache line to
 * the next. A bitmap finds the next bucket that holds anything, 32 buckets a look.
 */
export class BucketLevel {
  /** First chunk of each bucket, or -1. */
  private readonly head = new Int32Array(BUCKETS).fill(-1)
  /** Last chunk of each bucket and how full it is; meaningless for an empty bucket. */
  private readonly tail = new Int32Array(BUCKETS)
  private readonly filled = new Int32Array(BUCKETS)
  /** Bit `i & 31` of word `i >> 5` is set while bucket `i` holds anything. */
  private readonly occupied = new Int32Array(BUCKETS >> 5)

  constructor(private readonly chunks: Chunks) {}

  append(bucket: number, slot: number, time: number): void {
    let filled = this.filled[bucket]
    if (this.head[bucket] < 0 || filled === CHUNK) {
      this.lengthen(bucket)
      filled = 0
    }
    const at = this.tail[bucket] * CHUNK + filled
    this.chunks.time[at] = time
    this.chunks.slot[at] = slot
    this.filled[bucket] = filled + 1
  }

  private lengthen(bucket: number): void {
    const chunk = this.chunks.take()
    if (this.head[bucket] < 0) {
      this.head[bucket] = chunk
      this.occupied[bucket >> 5] |= 1 << bucket
    } else {
      this.chunks.next[this.tail[bucket]] = chunk
    }
    this.tail[bucket] = chunk
  }

  /** Empties a bucket that holds something into the start of two columns with room for it; returns how many it held. */
  moveTo(bucket: number, times: Float64Array, slots: Int32Array): number {
    const { time, slot, next } = this.chunks
    let length = 0
    for (let chunk = this.takeHead(bucket); chunk >= 0;) {
      const following = next[chunk]
      const end = chunk * CHUNK + (following < 0 ? this.filled[bucket] : CHUNK)
      for (let at = chunk * CHUNK; at < end; at += 1) {
        times[length] = time[at]
        slots[length] = slot[at]
        length += 1
      }
      this.chunks.release(chunk)
      chunk = following
    }
    return length
  }

  /** Empties a bucket that holds something into the buckets of a finer level: number `(time - start) * scale`. */
  spread(bucket: number, finer: BucketLevel, start: number, scale: number): void {
    const { chunks } = this
    for (let chunk = this.takeHead(bucket); chunk >= 0;) {
      const following = chunks.next[chunk]
      const end = chunk * CHUNK + (following < 0 ? this.filled[bucket] : CHUNK)
      for (let at = chunk * CHUNK; at < end; at += 1) {
        const time = chunks.time[at]
        finer.append(((time - start) * scale) | 0, chunks.slot[at], time)
      }
      chunks.release(chunk)
      chunk = following
    }
  }

  private takeHead(bucket: number): number {
    const first = this.head[bucket]
    this.head[bucket] = -1
    this.occupied[bucket >> 5] &= ~(1 << bucket)
    return first
  }

  /** The first bucket at or after `from` (0 … 4,095) that holds anything, or `BUCKETS`. */
  firstFrom(from: number): number {
    const occupied = this.occupied
    let word = from >> 5
    let bits = occupied[word] & (-1 << from)
    while (bits === 0) {
      word += 1
      if (word === BUCKETS >> 5) return BUCKETS
      bits = occupied[word]
    }
    return (word << 5) + 31 - Math.clz32(bits & -bits)
  }

  /** Forgets everything; the chunks are cleared by their owner. */
  clear(): void {
    this.head.fill(-1)
    this.occupied.fill(0)
  }
}
