import { exp, expm1, ln, log1p, pow } from './exact-math'
import { normalQuantile } from './normal-quantile'
import { unitInterval } from './philox'
import type { RandomStreams } from './random'

/** A random quantity, as a scenario gives it; its unit is that of the field it stands in. */
export type DistributionSpec =
  | { readonly dist: 'constant'; readonly value: number }
  | { readonly dist: 'uniform'; readonly min: number; readonly max: number }
  | { readonly dist: 'exponential'; readonly mean: number }
  | { readonly dist: 'erlang'; readonly k: number; readonly mean: number }
  | { readonly dist: 'hyperexponential'; readonly probabilities: readonly number[]; readonly means: readonly number[] }
  | { readonly dist: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly dist: 'gamma'; readonly mean: number; readonly cv: number }
  | { readonly dist: 'pareto'; readonly shape: number; readonly min: number; readonly max: number }
  | { readonly dist: 'empirical'; readonly values: readonly number[]; readonly weights?: readonly number[] }

/** A distribution made ready for drawing. */
export interface Sampler {
  /** The exact mean of the distribution. */
  readonly mean: number
  /**
   * The draw at an address: stream `key`, counter words `c0`, `c1`, `c2`. The last counter word is the sampler's own, for
   * distributions that take several uniforms.
   */
  readonly sample: (streams: RandomStreams, key: number, c0: number, c1: number, c2: number) => number
}

/** Up to here an Erlang draw multiplies `k` uniforms, each 2^-53 or more; beyond, that would take longer than a gamma. */
const LARGEST_PRODUCT = 16

/**
 * Makes a distribution ready for drawing, by inversion wherever one uniform suffices: more luck is then a larger value.
 *
 * The parameters are taken as checked: whole `k` of 1 or more, probabilities or weights not all 0, and none negative.
 */
export function compileDistribution(spec: DistributionSpec): Sampler {
  switch (spec.dist) {
    case 'constant':
      return constant(spec.value)
    case 'uniform':
      return uniform(spec.min, spec.max)
    case 'exponential':
      return exponential(spec.mean)
    case 'erlang':
      return erlang(spec.k, spec.mean)
    case 'hyperexponential':
      return hyperexponential(spec.probabilities, spec.means)
    case 'lognormal':
      return lognormal(spec.mean, spec.cv)
    case 'gamma':
      return gamma(spec.mean, spec.cv)
    case 'pareto':
      return boundedPareto(spec.shape, spec.min, spec.max)
    case 'empirical':
      return empirical(spec.values, spec.weights)
  }
}

function constant(value: number): Sampler {
  return { mean: value, sample: () => value }
}

function uniform(min: number, max: number): Sampler {
  return {
    mean: min + (max - min) / 2,
    sample: (streams, key, c0, c1, c2) => min + (max - min) * streams.uniform(key, c0, c1, c2, 0),
  }
}

function exponential(mean: number): Sampler {
  return { mean, sample: (streams, key, c0, c1, c2) => -mean * ln(streams.uniform(key, c0, c1, c2, 0)) }
}

/** The sum of `k` exponentials: the logarithm of a product of uniforms. */
function erlang(k: number, mean: number): Sampler {
  if (k > LARGEST_PRODUCT) return gammaOfShape(k, mean)
  return {
    mean,
    sample: (streams, key, c0, c1, c2) => {
      let product = 1
      for (let i = 0; i < k; i += 2) {
        streams.block(key, c0, c1, c2, i >> 1)
        product *= firstUniform(streams)
        if (i + 1 < k) product *= secondUniform(streams)
      }
      return (-mean * ln(product)) / k
    },
  }
}

/** One of several exponentials; its branch and its length come from two uniforms of one block. */
function hyperexponential(probabilities: readonly number[], means: readonly number[]): Sampler {
  const upTo = cumulative(probabilities)
  return {
    mean: weightedMean(means, probabilities),
    sample: (streams, key, c0, c1, c2) => {
      streams.block(key, c0, c1, c2, 0)
      return -means[indexOfShare(upTo, firstUniform(streams))] * ln(secondUniform(streams))
    },
  }
}

