import { describe, expect, test } from 'vitest'
import { cpuPool, constant, finishedRun, scenarioOf, trace, type Fields } from '../../../support/scenarios'
import { leastLoaded } from '../../../../src/simulator/policies/load-balancing/least-loaded'
import { LeastTree } from '../../../../src/simulator/services/least-tree'
import { roundRobin } from '../../../../src/simulator/policies/load-balancing/round-robin'

function view(outstanding: readonly number[], last: number, usable = outstanding.map(() => true)) {
  const tree = new LeastTree(outstanding.length)
  outstanding.forEach((requests, i) => {
    if (usable[i]) tree.set(i, requests)
  })
  return {
    instances: outstanding.length,
    last,
    usable: (i: number) => usable[i],
    outstanding: (i: number) => outstanding[i],
    leastLoaded: (start: number) => tree.firstLeast(start),
    distance: () => 0,
    power: () => 1,
    draw: () => 0.5,
    credit: () => 0,
    keepCredit: () => undefined,
  }
}

describe('load balancing', () => {
  test('least-loaded takes the one with fewest requests, ties in turn', () => {
    expect(leastLoaded.choose(view([2, 1, 3], -1))).toBe(1)
    expect(leastLoaded.choose(view([1, 1, 1], 0))).toBe(1)
    expect(leastLoaded.choose(view([1, 1, 1], 2))).toBe(0)
    expect(leastLoaded.choose(view([0, 5], -1, [false, true]))).toBe(1)
    expect(leastLoaded.choose(view([0], -1, [false]))).toBe(-1)
  })

  test('round-robin takes one after another, past those that are nowhere', () => {
    expect(roundRobin.choose(view([9, 0, 0], 2))).toBe(0)
    expect(roundRobin.choose(view([0, 0, 0], 0, [true, false, true]))).toBe(2)
    expect(roundRobin.choose(view([0, 0], 0, [false, false]))).toBe(-1)
  })
})

describe('placement', () => {
  const devices = (use: string, more: Fields = {}): readonly number[] => {
    const services = [
      {
        id: 's',
        replicas: 4,
        footprintMiB: 1024,
        operations: [{ id: 'o', steps: [{ do: 'compute', timeNs: constant(1) }] }],
        ...more,
      },
    ]
    const nodes = [cpuPool('cpu', 2, 1, { localMemoryGiB: 3 })]
    const run = finishedRun(
      scenarioOf({ nodes, services, sources: [trace('s.o', [0])], policies: { placement: { use } } }),
    )
    return [...run.machine.instances.device]
  }

  test('first-fit fills a device, spread goes round', () => {
    expect(devices('first-fit')).toEqual([0, 0, 0, 1])
    expect(devices('spread')).toEqual([0, 1, 0, 1])
  })

  test('a pinned instance stays where it is pinned', () => {
    expect(devices('first-fit', { replicas: 2, on: { node: 'cpu', device: 1 } })).toEqual([1, 1])
  })

  test('what fits nowhere is not placed, and its requests fail', () => {
    expect(devices('first-fit', { replicas: 8 })).toEqual([0, 0, 0, 1, 1, 1, -1, -1])
    const run = finishedRun(
      scenarioOf({
        nodes: [cpuPool('cpu', 1, 1, { localMemoryGiB: 1 })],
        services: [{ id: 's', footprintMiB: 2048, operations: [{ id: 'o', steps: [] }] }],
        sources: [trace('s.o', [0, 1])],
      }),
    )
    expect(run.machine.measures.requests.failed).toBe(2)
    expect(run.decisions.rows[0].reason).toBe('no device has 2 GiB of local memory left')
  })
})

describe('migration by hotspot', () => {
  test('moves the busiest instance that helps from a device that stays busy', () => {
    const steps = (ns: number): Fields[] => [{ do: 'compute', timeNs: constant(ns) }]
    const run = finishedRun(
      scenarioOf({
        nodes: [cpuPool('cpu', 2, 2), { id: 'tor', kind: 'switch' }],
        links: [{ id: 'l', from: 'cpu', to: 'tor', protocol: 'rdma' }],
        services: [
          { id: 'big', operations: [{ id: 'o', steps: steps(900_000) }] },
          { id: 'small', operations: [{ id: 'o', steps: steps(800_000) }] },
        ],
        sources: ['big', 'small'].map((id) => ({
          id,
          entry: `${id}.o`,
          arrivals: { process: 'constant', ratePerSecond: 1100 },
        })),
        policies: { migration: { use: 'hotspot', utilization: 0.85, forMs: 40, controlPeriodMs: 20 } },
        run: { durationSeconds: 0.5 },
      }),
    )
    expect(run.migrations.list.map(({ instance, from, to, start }) => [instance, from, to, start])).toEqual([
      [0, 0, 1, 40e9],
    ])
    const moved = run.decisions.rows.filter((row) => row.kind === 'migration')
    expect(moved.map((row) => [row.subject, row.from, row.to, row.policy])).toEqual([
      ['big.0', 'cpu.0', 'cpu.1', 'hotspot'],
    ])
    expect(moved[0].reason).toMatch(/^hotspot: cpu\.0 at 9\d % for 40 ms$/)
  })
})
