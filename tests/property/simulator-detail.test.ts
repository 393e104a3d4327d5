import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Detail } from '../../src/simulator/display'
import { createSimulation } from '../../src/simulator/session'
import { arbitraryScenario } from '../support/scenario-arbitrary'
import { busyRack } from '../support/busy-rack'
import { cpuPool, constant, documentOf, freeNic, poisson, readDocument, trace } from '../support/scenarios'

/** A simulation that has come to its end, and what it can show. */
function finished(document: Parameters<typeof readDocument>[0]) {
  let now = 0
  const simulation = createSimulation(() => (now += 1))
  const { shape } = simulation.load(readDocument(document))
  while (!simulation.advance(2).done);
  return { simulation, shape }
}

/** What a detail shows between two instants, as sorted lines. */
function shown({ segments }: Detail, fromPs: number, toPs: number): string[] {
  const lines: string[] = []
  for (let i = 0; i < segments.count; i += 1) {
    const start = Math.max(fromPs, segments.start[i])
    const end = Math.min(toPs, segments.end[i])
    const { kind, operation, request, place, detail } = segments
    if (start < end) lines.push([start, end, kind[i], operation[i], request[i], place[i], detail[i]].join(' '))
  }
  return lines.sort()
}

const windows = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.001, max: 0.3, noNaN: true })),
  {
    minLength: 2,
    maxLength: 6,
  },
)

test('a window shows the same again after other windows', () => {
  fc.assert(
    fc.property(arbitraryScenario, windows, (document, list) => {
      const { simulation, shape } = finished(document)
      const look = ([from, length]: [number, number]) =>
        simulation.detail(Math.floor(from * shape.endPs), Math.ceil((from + length) * shape.endPs), 1e6)
      const before = list.map(look)
      const after = [...list].reverse().map(look).reverse()
      expect(after).toEqual(before)
    }),
    { numRuns: 60 },
  )
})

test('two windows show the same where they overlap', () => {
  fc.assert(
    fc.property(
      arbitraryScenario,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
      (document, marks) => {
        const { simulation, shape } = finished(document)
        const [a, b, c, d] = marks.map((mark) => Math.floor(mark * shape.endPs)).sort((x, y) => x - y)
        const first = simulation.detail(a, c, 1e6)
        const second = simulation.detail(b, d, 1e6)
        expect(shown(second, b, c)).toEqual(shown(first, b, c))
      },
    ),
    { numRuns: 80 },
  )
})

test('a window too full is cut short, and shows the same up to there', () => {
  fc.assert(
    fc.property(arbitraryScenario, (document) => {
      const { simulation, shape } = finished(document)
      const from = Math.floor(shape.endPs / 4)
      const whole = simulation.detail(from, shape.endPs, 1e6)
      const cut = simulation.detail(from, shape.endPs, 200)
      expect(cut.endPs).toBeLessThanOrEqual(whole.endPs)
      expect(shown(cut, from, cut.endPs)).toEqual(shown(whole, from, cut.endPs))
    }),
    { numRuns: 40 },
  )
})

/** A run of a full rack that was looked at while it went on. */
function looked(everyAdvances: number) {
  let now = 0
  const simulation = createSimulation(() => (now += 1))
  const { shape } = simulation.load(readDocument(busyRack))
  for (let i = 1; !simulation.advance(1).done; i += 1) if (i % everyAdvances === 0) simulation.partialResult()
  return { simulation, shape }
}

test('on a full rack, windows agree wherever they begin, and whoever looked before', () => {
  const calm = looked(Infinity)
  const { endPs } = calm.shape
  const curious = looked(3)
  const at = (share: number): number => Math.floor(share * endPs)
  for (let i = 0; i < 40; i += 1) {
    const from = at(((i * 37) % 40) / 40)
    const middle = from + at(0.001 + 0.0001 * i)
    const to = middle + at(0.002)
    const whole = calm.simulation.detail(from, to, 1e6)
    expect(shown(calm.simulation.detail(middle, to, 1e6), middle, to)).toEqual(shown(whole, middle, to))
    expect(shown(curious.simulation.detail(from, to, 1e6), from, to)).toEqual(shown(whole, from, to))
  }
})

test('a window shows the same whichever was looked at before, also where a way is first used in it', () => {
  const document = documentOf({
    nodes: [cpuPool('cpu', 1, 4), { id: 'mem', kind: 'memory' }, freeNic(), { id: 'tor', kind: 'switch' }],
    links: ['cpu', 'mem', 'nic'].map((from) => ({ id: from, from, to: 'tor', protocol: 'rdma', bandwidthGbps: 1 })),
    services: [
      {
        id: 's',
        operations: [
          { id: 'work', steps: [{ do: 'compute', timeNs: constant(1000) }] },
          { id: 'ping', steps: [] },
        ],
      },
    ],
    sources: [
      poisson('s.work', 1_000_000),
      trace('s.ping', [10_000, 20_000, 22_000, 24_000, 26_000, 28_000, 30_000], { via: 'nic', requestBytes: 1e6 }),
    ],
    run: { durationSeconds: 0.08 },
  })
  const look = ({ simulation }: ReturnType<typeof finished>, from: number) =>
    shown(simulation.detail(from, from + 1e9, 1e6), from, from + 1e9)
  const one = finished(document)
  for (const from of [10e9, 40e9, 60e9]) expect(look(one, from)).toEqual(look(finished(document), from))
})