function lognormal(mean: number, cv: number): Sampler {
  const variance = log1p(cv * cv)
  const sigma = Math.sqrt(variance)
  const median = mean * exp(-variance / 2)
  return {
    mean,
    sample: (streams, key, c0, c1, c2) => median * exp(sigma * normalQuantile(streams.uniform(key, c0, c1, c2, 0))),
  }
}

function gamma(mean: number, cv: number): Sampler {
  return cv === 0 || mean === 0 ? constant(mean) : gammaOfShape(1 / (cv * cv), mean)
}

/**
 * By rejection (G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000), 363–372).
 * A shape below 1 is that shape plus 1, shrunk by the power of a uniform from block 0.
 */
function gammaOfShape(shape: number, mean: number): Sampler {
  if (shape >= 1) {
    return {
      mean,
      sample: (streams, key, c0, c1, c2) => (mean / shape) * standardGamma(shape, streams, key, c0, c1, c2),
    }
  }
  return {
    mean,
    sample: (streams, key, c0, c1, c2) => {
      const shrink = pow(streams.uniform(key, c0, c1, c2, 0), 1 / shape)
      return (mean / shape) * shrink * standardGamma(shape + 1, streams, key, c0, c1, c2)
    },
  }
}

/** Each attempt takes one block from 1 on: a normal from its first half, the verdict from its second. */
function standardGamma(shape: number, streams: RandomStreams, key: number, c0: number, c1: number, c2: number): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (let attempt = 1; ; attempt += 1) {
    streams.block(key, c0, c1, c2, attempt)
    const normal = normalQuantile(firstUniform(streams))
    const root = 1 + c * normal
    const v = root * root * root
    if (root > 0 && ln(secondUniform(streams)) < 0.5 * normal * normal + d * (1 - v + ln(v))) return d * v
  }
}

/** A Pareto distribution cut off at `max`: density proportional to x^-(shape + 1) from `min` to `max`. */
function boundedPareto(shape: number, min: number, max: number): Sampler {
  if (min === max) return constant(min)
  const range = ln(max / min)
  const covered = -expm1(-shape * range)
  // ∫ e^((1 − shape) y) dy over the range of y = ln(x / min), without the hole at shape 1
  const slope = (1 - shape) * range
  const integral = slope === 0 ? range : (range * expm1(slope)) / slope
  return {
    mean: (min * shape * integral) / covered,
    sample: (streams, key, c0, c1, c2) => {
      const u = streams.uniform(key, c0, c1, c2, 0)
      return Math.min(max, min * exp(-log1p(-u * covered) / shape))
    },
  }
}

/** Draws one of the values, in the order given; with weights, each in proportion to its own. */
function empirical(values: readonly number[], weights: readonly number[] | undefined): Sampler {
  const { length } = values
  if (weights === undefined) {
    return {
      mean: weightedMean(values, undefined),
      sample: (streams, key, c0, c1, c2) => values[Math.floor(streams.uniform(key, c0, c1, c2, 0) * length)],
    }
  }
  const upTo = cumulative(weights)
  return {
    mean: weightedMean(values, weights),
    sample: (streams, key, c0, c1, c2) => values[indexOfShare(upTo, streams.uniform(key, c0, c1, c2, 0))],
  }
}

function firstUniform(streams: RandomStreams): number {
  return unitInterval(streams.out[0], streams.out[1])
}

function secondUniform(streams: RandomStreams): number {
  return unitInterval(streams.out[2], streams.out[3])
}

/** Running sums of the weights. */
function cumulative(weights: readonly number[]): Float64Array {
  const upTo = Float64Array.from(weights)
  for (let i = 1; i < upTo.length; i += 1) upTo[i] += upTo[i - 1]
  return upTo
}

/** The first index whose running sum lies above the share `u` (0 … 1) of the total. */
function indexOfShare(upTo: Float64Array, u: number): number {
  const sought = u * upTo[upTo.length - 1]
  let low = 0
  let high = upTo.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (upTo[middle] > sought) high = middle
    else low = middle + 1
  }
  return low
}

function weightedMean(values: readonly number[], weights: readonly number[] | undefined): number {
  let sum = 0
  let total = 0
  values.forEach((value, i) => {
    const weight = weights?.[i] ?? 1
    sum += value * weight
    total += weight
  })
  return sum / total
}
