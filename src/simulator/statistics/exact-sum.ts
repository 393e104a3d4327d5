/** 2^52: what the low part carries into the high part. */
const CARRY = 4503599627370496

/** A sum of whole numbers from 0 to 2^53, such as picoseconds, that loses no bit before it reaches 2^105. */
export class ExactSum {
  /** The sum is `parts[0] + parts[1] × 2^52`, with `parts[0]` below 2^52. */
  private readonly parts = new Float64Array(2)

  /** @param x a whole number from 0 to 2^53 */
  add(x: number): void {
    const parts = this.parts
    const low = parts[0] + x
    if (low < CARRY) parts[0] = low
    else this.carry(x)
  }

  private carry(x: number): void {
    const parts = this.parts
    let rest = x
    while (rest >= CARRY) {
      rest -= CARRY
      parts[1] += 1
    }
    const low = parts[0] + rest
    if (low >= CARRY) parts[1] += 1
    parts[0] = low >= CARRY ? low - CARRY : low
  }

  addSum(other: ExactSum): void {
    this.add(other.parts[0])
    this.parts[1] += other.parts[1]
  }

  /** The sum, rounded once to the nearest double: exact up to 2^53. */
  value(): number {
    return this.parts[1] * CARRY + this.parts[0]
  }

  /** The mean of `count` added numbers; NaN for none. */
  mean(count: number): number {
    return count === 0 ? NaN : this.value() / count
  }

  reset(): void {
    this.parts.fill(0)
  }

  save(): Float64Array {
    return this.parts.slice()
  }

  restore(saved: Float64Array): void {
    this.parts.set(saved)
  }
}
