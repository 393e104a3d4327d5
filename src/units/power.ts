import { PS_PER_SECOND } from './time'

/**
 * The energy of a device that draws idle power all the time and, in proportion to its utilization, up to busy power.
 *
 * @param utilization share of the time busy, 0 … 1
 * @param durationPs length of the window, ps
 * @returns joules
 */
export function energyJoules(idleWatts: number, busyWatts: number, utilization: number, durationPs: number): number {
  return ((idleWatts + (busyWatts - idleWatts) * utilization) * durationPs) / PS_PER_SECOND
}
