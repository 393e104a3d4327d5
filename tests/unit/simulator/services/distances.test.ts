import { expect, test } from 'vitest'
import { build } from '../../../../src/simulator/build'
import { Distances } from '../../../../src/simulator/services/distances'
import type { Machine } from '../../../../src/simulator/services/machine'
import { coreScenarios } from '../../../support/core-scenarios'
import { documentOf, readDocument } from '../../../support/scenarios'

/** Each pair by the way that its own messages take. */
function timeOf({ fabric }: Machine, from: number, to: number, bytes: number): number {
  const route = fabric.routes.between(from, to)
  if (route < 0) return Infinity
  const train = { packets: 1, first: 0, lastButOne: 0, last: 0 }
  fabric.unloaded(fabric.routes.list[route], 1, bytes, 0, 0, train)
  return train.last * 1e-12
}

test.each(Object.entries(coreScenarios))(
  'distances of alike devices are those of their own ways: %s',
  (_, document) => {
    const { machine } = build(readDocument(document), 1)
    const distances = new Distances(machine)
    const places = machine.devices.names.keys()
    const devices = [...places].filter((place) => machine.devices.kinds[place] !== 'switch')
    for (const from of devices)
      for (const to of devices)
        for (const bytes of [64, 5000])
          expect(distances.seconds(from, to, bytes)).toBe(from === to ? 0 : timeOf(machine, from, to, bytes))
  },
)

test('devices of a pool at one switch are alike, those of different nodes or on links of their own are not', () => {
  const { machine } = build(
    readDocument(
      documentOf({
        nodes: [
          { id: 'a', kind: 'cpu', count: 3 },
          { id: 'b', kind: 'cpu', count: 2 },
          { id: 'm', kind: 'memory', count: 2 },
          { id: 'tor', kind: 'switch' },
        ],
        links: [
          { id: 'at', from: 'a', to: 'tor', protocol: 'cxl' },
          { id: 'bt', from: 'b', to: 'tor', protocol: 'cxl' },
          { id: 'mb', from: 'b', to: 'm', protocol: 'cxl' },
        ],
        services: [{ id: 's', operations: [{ id: 'o', steps: [] }] }],
        sources: [{ id: 'u', entry: 's.o', arrivals: { process: 'poisson', ratePerSecond: 1 } }],
      }),
    ),
    1,
  )
  const { of, count, first, second } = new Distances(machine).alike
  expect([...of]).toEqual([0, 0, 0, 1, 2, 3, 4, 5])
  expect(count).toBe(6)
  expect([first[0], second[0], first[1], second[1]]).toEqual([0, 1, 3, -1])
})
