import { describe, expect, test } from 'vitest'
import { nearest } from '../../../../src/simulator/policies/load-balancing/nearest'
import { powerOfTwoChoices } from '../../../../src/simulator/policies/load-balancing/power-of-two-choices'
import { random } from '../../../../src/simulator/policies/load-balancing/random'
import { weighted } from '../../../../src/simulator/policies/load-balancing/weighted'
import {
  call,
  constant,
  cpuPool,
  exponential,
  finishedRun,
  freeNic,
  poisson,
  scenarioOf,
  service,
  work,
} from '../../../support/scenarios'

interface Given {
  readonly outstanding: readonly number[]
  readonly usable?: readonly boolean[]
  readonly distances?: readonly number[]
  readonly powers?: readonly number[]
}

function view({ outstanding, usable, distances, powers }: Given) {
  const credits = outstanding.map(() => 0)
  return {
    instances: outstanding.length,
    last: -1,
    usable: (i: number) => usable?.[i] ?? true,
    outstanding: (i: number) => outstanding[i],
    leastLoaded: () => -1,
    distance: (i: number) => distances![i],
    power: (i: number) => powers![i],
    draw: () => 0.5,
    credit: (i: number) => credits[i],
    keepCredit: (i: number, credit: number) => {
      credits[i] = credit
    },
  }
}

/** Draws by index, 0.5 where nothing is given. */
const drawing = (given: Readonly<Record<number, number>>) => ({ draw: (index: number) => given[index] ?? 0.5 })

describe('random', () => {
  test('draws among all, again where it meets one that is not usable', () => {
    const usable = [false, true, true, false, true]
    const five = view({ outstanding: [0, 0, 0, 0, 0], usable })
    expect(random.choose({ ...five, ...drawing({ 0: 0.3 }) })).toBe(1)
    expect(random.choose({ ...five, ...drawing({ 0: 0.99 }) })).toBe(4)
    expect(random.choose({ ...five, ...drawing({ 0: 0.1, 1: 0.7, 2: 0.25 }) })).toBe(1)
  })

  test('counts the usable ones where draws keep missing them', () => {
    const two = view({ outstanding: [0, 0, 0], usable: [true, false, true] })
    expect(random.choose({ ...two, ...drawing({ 16: 0.2 }) })).toBe(0)
    expect(random.choose({ ...two, ...drawing({ 16: 0.9 }) })).toBe(2)
    expect(random.choose({ ...view({ outstanding: [0], usable: [false] }), ...drawing({}) })).toBe(-1)
  })
})

describe('power of two choices', () => {
  test('takes the less loaded of two different ones drawn, the first at a tie', () => {
    const three = view({ outstanding: [4, 1, 0] })
    expect(powerOfTwoChoices.choose({ ...three, ...drawing({ 0: 0.1, 100: 0.4 }) })).toBe(1)
    expect(powerOfTwoChoices.choose({ ...three, ...drawing({ 0: 0.4, 100: 0.4, 101: 0.1 }) })).toBe(1)
    expect(powerOfTwoChoices.choose({ ...view({ outstanding: [2, 2, 2] }), ...drawing({ 0: 0.9, 100: 0.1 }) })).toBe(2)
  })

  test('takes the only one that there is', () => {
    expect(powerOfTwoChoices.choose({ ...view({ outstanding: [7] }), ...drawing({}) })).toBe(0)
    const one = view({ outstanding: [7, 1], usable: [true, false] })
    expect(powerOfTwoChoices.choose({ ...one, ...drawing({ 0: 0.1, 100: 0.1 }) })).toBe(0)
  })
})

describe('nearest', () => {
  test('takes the shortest way, and of equal ones the one with fewer requests, then in turn', () => {
    expect(nearest.choose(view({ outstanding: [0, 9, 0], distances: [2, 1, 2] }))).toBe(1)
    expect(nearest.choose(view({ outstanding: [3, 2, 0], distances: [1, 1, 2] }))).toBe(1)
    expect(nearest.choose({ ...view({ outstanding: [2, 2, 2], distances: [1, 1, 1] }), last: 1 })).toBe(2)
    expect(nearest.choose(view({ outstanding: [0, 0], distances: [1, 2], usable: [false, true] }))).toBe(1)
  })

  test('keeps calls on the device where they come from', () => {
    const run = finishedRun(
      scenarioOf({
        nodes: [cpuPool('cpu', 2, 8), freeNic(), { id: 'tor', kind: 'switch' }],
        links: ['cpu', 'nic'].map((from) => ({ id: from, from, to: 'tor', protocol: 'rdma' })),
        services: [
          service('a', [work(constant(1000)), call('b.o')], { replicas: 2 }),
          service('b', [work(constant(1000))], { replicas: 2 }),
        ],
        sources: [poisson('a.o', 50_000, { via: 'nic' })],
        policies: { placement: { use: 'anti-affinity' }, loadBalancing: { use: 'nearest' } },
        run: { durationSeconds: 0.05 },
      }),
    )
    const { fabric } = run.machine
    const pairs = fabric.routes.list.map(({ from, to }) => [from, to])
    expect(run.machine.measures.requests.completed).toBeGreaterThan(2000)
    expect(pairs.some(([from, to]) => from < 2 && to < 2)).toBe(false) // no message between the two CPU devices
  })
})

describe('weighted', () => {
  test('takes each as often as its weight says, evenly mixed', () => {
    const one = view({ outstanding: [0, 0, 0], powers: [5, 1, 1] })
    const turns = Array.from({ length: 7 }, () => weighted.choose(one))
    expect(turns).toEqual([0, 0, 1, 0, 2, 0, 0]) // the example of nginx
    expect(weighted.choose(view({ outstanding: [0], powers: [1], usable: [false] }))).toBe(-1)
  })

  test('splits requests by speed times cores of the devices', () => {
    const run = finishedRun(
      scenarioOf({
        nodes: [cpuPool('fast', 1, 4, { speed: 1.5 }), cpuPool('slow', 1, 4, { speed: 0.5 })],
        services: [service('s', [work(exponential(1000))], { replicas: 2 })],
        sources: [poisson('s.o', 100_000)],
        policies: { placement: { use: 'spread' }, loadBalancing: { use: 'weighted' } },
        run: { durationSeconds: 0.1 },
      }),
    )
    const [fast, slow] = run.machine.cores.served
    expect(fast / (fast + slow)).toBeCloseTo(0.75, 3)
  })
})
