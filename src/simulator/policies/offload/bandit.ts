import { explore, exploreFirst, rpc } from './parameters'
import {
  crowd,
  us,
  type OffloadCandidate,
  type OffloadChoice,
  type OffloadChooser,
  type OffloadPolicy,
  type OffloadView,
} from './offload-policy'

/** Learns from what came of its choices, and sees no estimate. */
export const bandit: OffloadPolicy = {
  name: 'bandit',
  summary: 'Learns how long each step takes in each place by how crowded it is, and tries others now and then.',
  parameters: [explore, exploreFirst, rpc],
  target: () => null,
  chooser: (parameters) => new Bandit(Number(parameters['explore']), Number(parameters['exploreFirst'])),
}

/** What was seen of one arm in one context: how often, and the mean time, µs. */
type Seen = readonly [count: number, meanUs: number]

/** Of an arm whose first trial has not come back. */
const UNKNOWN: Seen = [0, Infinity]
/** What the newest trial counts at least, so that it follows what changes. */
const LEAST_WEIGHT = 0.02

/**
 * Epsilon-greedy. An arm is a pool in the context of one step and of how crowded the device there is; its value is the mean
 * time of what was sent there. Arms never tried in a context come first; the share of trials falls with the decisions on the step.
 */
class Bandit implements OffloadChooser {
  private seen = new Map<number, Seen>()

  constructor(
    private readonly explore: number,
    private readonly first: number,
  ) {}

  choose(view: OffloadView): OffloadChoice {
    const { candidates } = view
    const arms = candidates.map((candidate) => armOf(view.index, candidate))
    const untried = arms.findIndex((arm) => !this.seen.has(arm))
    if (untried >= 0) {
      this.seen.set(arms[untried], UNKNOWN)
      return { candidate: untried, memo: arms[untried], reason: 'never tried with so many jobs ahead' }
    }
    const share = this.explore * Math.min(1, this.first / Math.max(1, view.decisions))
    if (view.uniform(0) < share) {
      const candidate = Math.min(candidates.length - 1, Math.floor(view.uniform(1) * candidates.length))
      return { candidate, memo: arms[candidate], reason: `tried at random, as ${(share * 100).toFixed(1)} % are` }
    }
    const best = arms.reduce((least, arm, i) => (this.mean(arm) < this.mean(arms[least]) ? i : least), 0)
    const [count, mean] = this.seen.get(arms[best])!
    if (count === 0) return { candidate: 0, memo: arms[0], reason: 'no trial has come back yet' }
    return { candidate: best, memo: arms[best], reason: `least mean so far: ${us(mean)} in ${count} trials` }
  }

  private mean(arm: number): number {
    return this.seen.get(arm)![1]
  }

  learn(arm: number, actualUs: number): void {
    const [count, mean] = this.seen.get(arm) ?? UNKNOWN
    const weight = Math.max(1 / (count + 1), LEAST_WEIGHT)
    this.seen.set(arm, [count + 1, count === 0 ? actualUs : mean + (actualUs - mean) * weight])
  }

  save(): { readonly [key: string]: readonly number[] } {
    return Object.fromEntries([...this.seen].map(([arm, seen]) => [String(arm), seen]))
  }

  restore(saved: { readonly [key: string]: readonly number[] }): void {
    this.seen = new Map(Object.entries(saved).map(([arm, [count, mean]]) => [Number(arm), [count, mean] as const]))
  }
}

/** How crowded: jobs ahead per server in steps that widen. */
const LEVELS: readonly number[] = [0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64]
/** More pools than a scenario has. */
const POOLS = 1024

/** Own device, and another pool, are different places: the former is numbered as a pool of its own. */
function armOf(step: number, candidate: OffloadCandidate): number {
  const queue = crowd(candidate)
  const level = LEVELS.filter((edge) => queue > edge).length
  const place = candidate.isHome ? 0 : (candidate.pool + 1) % POOLS
  return (step * POOLS + place) * 32 + level
}
