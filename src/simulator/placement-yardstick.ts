import type { PlacementCosts } from './placement-costs'
import { planFor } from './placement-plan'
import { Standing } from './placement-standing'
import type { Machine } from './services/machine'

/** How far a placement is from the best one, by what the exact search minimizes. */
export interface PlacementGap {
  /** Of what is placed, µs per request. */
  readonly costUs: number
  /** Of the best placement of the same instances; NaN where it is not known. */
  readonly optimumUs: number
  /** What no placement is below; NaN where nothing was looked for. */
  readonly boundUs: number
  readonly nodes: number
}

/** Compares where the instances stand with the best placement of all of them on the rack without them. */
export function placementGap(
  machine: Machine,
  costs: PlacementCosts,
  hostsOf: (instance: number) => readonly number[],
  mostNodes: number,
): PlacementGap {
  const { instances, local } = machine
  const placed = [...instances.device.keys()].filter((instance) => instances.device[instance] >= 0)
  const standing = new Standing(costs)
  const room = Float64Array.from(machine.devices.names, (_, device) => local.roomBytes(device))
  let cost = 0
  for (const instance of placed) {
    const service = instances.service[instance]
    const device = instances.device[instance]
    cost += costs.added(service, device, standing)
    standing.stand(service, device)
    room[device] += instances.localBytes[instance]
  }
  const ground = {
    hostsOf,
    roomBytes: (device: number) => room[device],
    standing: new Standing(costs),
    isEmpty: () => true,
  }
  const plan = planFor(machine, costs, placed, ground, mostNodes)
  const us = (each: number): number => costs.perRequestUs(each)
  return {
    costUs: us(cost),
    optimumUs: plan?.isProven === true ? us(plan.cost) : NaN,
    boundUs: plan === null ? NaN : us(Math.min(plan.bound, cost)),
    nodes: plan?.nodes ?? 0,
  }
}

/** 100 × (cost / optimum − 1), less than rounding counts as 0; NaN where the optimum is not known. */
export function gapPercent({ costUs, optimumUs }: PlacementGap): number {
  if (optimumUs === 0) return costUs === 0 ? 0 : NaN
  const percent = 100 * (costUs / optimumUs - 1)
  return Math.abs(percent) < 1e-9 ? 0 : percent
}
