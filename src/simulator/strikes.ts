import type { Fault, Scenario } from '../scenario/scenario'
import { PS_PER_SECOND, roundHalfUp } from '../units/time'
import { compileDistribution, type Sampler } from './engine/distributions'
import type { RandomStreams } from './engine/random'
import { deviceIndex } from './placing'
import type { Machine } from './services/machine'

/** What one fault of a scenario strikes at once: a link, or some devices; by schedule, or ever again at random. */
export interface Strike {
  /** Index of the fault in the scenario, and which of its devices this is (0 for all others). */
  readonly fault: number
  readonly unit: number
  /** None where it strikes a link. */
  readonly devices: readonly number[]
  /** Time to the next failure and time to repair, s; null: by schedule. */
  readonly random: { readonly toFailure: Sampler; readonly toRepair: Sampler; readonly key: number } | null
}

/** The strikes of a scenario: one per scheduled fault, one per device of a fault that comes at random. */
export function strikesOf(scenario: Scenario, machine: Machine): readonly Strike[] {
  return scenario.faults.flatMap((fault, index): readonly Strike[] => {
    const devices = devicesOf(scenario, machine, fault)
    const random = randomOf(fault, index, machine.streams)
    if (random === null || devices.length < 2) return [{ fault: index, unit: 0, devices, random }]
    return devices.map((device, unit) => ({ fault: index, unit, devices: [device], random }))
  })
}

function devicesOf(scenario: Scenario, machine: Machine, { target }: Fault): readonly number[] {
  if ('link' in target) return []
  const { node, device } = target
  const { devices } = machine
  const first = deviceIndex(scenario, machine, { node, device: device ?? 0 })
  const end = device === null ? devices.nodeFirst[devices.node[first] + 1] : first + 1
  return Array.from({ length: end - first }, (_, i) => first + i)
}

function randomOf(fault: Fault, index: number, streams: RandomStreams): Strike['random'] {
  const { mtbfSeconds, mttrSeconds } = fault
  if (mtbfSeconds === undefined || mttrSeconds === undefined) return null
  return {
    toFailure: compileDistribution(mtbfSeconds),
    toRepair: compileDistribution(mttrSeconds),
    key: streams.key(`fault:${index}`),
  }
}

/** Times are drawn by address: fault, device, which failure. At least a nanosecond, so that time goes on. */
export function drawPs(strike: Strike, streams: RandomStreams, nth: number, repair: boolean): number {
  const { toFailure, toRepair, key } = strike.random!
  const seconds = (repair ? toRepair : toFailure).sample(streams, key, nth, strike.unit, repair ? 1 : 0)
  return Math.max(1000, roundHalfUp(seconds * PS_PER_SECOND))
}
