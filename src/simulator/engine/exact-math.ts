/**
 * Logarithm, exponential and power with the same last bit on every JavaScript engine.
 *
 * The language leaves the last bits of `Math.log`, `Math.exp` and `Math.pow` open, and engines differ in them; here there is
 * nothing but + − × ÷, `Math.sqrt` and reading the bits of a double, which are exact everywhere. Reduction and polynomials
 * are those of FreeBSD's msun (fdlibm, e_log.c, e_exp.c, e_pow.c; "Copyright (C) 1993 by Sun Microsystems, Inc. All rights
 * reserved. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved."). Errors are below 1 ulp.
 */

const real = new Float64Array(1)
const words = new Uint32Array(real.buffer)
real[0] = 1
/** Where the word with sign and exponent is: 1 on little-endian machines. */
const HIGH = words[1] === 0 ? 0 : 1
const LOW = 1 - HIGH

const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const INVERSE_LN2 = 1.4426950408889634
const TWO_54 = 18014398509481984
const LEAST_NORMAL = 2.2250738585072014e-308
/** Carries from the mantissa into the exponent where the mantissa is above √2. */
const ABOVE_ROOT_2 = 0x95f64
/** 2^(1023 − i): what brings a number with the biased exponent i between 1 and 2. */
const REDUCING = new Float64Array(2048)
for (let i = 1023, power = 1; i < 2048; i += 1, power /= 2) REDUCING[i] = power
for (let i = 1023, power = 1; i > 0; i -= 1, power *= 2) REDUCING[i] = power

/** The natural logarithm: −Infinity of 0, NaN of less. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return Infinity
  return x < LEAST_NORMAL ? lnOfNormal(x * TWO_54, -54) : lnOfNormal(x, 0)
}

/** ln x + exponent × ln 2; the fraction is got by an exact product, not through words: that would wait for the store. */
function lnOfNormal(x: number, exponent: number): number {
  real[0] = x
  const power = (words[HIGH] + ABOVE_ROOT_2) >>> 20
  return lnOfParts(x * REDUCING[power] - 1, power - 1023 + exponent)
}

/** ln(1 + f) + exponent × ln 2 for √½ ≤ 1 + f ≤ √2. */
function lnOfParts(f: number, exponent: number): number {
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const even = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const half = 0.5 * f * f
  return exponent * LN2_HIGH - (half - (s * (half + odd + even) + exponent * LN2_LOW) - f)
}

/** e to the power of x: Infinity above 709.78, 0 below −745.13. */
export function exp(x: number): number {
  if (x !== x) return NaN
  if (x > 709.782712893384) return Infinity
  if (x < -745.1332191019411) return 0
  const power = Math.abs(x) > 0.34657359027997264 ? Math.floor(x * INVERSE_LN2 + 0.5) : 0
  const high = x - power * LN2_HIGH
  const low = power * LN2_LOW
  const r = high - low
  const t = r * r
  const c = r - t * expPolynomial(t)
  if (power === 0) return 1 - ((r * c) / (c - 2) - r)
  return scale(1 - (low - (r * c) / (2 - c) - high), power)
}

function expPolynomial(t: number): number {
  return (
    0.16666666666666602 +
    t *
      (-0.0027777777777015593 +
        t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8)))
  )
}

/** x × 2^power for x near 1 and −1900 < power < 1900, rounded once. */
function scale(x: number, power: number): number {
  if (power > 1023) return x * powerOfTwo(1000) * powerOfTwo(power - 1000)
  if (power >= -1021) return x * powerOfTwo(power)
  return x * powerOfTwo(power + 1000) * powerOfTwo(-1000)
}

/** 2^power for −1022 ≤ power ≤ 1023. */
function powerOfTwo(power: number): number {
  words[LOW] = 0
  words[HIGH] = (power + 1023) << 20
  return real[0]
}

/** e^x − 1 without the loss of digits near 0 (W. Kahan; N. J. Higham, Accuracy and Stability, 2nd ed., section 1.14.1). */
export function expm1(x: number): number {
  const power = exp(x)
  if (power === 1) return x
  if (power - 1 === -1 || power === Infinity) return power - 1
  return ((power - 1) * x) / ln(power)
}

/** ln(1 + x) without the loss of digits near 0, by the same source. */
export function log1p(x: number): number {
  const sum = 1 + x
  return sum === 1 || sum === Infinity ? x : (ln(sum) * x) / (sum - 1)
}

