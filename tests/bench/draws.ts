import { compileDistribution } from '../../src/simulator/engine/distributions'
import { RandomStreams } from '../../src/simulator/engine/random'
import { spentMs } from './clock'

const DRAWS = 4_000_000
const RUNS = 5
/** Random quantities of a request of the three tiers: when the next comes, and the work of each tier. */
const DRAWS_A_REQUEST = 4

/** What one exponential number by its address takes, ns: best of several runs. */
export function measureDraws(): number {
  const { sample } = compileDistribution({ dist: 'exponential', mean: 1 })
  const streams = new RandomStreams(1)
  const key = streams.key('draws')
  let best = Infinity
  for (let run = 0; run < RUNS; run += 1) {
    const start = spentMs()
    let sum = 0
    for (let i = 0; i < DRAWS; i += 1) sum += sample(streams, key, i, 0, run)
    if (!(sum > 0)) throw new Error('exponential numbers are positive')
    best = Math.min(best, ((spentMs() - start) * 1e6) / DRAWS)
  }
  return best
}

/** One line for people: how much of the time that half of a lean C++ program takes goes into draws alone. */
export function describeDraws(ns: number, leanPerSecond: number | null): string {
  const all = DRAWS_A_REQUEST * ns
  const budget = leanPerSecond === null ? '' : `, of ${(2e9 / leanPerSecond).toFixed(0)} ns at half of lean C++`
  return `an exponential number by its address: ${ns.toFixed(0)} ns; the four of a request of the three tiers ${all.toFixed(0)} ns${budget}`
}
