/** Buckets in one level of the wheel; a power of two, a multiple of 32. */
export const BUCKETS = 4096

/**
 * One level of the event wheel: 4,096 first-in-first-out lists of event slots.
 *
 * The lists are threaded through the queue's `link` column (the next slot of the same list, or -1), so a level owns no
 * memory per event. A bitmap finds the next bucket that holds anything, 32 buckets a look.
 */
export class BucketLevel {
  /** First slot of each bucket, or -1. */
  private readonly head = new Int32Array(BUCKETS).fill(-1)
  /** Last slot of each bucket; meaningless for an empty one. */
  private readonly tail = new Int32Array(BUCKETS)
  /** Bit `i & 31` of word `i >> 5` is set while bucket `i` holds anything. */
  private readonly occupied = new Int32Array(BUCKETS >> 5)

  append(bucket: number, slot: number, link: Int32Array): void {
    link[slot] = -1
    if (this.head[bucket] < 0) {
      this.head[bucket] = slot
      this.occupied[bucket >> 5] |= 1 << bucket
    } else {
      link[this.tail[bucket]] = slot
    }
    this.tail[bucket] = slot
  }

  /** Empties the bucket and returns its first slot, from which `link` leads on, or -1. */
  take(bucket: number): number {
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

  clear(): void {
    this.head.fill(-1)
    this.occupied.fill(0)
  }
}