/**
 * x to the power of y, for x of 0 or more.
 *
 * The logarithm to base 2 is carried in two doubles, so that the error stays below 1 ulp however large the result is.
 *
 * @throws RangeError when x is negative
 */
export function pow(x: number, y: number): number {
  if (x < 0) throw new RangeError(`pow takes a base of 0 or more; got ${x}`)
  if (y === 0 || x === 1) return 1
  if (x !== x || y !== y) return NaN
  if (x === 0 || x === Infinity) return (x === 0) === y > 0 ? 0 : Infinity
  if (y === Infinity || y === -Infinity) return x > 1 === y > 0 ? Infinity : 0
  if (y === 1) return x
  log2InTwo(x)
  return exp2OfProduct(y, log2[0], log2[1])
}

/** The logarithm that `log2InTwo` found: its upper half, and the rest. */
const log2 = new Float64Array(2)

/** The upper half of a double: its last 32 bits cleared. */
function upper(x: number): number {
  real[0] = x
  words[LOW] = 0
  return real[0]
}

/** Puts log2(x) into `log2`, for x above 0 and finite. */
function log2InTwo(x: number): void {
  let exponent = 0
  real[0] = x
  if (x < 2.2250738585072014e-308) {
    real[0] = x * TWO_54
    exponent = -54
  }
  const high = words[HIGH]
  const mantissa = high & 0xfffff
  exponent += (high >>> 20) - 1023
  // The mantissa is compared with 1 below √(3/2), with 3/2 below √3, and beyond with 1 at half its size.
  const isNearOneAndHalf = mantissa > 0x3988e && mantissa < 0xbb67a
  if (mantissa >= 0xbb67a) exponent += 1
  words[HIGH] = mantissa | (mantissa >= 0xbb67a ? 0x3fe00000 : 0x3ff00000)
  log2OfParts(real[0], exponent, isNearOneAndHalf ? 1.5 : 1)
}

function log2OfParts(a: number, exponent: number, base: number): void {
  const u = a - base
  const v = 1 / (a + base)
  const s = u * v
  const sHigh = upper(s)
  // a + base, split into two
  const tHigh = upper(a + base)
  const tLow = a - (tHigh - base)
  const sLow = v * (u - sHigh * tHigh - sHigh * tLow)
  const s2 = s * s
  const series =
    s2 *
    s2 *
    (0.5999999999999946 +
      s2 *
        (0.4285714285785502 +
          s2 *
            (0.33333332981837743 + s2 * (0.272728123808534 + s2 * (0.23066074577556175 + s2 * 0.20697501780033842)))))
  const r = series + sLow * (sHigh + s)
  const square = sHigh * sHigh
  const qHigh = upper(3 + square + r)
  const qLow = r - (qHigh - 3 - square)
  // 2/(3 ln 2) × s × q
  const p = sHigh * qHigh
  const rest = sLow * qHigh + qLow * s
  const pHigh = upper(p + rest)
  const pLow = rest - (pHigh - p)
  const zHigh = 0.9617967009544373 * pHigh
  const zLow = -7.028461650952758e-9 * pHigh + pLow * 0.9617966939259756 + (base === 1 ? 0 : 1.350039202129749e-8)
  const baseHigh = base === 1 ? 0 : 0.5849624872207642
  const sum = upper(zHigh + zLow + baseHigh + exponent)
  log2[0] = sum
  log2[1] = zLow - (sum - exponent - baseHigh - zHigh)
}

/** 2^(y × (high + low)). */
function exp2OfProduct(y: number, high: number, low: number): number {
  const yHigh = upper(y)
  const pLow = (y - yHigh) * high + y * low
  const pHigh = yHigh * high
  const z = pLow + pHigh
  if (z >= 1025) return Infinity
  if (z <= -1100) return 0
  const power = Math.floor(z + 0.5)
  const t = upper(pLow + (pHigh - power))
  const u = t * 0.6931471824645996
  const v = (pLow - (t - (pHigh - power))) * 0.6931471805599453 + t * -1.904654299957768e-9
  const w = u + v
  const error = v - (w - u)
  const square = w * w
  const c = w - square * expPolynomial(square)
  const r = (w * c) / (c - 2) - (error + w * error)
  return scale(1 - (r - w), power)
}
