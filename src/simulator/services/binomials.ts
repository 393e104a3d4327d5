/** Binomial draws for small counts by inversion of tables that are made when first needed. */
export class Binomials {
  private readonly tables = new Map<number, Float64Array[]>()
  /** The tables asked for last, by trials, and their chance. */
  private latest: Float64Array[] = []
  private latestChance = NaN

  /**
   * @param trials whole, 1 or more
   * @param chance of each, 0..1
   * @param uniform in [0, 1)
   * @returns successes
   */
  draw(trials: number, chance: number, uniform: number): number {
    const table = this.cumulative(trials, chance)
    let hits = 0
    while (hits < trials && uniform >= table[hits]) hits += 1
    return hits
  }

  /** P(successes <= k) for k = 0 … trials. */
  cumulative(trials: number, chance: number): Float64Array {
    if (chance !== this.latestChance) this.turnTo(chance)
    return (this.latest[trials] ??= cumulative(trials, chance))
  }

  private turnTo(chance: number): void {
    const tables = this.tables.get(chance) ?? []
    this.tables.set(chance, tables)
    this.latest = tables
    this.latestChance = chance
  }
}

/** P(hits <= k) for k = 0 .. trials, by convolution of single trials. */
function cumulative(trials: number, chance: number): Float64Array {
  const mass = new Float64Array(trials + 1)
  mass[0] = 1
  for (let n = 1; n <= trials; n += 1) {
    for (let k = n; k > 0; k -= 1) mass[k] = mass[k] * (1 - chance) + mass[k - 1] * chance
    mass[0] *= 1 - chance
  }
  for (let k = 1; k <= trials; k += 1) mass[k] += mass[k - 1]
  return mass
}
