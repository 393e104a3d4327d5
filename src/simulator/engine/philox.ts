/** Philox4x32-10's multipliers and key increments (J. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011). */
export const MULTIPLIER_0 = 0xd2511f53 | 0
export const MULTIPLIER_1 = 0xcd9e8d57 | 0
export const WEYL_0 = 0x9e3779b9 | 0
export const WEYL_1 = 0xbb67ae85 | 0

/** A generator of random blocks by key and counter. */
export interface Philox {
  /** The four words of the block drawn last. */
  readonly out: Uint32Array
  /**
   * Draws the block at a counter under a key, each given as 32-bit integers, by ten rounds of Philox4x32.
   *
   * @returns its first two words as `unitInterval` makes a number of them
   */
  draw(key0: number, key1: number, c0: number, c1: number, c2: number, c3: number): number
}

/**
 * 52 of 64 random bits as a number above 0 and below 1: an odd multiple of 2^-53, so that both ends are equally far.
 *
 * @param high a 32-bit word, signed or not, of which all bits are used
 * @param low a 32-bit word, of which the upper 20 bits are used
 */
export function unitInterval(high: number, low: number): number {
  return ((high >>> 0) * 1048576 + (low >>> 12) + 0.5) * 2.220446049250313e-16
}

/** In plain JavaScript, whose whole numbers have no product of 64 bits: three times as slow as the module, and the same. */
export function philoxInScript(): Philox {
  const out = new Uint32Array(4)
  return {
    out,
    draw: (key0, key1, c0, c1, c2, c3) => {
      rounds(key0, key1, c0, c1, c2, c3, out)
      return unitInterval(out[0], out[1])
    },
  }
}

function rounds(key0: number, key1: number, c0: number, c1: number, c2: number, c3: number, out: Uint32Array): void {
  let k0 = key0 | 0
  let k1 = key1 | 0
  let x0 = c0 | 0
  let x1 = c1 | 0
  let x2 = c2 | 0
  let x3 = c3 | 0
  for (let round = 0; round < 10; round += 1) {
    const high0 = multiplyHigh(MULTIPLIER_0 & 0xffff, MULTIPLIER_0 >>> 16, x0)
    const high1 = multiplyHigh(MULTIPLIER_1 & 0xffff, MULTIPLIER_1 >>> 16, x2)
    const low0 = Math.imul(MULTIPLIER_0, x0)
    x0 = high1 ^ x1 ^ k0
    x1 = Math.imul(MULTIPLIER_1, x2)
    x2 = high0 ^ x3 ^ k1
    x3 = low0
    k0 = (k0 + WEYL_0) | 0
    k1 = (k1 + WEYL_1) | 0
  }
  out[0] = x0
  out[1] = x1
  out[2] = x2
  out[3] = x3
}

/**
 * The upper 32 bits of the product of two unsigned 32-bit integers, the first given as its 16-bit halves; no sum on the
 * way is 2^32 or more (H. Warren, Hacker's Delight, 2nd ed., 8-2).
 */
function multiplyHigh(aLow: number, aHigh: number, b: number): number {
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const upper = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0
  const lower = (Math.imul(aLow, bHigh) + (upper & 0xffff)) | 0
  return (Math.imul(aHigh, bHigh) + (upper >>> 16) + (lower >>> 16)) | 0
}
