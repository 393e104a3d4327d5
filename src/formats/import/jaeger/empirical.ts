/** A random quantity as it is written into a scenario. */
export type DistributionDocument =
  { dist: 'constant'; value: number } | { dist: 'empirical'; values: readonly number[]; weights?: readonly number[] }

/** Values of one distribution, at most. */
export const mostValues = 200
/** Of those, so many of the largest stay as they are: the tail decides the percentiles that people read. */
const keptLargest = 20

/**
 * The measured values as a distribution with exactly their mean. More than `mostValues` different ones are
 * brought together: neighbors in rank are replaced by their mean, with their number as weight.
 *
 * @param values at least one
 */
export function empirical(values: readonly number[]): DistributionDocument {
  const sorted = [...values].sort((a, b) => a - b)
  const points = bringTogether(countEqual(sorted))
  const first = points[0]
  if (points.length === 1 && first !== undefined) return { dist: 'constant', value: first.value }
  const weights = points.map((point) => point.weight)
  const list = points.map((point) => point.value)
  return weights.every((weight) => weight === 1)
    ? { dist: 'empirical', values: list }
    : { dist: 'empirical', values: list, weights }
}

/** Whether `empirical` had to bring values together. */
export function isCondensed(values: readonly number[]): boolean {
  return new Set(values).size > mostValues
}

interface Point {
  readonly value: number
  readonly weight: number
}

function countEqual(sorted: readonly number[]): readonly Point[] {
  const points: { value: number; weight: number }[] = []
  for (const value of sorted) {
    const last = points.at(-1)
    if (last?.value === value) last.weight += 1
    else points.push({ value, weight: 1 })
  }
  return points
}

function bringTogether(points: readonly Point[]): readonly Point[] {
  if (points.length <= mostValues) return points
  const body = points.slice(0, -keptLargest)
  const total = body.reduce((sum, point) => sum + point.weight, 0)
  const groups: Point[][] = Array.from({ length: mostValues - keptLargest }, () => [])
  let passed = 0
  for (const point of body) {
    const rank = (passed + point.weight / 2) / total // a point lies where its middle is
    groups[Math.min(groups.length - 1, Math.floor(rank * groups.length))]?.push(point)
    passed += point.weight
  }
  return [...groups.filter((group) => group.length > 0).map(meanPoint), ...points.slice(-keptLargest)]
}

function meanPoint(group: readonly Point[]): Point {
  const weight = group.reduce((sum, point) => sum + point.weight, 0)
  return { value: group.reduce((sum, point) => sum + point.value * point.weight, 0) / weight, weight }
}
