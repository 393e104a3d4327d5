/** Numbers that something may be, each with its chance. */
export interface Outcomes {
  /** Rising, each once. */
  readonly values: Float64Array
  readonly chances: Float64Array
  /** 2^32 times the chance of at most the value. */
  readonly below: Float64Array
}

/** What windows of 0 … width lines take there and back on an idle rack. */
export interface Trips {
  /** Averaged over which device has which line, ps. */
  readonly mean: Float64Array
  /** What it may turn out to be, ps; null: next to the mean. */
  readonly outcomes: readonly (Outcomes | null)[]
}

/** Of numbers that may come several times, with weights. */
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
  return { values, chances, below }
}

/** One of them by a draw of 32 bits. */
export function outcomeOf({ values, below }: Outcomes, draw: number): number {
  let i = 0
  while (i < values.length - 1 && draw >= below[i]) i += 1
  return values[i]
}

export function meanOf(numbers: readonly number[], weights: readonly number[]): number {
  let [sum, total] = [0, 0]
  for (let i = 0; i < numbers.length; i += 1) {
    sum += numbers[i] * weights[i]
    total += weights[i]
  }
  return sum / total
}
