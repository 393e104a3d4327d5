import { describe, expect, test } from 'vitest'
import { buildNetwork } from '../../../../src/simulator/build-network'
import { problemsWith, scenarioWith } from '../../../support/small-rack'

/** CPUs joined to memory devices without a switch between them, and to the switch for all else. */
const direct = (cpus: number, memories: number) => ({
  'topology.nodes[0].count': cpus,
  'topology.nodes[1].count': memories,
  'topology.links[3]': { id: 'direct', from: 'cpu', to: 'mem', protocol: 'cxl' },
})

/** Pairs of devices that the direct link joins, by their numbers in their pools. */
function pairs(cpus: number, memories: number): number[][] {
  const { channels } = buildNetwork(scenarioWith(direct(cpus, memories)))
  return channels.filter(({ link, from, to }) => link === 3 && from < to).map(({ from, to }) => [from, to - cpus])
}

describe('pools joined directly', () => {
  test('pair device i of the larger with device i mod n of the smaller, whichever is named first', () => {
    expect(pairs(4, 3)).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 0],
    ])
    expect(pairs(2, 3)).toEqual([
      [0, 0],
      [1, 1],
      [0, 2],
    ])
  })

  test('are doubtful where one count is no multiple of the other, and both are named with a remedy', () => {
    expect(problemsWith(direct(4, 3))).toEqual([
      'warning: topology.links[3]: it joins 4 devices of cpu directly to 3 of mem, device i to device i mod 3: ' +
        'mem.0 has 2 of them, mem.1 to mem.2 1. Give cpu a multiple of 3 devices, or join both pools to a switch, so that each reaches all',
    ])
    expect(problemsWith(direct(3, 5))[0]).toContain('it joins 5 devices of mem directly to 3 of cpu')
  })

  test.each([
    [4, 4],
    [4, 2],
    [1, 3],
  ])('of %i and %i are shared evenly, and nothing is said', (cpus, memories) => {
    expect(problemsWith(direct(cpus, memories))).toEqual([])
  })
})
