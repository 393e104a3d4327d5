import fc from 'fast-check'
import { expect, test } from 'vitest'
import { build } from '../../src/simulator/build'
import { PlacementCosts } from '../../src/simulator/placement-costs'
import { planFor } from '../../src/simulator/placement-plan'
import { Standing } from '../../src/simulator/placement-standing'
import { Placing } from '../../src/simulator/placing'
import { Decisions } from '../../src/simulator/decisions'
import type { Machine } from '../../src/simulator/services/machine'
import {
  call,
  documentOf,
  exponential,
  freeNic,
  poisson,
  readDocument,
  service,
  type Fields,
} from '../support/scenarios'

/** Two pools of devices behind two switches, a memory pool, a NIC; two or three services that call each other. */
const rack = fc
  .record({
    pools: fc.tuple(pool(), pool()),
    services: fc.array(
      fc.record({
        replicas: fc.integer({ min: 1, max: 2 }),
        workNs: fc.integer({ min: 100, max: 60_000 }),
        bytes: fc.tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 100_000 })),
        footprintMiB: fc.constantFrom(100, 300, 600),
        far: fc.boolean(),
        on: fc.constantFrom(null, null, null, 'a', 'b0'),
      }),
      { minLength: 2, maxLength: 3 },
    ),
    isBack: fc.boolean(),
    trunkNs: fc.constantFrom(100, 2000, 20_000),
    rate: fc.integer({ min: 100, max: 40_000 }),
  })
  .map(({ pools, services, isBack, trunkNs, rate }) => {
    const link = (from: string, to: string, more: Fields = {}): Fields => ({
      id: `${from}-${to}`,
      from,
      to,
      protocol: 'cxl',
      ...more,
    })
    const last = services.length - 1
    return documentOf({
      nodes: [
        ...pools.map(({ count, cores, speed, memory }, i): Fields => ({
          id: 'ab'[i],
          kind: 'cpu',
          count,
          spec: { cores, speed, localMemoryGiB: memory },
        })),
        { id: 'mem', kind: 'memory' },
        freeNic(),
        { id: 'left', kind: 'switch' },
        { id: 'right', kind: 'switch' },
      ],
      links: [
        link('a', 'left'),
        link('b', 'right'),
        link('mem', 'left'),
        link('nic', 'left'),
        link('left', 'right', { propagationNs: trunkNs }),
      ],
      rpc: { cyclesPerMessage: 1000, cyclesPerByte: 0.1 },
      services: services.map(({ replicas, workNs, bytes, footprintMiB, far, on }, i) =>
        service(
          `s${i}`,
          [
            { do: 'compute', timeNs: exponential(workNs) },
            ...(far ? [{ do: 'compute', instructions: exponential(5000), missesPerKiloInstruction: 5 }] : []),
            ...(i < last ? [call(`s${i + 1}.o`, { requestBytes: bytes[0], responseBytes: bytes[1] })] : []),
            ...(isBack && i === 0 && last > 1 ? [{ do: 'send', to: `s${last}.o`, requestBytes: bytes[1] }] : []),
          ],
          {
            replicas,
            footprintMiB,
            localShare: far ? 0.5 : 1,
            ...(on === null ? {} : { on: on === 'a' ? 'a' : { node: 'b', device: 0 } }),
          },
        ),
      ),
      sources: [poisson('s0.o', rate, { via: 'nic', requestBytes: 500, responseBytes: 2000 })],
    })
  })

function pool() {
  return fc.record({
    count: fc.integer({ min: 1, max: 2 }),
    cores: fc.integer({ min: 1, max: 3 }),
    speed: fc.constantFrom(0.5, 1, 1.3),
    memory: fc.constantFrom(0.5, 1, 4),
  })
}

const localBytes = (machine: Machine, instance: number): number => {
  const { footprintBytes, localShare } = machine.instances.spec(instance)
  return Math.ceil(footprintBytes * localShare)
}

/** The least cost of all placements there are, tried one by one; Infinity where they do not all fit. */
function leastOfAll(machine: Machine, costs: PlacementCosts, hosts: (instance: number) => readonly number[]): number {
  const places: number[] = []
  const left = machine.devices.names.map((_, device) => machine.local.roomBytes(device))
  const visit = (instance: number): number => {
    if (instance === machine.instances.count) return costOf(machine, costs, places)
    let least = Infinity
    for (const device of hosts(instance)) {
      const bytes = localBytes(machine, instance)
      if (left[device] < bytes) continue
      left[device] -= bytes
      places[instance] = device
      least = Math.min(least, visit(instance + 1))
      left[device] += bytes
    }
    return least
  }
  return visit(0)
}

function costOf(machine: Machine, costs: PlacementCosts, places: readonly number[]): number {
  const standing = new Standing(costs)
  let cost = 0
  places.forEach((device, instance) => {
    const of = machine.instances.service[instance]
    cost += costs.added(of, device, standing)
    standing.stand(of, device)
  })
  return cost
}

test('the exact search finds the least cost of all placements, on 200 random racks', () => {
  let infeasible = 0
  let distinct = 0
  fc.assert(
    fc.property(rack, (document) => {
      const scenario = readDocument(document)
      const { machine } = build(scenario, 1)
      const placing = new Placing(scenario, machine, new Decisions())
      const costs = new PlacementCosts(scenario, machine)
      const all = [...machine.instances.device.keys()]
      const ground = {
        hostsOf: (instance: number) => placing.devicesFor(instance),
        roomBytes: (device: number) => machine.local.roomBytes(device),
        standing: new Standing(costs),
        isEmpty: () => true,
      }
      const least = leastOfAll(machine, costs, ground.hostsOf)
      const plan = planFor(machine, costs, all, ground, 1e6)!
      expect(plan.isProven).toBe(true)
      if (least === Infinity) {
        infeasible += 1
        expect(plan.places).toBeNull()
        return
      }
      const next = plan.places!.map((list) => [...list])
      const places = all.map((instance) => next[machine.instances.service[instance]].shift()!)
      expect(costOf(machine, costs, places)).toBeLessThanOrEqual(least * (1 + 1e-9))
      expect(Math.abs(plan.cost / least - 1)).toBeLessThan(1e-9)
      placing.placeAll()
      const firstFit = [...machine.instances.device]
      if (firstFit.includes(-1) || costOf(machine, costs, firstFit) > least * 1.001) distinct += 1
    }),
    { numRuns: 200, seed: 20_261_125 },
  )
  expect(infeasible).toBeGreaterThan(0) // racks too small for all are among them,
  expect(infeasible).toBeLessThan(100)
  expect(distinct).toBeGreaterThan(50) // and the first device that fits is often not the best
})
