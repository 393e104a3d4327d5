import { ExactSum } from './exact-sum'

/** Buckets per power of two: the widest is 1/1024 of its lower bound. */
const PER_OCTAVE = 1024
/** Whole numbers below this have a bucket each. */
const EXACT_BELOW = 2 * PER_OCTAVE
const LARGEST = 9007199254740992
/** The upper 22 bits of the double 1024, less 1024: makes the buckets of 1024, 1025, … follow that of 1023. */
const BITS_OFFSET = 1056768
/** 1 − 2^-51: takes back what rounding may have added to a rank. */
const ROUNDING = 1 - 4.440892098500626e-16

const real = new Float64Array(1)
const words = new Uint32Array(real.buffer)
real[0] = 1
/** Where the word with sign and exponent is: 1 on little-endian machines. */
const HIGH = words[1] === 0 ? 0 : 1

/** One bucket that holds something: values from `low` to `high`, both included. */
export interface Bucket {
  readonly low: number
  readonly high: number
  readonly count: number
}

/** A histogram as plain data. */
export interface SavedHistogram {
  readonly counts: Float64Array
  readonly count: number
  readonly min: number
  readonly max: number
  readonly sum: Float64Array
}

/**
 * A histogram of whole numbers from 0 to 2^53, picoseconds say, to three significant digits.
 *
 * Log-linear in the manner of HdrHistogram: every power of two is cut into 1,024 equal buckets, and numbers below 2,048
 * have one each. A bucket is thus at most 0.1 % wide. Count, sum, least and largest value are exact. Memory grows to the
 * highest bucket used, 0.4 MB at most, whatever is recorded.
 */
export class Histogram {
  private counts = new Float64Array(0)
  private readonly sum = new ExactSum()
  /** Count, min, max. */
  private readonly totals = Float64Array.of(0, Infinity, -Infinity)

  get count(): number {
    return this.totals[0]
  }

  /** Least value recorded; NaN when there is none. */
  get min(): number {
    return this.count === 0 ? NaN : this.totals[1]
  }

  /** Largest value recorded; NaN when there is none. */
  get max(): number {
    return this.count === 0 ? NaN : this.totals[2]
  }

  /** Exact sum of the values, rounded once to a double. */
  total(): number {
    return this.sum.value()
  }

  /** Exact mean, rounded to a double; NaN when nothing was recorded. */
  mean(): number {
    return this.sum.mean(this.count)
  }

  /**
   * @param value a whole number
   * @throws RangeError outside 0 … 2^53
   */
  record(value: number): void {
    if (!(value >= 0 && value <= LARGEST)) throw new RangeError(`a histogram takes 0 to 2^53; got ${value}`)
    const bucket = bucketOf(value)
    if (bucket >= this.counts.length) this.growTo(bucket)
    this.counts[bucket] += 1
    const totals = this.totals
    totals[0] += 1
    if (value < totals[1]) totals[1] = value
    if (value > totals[2]) totals[2] = value
    this.sum.add(value)
  }

  /**
   * The value of rank `ceil(share × count)`, to the middle of its bucket, never outside what was recorded.
   *
   * @param share 0 … 1: 0.99 for the 99th percentile, 1 for the maximum
   * @returns NaN when nothing was recorded
   * @throws RangeError outside 0 … 1
   */
  percentile(share: number): number {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`a percentile is a share from 0 to 1; got ${share}`)
    if (this.count === 0) return NaN
    const rank = Math.max(1, Math.ceil(share * this.count * ROUNDING)) // 0.07 × 100 is rank 7, though 7.000000000000001
    if (rank >= this.count) return this.max
    const bucket = share > 0.5 ? this.rankFromTop(this.count - rank) : this.rankFromBottom(rank)
    const middle = (lowOf(bucket) + highOf(bucket)) / 2
    return Math.min(this.max, Math.max(this.min, middle))
  }

  /** The bucket that holds the value of a rank, counted from 1 at the least. */
  private rankFromBottom(rank: number): number {
    let bucket = bucketOf(this.min)
    for (let seen = this.counts[bucket]; seen < rank; seen += this.counts[bucket]) bucket += 1
    return bucket
  }

  /** The bucket of the value above which there are `above` more. */
  private rankFromTop(above: number): number {
    let bucket = bucketOf(this.max)
    for (let seen = this.counts[bucket]; seen <= above; seen += this.counts[bucket]) bucket -= 1
    return bucket
  }

  /** Adds all that the other histogram holds. */
  merge(other: Histogram): void {
    if (other.count === 0) return
    if (other.counts.length > this.counts.length) this.growTo(other.counts.length - 1)
    const last = bucketOf(other.max)
    for (let bucket = bucketOf(other.min); bucket <= last; bucket += 1) this.counts[bucket] += other.counts[bucket]
    this.totals[0] += other.totals[0]
    this.totals[1] = Math.min(this.totals[1], other.totals[1])
    this.totals[2] = Math.max(this.totals[2], other.totals[2])
    this.sum.addSum(other.sum)
  }

  reset(): void {
    if (this.count > 0) this.counts.fill(0, bucketOf(this.min), bucketOf(this.max) + 1)
    this.totals.set([0, Infinity, -Infinity])
    this.sum.reset()
  }

  /** The buckets that hold something, rising. */
  *buckets(): Generator<Bucket> {
    for (let bucket = 0; bucket < this.counts.length; bucket += 1) {
      const count = this.counts[bucket]
      if (count > 0) yield { low: lowOf(bucket), high: highOf(bucket), count }
    }
  }

  save(): SavedHistogram {
    return {
      counts: this.counts.slice(),
      count: this.totals[0],
      min: this.totals[1],
      max: this.totals[2],
      sum: this.sum.save(),
    }
  }

  restore(saved: SavedHistogram): void {
    this.counts = saved.counts.slice()
    this.totals.set([saved.count, saved.min, saved.max])
    this.sum.restore(saved.sum)
  }

  private growTo(bucket: number): void {
    // A whole octave at a time, so that growing stays rare.
    const counts = new Float64Array((Math.floor(bucket / PER_OCTAVE) + 1) * PER_OCTAVE)
    counts.set(this.counts)
    this.counts = counts
  }
}

/** The bucket of a value from 0 to 2^53: its exponent and the ten bits after its leading one, straight from the double. */
export function bucketOf(value: number): number {
  if (value < PER_OCTAVE) return value | 0
  real[0] = value
  return (words[HIGH] >>> 10) - BITS_OFFSET
}

/** The least whole number in a bucket. */
export function lowOf(bucket: number): number {
  if (bucket < EXACT_BELOW) return bucket
  return (PER_OCTAVE + (bucket % PER_OCTAVE)) * widthOf(bucket)
}

/** The largest whole number in a bucket. */
export function highOf(bucket: number): number {
  return lowOf(bucket) + widthOf(bucket) - 1
}

function widthOf(bucket: number): number {
  let width = 1
  for (let octave = Math.floor(bucket / PER_OCTAVE); octave > 1; octave -= 1) width *= 2
  return width
}
