/** An interval that holds the mean of the population with the asked confidence. */
export interface MeanInterval {
  readonly mean: number
  readonly low: number
  readonly high: number
  readonly halfWidth: number
}

export type ConfidenceLevel = 0.9 | 0.95 | 0.99 | 0.999

interface TRow {
  /** The quantile of the standard normal, to which t tends. */
  readonly normal: number
  /** Quantiles for 1, 2, … degrees of freedom. */
  readonly quantiles: readonly number[]
}

/** Two-sided quantiles of Student's t, computed from the incomplete beta function to 30 digits. */
const T_TABLE: Readonly<Record<ConfidenceLevel, TRow>> = {
  0.9: {
    normal: 1.6448536269514727,
    // prettier-ignore
    quantiles: [
      6.313751515, 2.91998558, 2.353363435, 2.131846786, 2.015048373, 1.943180281, 1.894578605, 1.859548038,
      1.833112933, 1.812461123, 1.795884819, 1.782287556, 1.770933396, 1.761310136, 1.753050356, 1.745883676,
      1.739606726, 1.734063607, 1.729132812, 1.724718243, 1.720742903, 1.717144374, 1.713871528, 1.71088208,
      1.708140761, 1.70561792, 1.703288446, 1.701130934, 1.699127027, 1.697260887,
    ],
  },
  0.95: {
    normal: 1.9599639845400542,
    // prettier-ignore
    quantiles: [
      12.70620474, 4.30265273, 3.182446305, 2.776445105, 2.570581836, 2.446911851, 2.364624252, 2.306004135,
      2.262157163, 2.228138852, 2.20098516, 2.17881283, 2.160368656, 2.144786688, 2.131449546, 2.119905299,
      2.109815578, 2.10092204, 2.093024054, 2.085963447, 2.079613845, 2.073873068, 2.06865761, 2.063898562,
      2.059538553, 2.055529439, 2.051830516, 2.048407142, 2.045229642, 2.042272456,
    ],
  },
  0.99: {
    normal: 2.5758293035489008,
    // prettier-ignore
    quantiles: [
      63.65674116, 9.924843201, 5.84090931, 4.604094871, 4.032142984, 3.707428021, 3.499483297, 3.355387331,
      3.249835542, 3.169272673, 3.105806516, 3.054539589, 3.012275839, 2.976842734, 2.946712883, 2.920781622,
      2.89823052, 2.878440473, 2.860934606, 2.84533971, 2.831359558, 2.818756061, 2.807335684, 2.796939505,
      2.787435814, 2.778714533, 2.770682957, 2.763262455, 2.756385904, 2.749995654,
    ],
  },
  0.999: {
    normal: 3.2905267314918948,
    // prettier-ignore
    quantiles: [
      636.6192488, 31.59905458, 12.92397864, 8.610301581, 6.868826626, 5.958816179, 5.407882521, 5.041305433,
      4.780912586, 4.586893859, 4.436979338, 4.317791284, 4.220831728, 4.140454113, 4.072765196, 4.014996327,
      3.965126272, 3.921645825, 3.883405853, 3.849516275, 3.819277164, 3.792130672, 3.767626804, 3.745398619,
      3.72514395, 3.706611743, 3.689591713, 3.673906401, 3.659405019, 3.645958635,
    ],
  },
}

/**
 * The half-width, in standard errors, of a two-sided confidence interval: Student's t.
 *
 * To 10 digits for up to 30 degrees of freedom; beyond, by the expansion about the normal quantile, to a relative 10^-6.
 *
 * @param level 0.9, 0.95, 0.99 or 0.999: the chance that the interval holds the mean
 * @param degreesOfFreedom a whole number of 1 or more, or Infinity
 * @throws RangeError for other degrees of freedom
 * @see M. Abramowitz, I. Stegun, Handbook of Mathematical Functions (1964), 26.7.5
 */
export function tQuantile(level: ConfidenceLevel, degreesOfFreedom: number): number {
  const n = degreesOfFreedom
  if (!(n >= 1)) throw new RangeError(`degrees of freedom are 1 or more; got ${n}`)
  const { normal: x, quantiles } = T_TABLE[level]
  if (n <= quantiles.length) return quantiles[n - 1]
  const s = x * x
  const g1 = (x * (s + 1)) / 4
  const g2 = (x * (s * (5 * s + 16) + 3)) / 96
  const g3 = (x * (s * (s * (3 * s + 19) + 17) - 15)) / 384
  const g4 = (x * (s * (s * (s * (79 * s + 776) + 1482) - 1920) - 945)) / 92160
  return x + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n
}

/**
 * The mean of independent values and its confidence interval; bounds of fewer than two values are NaN.
 *
 * @param values of replications, say; all finite
 */
export function meanInterval(values: readonly number[], level: ConfidenceLevel): MeanInterval {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  if (n < 2) return { mean, low: NaN, high: NaN, halfWidth: NaN }
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  const halfWidth = tQuantile(level, n - 1) * Math.sqrt(squares / (n - 1) / n)
  return { mean, low: mean - halfWidth, high: mean + halfWidth, halfWidth }
}
