import type { Step } from '../scenario/scenario'
import { compileDistribution } from './engine/distributions'
import { RandomStreams } from './engine/random'

/** So many draws tell how full the last windows of a step are. */
const DRAWS = 256

/** What is known of steps, by width. */
const known = new WeakMap<Step, Map<number, number>>()

/**
 * Windows of misses of an execution of a step, on average. The last one may not be full and takes as long as a full one.
 *
 * @param width misses that are under way at once, 1 or more
 */
export function missWindows(step: Step & { do: 'compute' }, width: number): number {
  const byWidth = known.get(step) ?? new Map<number, number>()
  known.set(step, byWidth)
  const windows = byWidth.get(width) ?? findWindows(step, width)
  byWidth.set(width, windows)
  return windows
}

function findWindows({ instructions, missesPerKiloInstruction }: Step & { do: 'compute' }, width: number): number {
  if (instructions === undefined || missesPerKiloInstruction === 0) return 0
  const misses = (value: number): number => (value * missesPerKiloInstruction) / 1000
  if (instructions.dist === 'constant') return windowsOf(misses(instructions.value), width)
  const { mean, sample } = compileDistribution(instructions)
  const streams = new RandomStreams(0)
  const key = streams.key('windows')
  // Only what windows lack to be full is drawn: the mean of the misses is known.
  let lack = 0
  for (let i = 0; i < DRAWS; i += 1) {
    const drawn = misses(sample(streams, key, i, 0, 0))
    lack += windowsOf(drawn, width) - drawn / width
  }
  return misses(mean) / width + lack / DRAWS
}

/** Misses are whole; what is left is carried over, so that as many executions as that have one more. */
function windowsOf(misses: number, width: number): number {
  const whole = Math.floor(misses + 1e-9)
  const more = Math.max(0, misses - whole)
  return (1 - more) * Math.ceil(whole / width) + more * Math.ceil((whole + 1) / width)
}
