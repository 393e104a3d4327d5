import type { TopologyNode } from '../scenario/scenario'
import { energyJoules } from '../units/power'
import { dollarsOfEnergy, dollarsOfHardware } from '../units/cost'
import { PS_PER_SECOND } from '../units/time'
import type { DeviceRow } from './result'
import type { Run } from './run'
import type { Totals } from './window'

/** How busy a switch is: the mean over the output ports that its links give it; 0 without a port. */
export function switchUtilization(run: Run, device: number, window: Totals, length: number): number {
  let ports = 0
  let worked = 0
  run.shape.channels.forEach((channel, i) => {
    if (channel.from !== device) return
    ports += 1
    worked += window.portWork[i]
  })
  return ports === 0 ? 0 : worked / (ports * length)
}

/** Packets that a switch sent on. */
export function switchedPackets(run: Run, device: number, window: Totals): number {
  let packets = 0
  run.shape.channels.forEach((channel, i) => {
    if (channel.from === device) packets += window.packets[i]
  })
  return packets
}

/**
 * What a device takes, J.
 *
 * @param length of the window, ps
 * @param asleep so much of it, ps
 */
export function deviceJoules(
  { kind, spec }: TopologyNode,
  utilization: number,
  length: number,
  asleep: number,
): number {
  const { idleWatts, busyWatts } = spec
  const awake = energyJoules(idleWatts, busyWatts, utilization, length)
  if (kind !== 'cpu' || spec.sleepWatts === null) return awake
  return awake - ((idleWatts - spec.sleepWatts) * asleep) / PS_PER_SECOND
}

/** Only where devices can sleep. */
export function sleepFigures({ machine }: Run, { deviceAsleep }: Totals): readonly (readonly [string, number])[] {
  if (!machine.sleep.isUsed) return []
  return [['device_sleep_seconds', deviceAsleep.reduce((sum, ps) => sum + ps, 0) / PS_PER_SECOND]]
}

/** What the whole rack costs to buy, USD. */
function rackCostUsd(nodes: readonly TopologyNode[]): number {
  return nodes.reduce((sum, node) => sum + node.count * node.spec.costUsd, 0)
}

/**
 * Figures about power and money, beside `energy_joules`.
 *
 * @param devices rows of all devices and switches
 * @param length of the window, ps
 */
export function energyFigures(
  run: Run,
  devices: readonly DeviceRow[],
  length: number,
): readonly (readonly [string, number])[] {
  const { completed } = run.machine.measures.requests
  const { nodes } = run.scenario.topology
  const settings = run.scenario.run
  const joules = devices.reduce((sum, row) => sum + row.energyJoules, 0)
  const cost = rackCostUsd(nodes)
  const windowUsd =
    dollarsOfHardware(cost, settings.amortizationYears, length / PS_PER_SECOND) +
    dollarsOfEnergy(joules * settings.powerUsageEffectiveness, settings.electricityUsdPerKwh)
  return [
    ['energy_per_request_joules', completed === 0 ? NaN : joules / completed],
    ['power_mean_watts', (joules * PS_PER_SECOND) / length],
    ['rack_cost_usd', cost],
    ['cost_per_million_requests_usd', completed === 0 ? NaN : (windowUsd * 1e6) / completed],
  ]
}
