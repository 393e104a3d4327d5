/** Which misses pass a queue, as a chance of each miss of a window, and how long one takes there, ps. */
export interface Passing {
  chance: number
  time: number
}

/** @param isCopy the same misses pass it once more, for a further copy */
export function pass(passed: Map<number, Passing>, queue: number, chance: number, time: number, isCopy: boolean): void {
  const known = passed.get(queue)
  if (known === undefined) passed.set(queue, { chance, time })
  else if (isCopy) known.time += (time * chance) / known.chance
  else known.chance += chance
}

/** What one window per ps adds to the figures of a queue: the misses of a window that pass it are binomial. */
export function figuresOf({ width }: { readonly width: number }, { chance, time }: Passing): number[] {
  const mean = width * chance
  const square = mean * (1 - chance) + mean * mean
  let none = 1
  for (let i = 0; i < width; i += 1) none *= 1 - chance
  return [mean * time, square * time * time, 1 - none, 1 - none]
}

/** Fitted to fidelity `line` where cores compute and stall in turn; 4 for open sources (QNA). */
const CLOSED = 0.3

/**
 * How regular the arrivals of several sources are, from 0 (as at random) to 1 (none ever meet): the weight of QNA, with
 * a smaller constant, since cores that stall for each other fall into step and stay there.
 *
 * @param load of the queue
 * @param sources how many there are, seen from the queue
 * @param lock share of a step's windows that follow another window of it: those can be in step
 */
export function regularity(load: number, sources: number, lock: number): number {
  return lock / (1 + CLOSED * (1 - load) * (1 - load) * Math.max(0, sources - 1))
}

export function longer(column: Float64Array): Float64Array {
  const grown = new Float64Array(column.length * 2)
  grown.set(column)
  return grown
}
