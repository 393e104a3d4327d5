/** Numbers that something may be, each with its chance. */
export interface Outcomes {
  readonly mean: number
  /** Rising, each once. */
  readonly values: Float64Array
  readonly chances: Float64Array
  /** 2^32 times the chance of at most the value. */
  readonly below: Float64Array
}

/** Of numbers that may come several times, with weights; the mean is rounded to a whole number. */
export function outcomesOf(numbers: readonly number[], weights: readonly number[]): Outcomes {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const byValue = new Map<number, number>()
  numbers.forEach((value, i) => {
    if (weights[i] > 0) byValue.set(value, (byValue.get(value) ?? 0) + weights[i] / total)
  })
  const values = Float64Array.from(byValue.keys()).sort()
  const chances = values.map((value) => byValue.get(value)!)
  let sum = 0
  const below = chances.map((chance) => (sum += chance) * 4294967296)
  const mean = numbers.reduce((all, value, i) => all + value * weights[i], 0) / total
  return { mean: Math.round(mean), values, chances, below }
}

/** One of them by a draw of 32 bits. */
export function outcomeOf({ values, below }: Outcomes, draw: number): number {
  let i = 0
  while (i < values.length - 1 && draw >= below[i]) i += 1
  return values[i]
}
