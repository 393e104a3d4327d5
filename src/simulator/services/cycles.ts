import { edgeTime, nextEdge } from '../engine/clock'

/** Below this a fraction of a cycle is rounding noise. */
export const CYCLE_NOISE = 1e-6

/**
 * Cycles between two instants of a clock: whole ones between its edges, and what is left of the one under way.
 *
 * @param to an edge
 */
export function cyclesBetween(from: number, to: number, frequencyGHz: number): number {
  if (from >= to) return 0
  const edge = nextEdge(from, frequencyGHz)
  const rest = ((edgeTime(edge, frequencyGHz) - from) * frequencyGHz) / 1000
  return nextEdge(to, frequencyGHz) - edge + rest
}
