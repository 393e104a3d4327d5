import { expect, test } from 'vitest'
import { layoutStage, lineOf } from '../../../../src/ui/stage/geometry'
import type { Rect } from '../../../../src/ui/stage/geometry'
import { neighborOf, readingOrder } from '../../../../src/ui/stage/reading-order'
import { fitCamera } from '../../../../src/ui/stage/camera'
import type { StageNode, StageTopology } from '../../../../src/ui/stage/stage-topology'

const node = (id: string, kind: StageNode['kind'], more: Partial<StageNode> = {}): StageNode => ({
  id,
  label: '',
  kind,
  count: 1,
  rack: '',
  at: null,
  cores: kind === 'cpu' ? 8 : 0,
  engines: 0,
  slabs: kind === 'memory' ? 256 : 0,
  channels: kind === 'memory' ? 2 : 0,
  hosts: kind === 'cpu',
  hasFooter: false,
  ...more,
})
const link = (from: string, to: string, lanes = 1) => ({
  id: `${from}-${to}`,
  from,
  to,
  protocol: 'cxl' as const,
  lanes,
  bandwidthGbps: 256,
})
const rack = (...nodes: readonly StageNode[]): StageTopology => ({
  racks: [{ id: 'r', label: 'Rack' }],
  nodes,
  links: nodes.some((one) => one.id === 'tor')
    ? nodes.filter((one) => one.id !== 'tor').map((one) => link(one.id, 'tor'))
    : [],
})
const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

test('without places nothing covers anything', () => {
  const { cards } = layoutStage(
    rack(
      node('cpu', 'cpu', { count: 4 }),
      node('cpu2', 'cpu'),
      node('nic', 'nic'),
      node('tor', 'switch'),
      node('mem', 'memory', { count: 2 }),
      node('gpu', 'gpu', { cores: 4 }),
    ),
  )
  for (const a of cards)
    for (const b of cards) if (a !== b) expect(overlaps(a, b), `${a.nodeId} ${b.nodeId}`).toBe(false)
})

test('engines stand between the utilization bar and its number, inside the card', () => {
  const { cardById } = layoutStage(rack(node('nic', 'nic', { engines: 3 })))
  const row = cardById.get('nic')?.deviceRows[0]
  if (row === undefined) throw new Error('missing')
  expect(row.engineCells).toHaveLength(3)
  for (const cell of row.engineCells) {
    expect(cell.x).toBeGreaterThan(row.utilBar.x + row.utilBar.width)
    expect(cell.x + cell.size).toBeLessThan(row.valueAnchor.x - 24)
  }
})

test('cores of a memory device stand under its channels, and nothing else does', () => {
  const memory = node('mem', 'memory', { cores: 40, hosts: true })
  const row = layoutStage(rack(memory)).cardById.get('mem')?.deviceRows[0]
  if (row === undefined) throw new Error('missing')
  expect(row.coreCells).toHaveLength(40)
  const [bar] = row.channelBars
  for (const cell of row.coreCells) {
    expect(cell.y).toBeGreaterThan(bar.y + bar.height)
    expect(cell.y + cell.size).toBeLessThan(row.chips.y)
  }
  expect(row.chips.y + row.chips.height).toBeLessThanOrEqual(row.y + row.height)
})

test('a node stands where the document says', () => {
  const { cardById } = layoutStage(rack(node('cpu', 'cpu', { at: { x: 300, y: 40 } })))
  const card = cardById.get('cpu')
  expect([(card?.x ?? 0) + (card?.width ?? 0) / 2, card?.y]).toEqual([300, 40])
})

test('a rack frames what stands in it, and nothing else', () => {
  const { racks, cardById } = layoutStage(rack(node('cpu', 'cpu', { rack: 'r' }), node('mem', 'memory')))
  const [frame] = racks
  const cpu = cardById.get('cpu')
  const mem = cardById.get('mem')
  if (cpu === undefined || mem === undefined) throw new Error('missing')
  expect(overlaps(frame, cpu)).toBe(true)
  expect(overlaps(frame, mem)).toBe(false)
  expect(frame.devices).toBe(1)
})

test('a pool has one line per device and lane, numbered as in links.csv', () => {
  const cpu = node('cpu', 'cpu', { count: 3 })
  const { links } = layoutStage({ racks: [], nodes: [cpu, node('tor', 'switch')], links: [link('cpu', 'tor', 2)] })
  expect(links[0]?.lines.map((line) => line.line)).toEqual([0, 1, 2, 3, 4, 5])
  expect(links[0]?.lines.map((line) => line.fromDevice)).toEqual([0, 0, 1, 1, 2, 2])
})

test('more than 32 devices are one strip with one line', () => {
  const { cards, links } = layoutStage(rack(node('cpu', 'cpu', { count: 1000 }), node('tor', 'switch')))
  expect(cards[0]?.strip).not.toBeNull()
  expect(cards[0]?.deviceRows).toEqual([])
  expect(links[0]?.lines).toHaveLength(1)
  expect(lineOf(links[0], 999)).toBe(links[0].lines[0])
})

test('every core and slab has a cell inside its card', () => {
  const { cards } = layoutStage(
    rack(node('cpu', 'cpu', { count: 2, cores: 64 }), node('mem', 'memory', { count: 2, slabs: 512 })),
  )
  for (const card of cards) {
    for (const row of card.deviceRows) {
      for (const cell of [...row.coreCells, ...row.slabCells]) {
        expect(
          cell.x >= card.x &&
            cell.x + cell.size <= card.x + card.width &&
            cell.y >= card.y &&
            cell.y + cell.size <= card.y + card.height,
        ).toBe(true)
      }
    }
  }
  expect(cards[0]?.deviceRows[0]?.coreCells).toHaveLength(64)
  expect(
    (cards[1]?.deviceRows[0]?.slabCells.length ?? 0) * (cards[1]?.deviceRows[0]?.slabsPerCell ?? 0),
  ).toBeGreaterThanOrEqual(512)
})

test('the two directions of a line keep to the right', () => {
  const { links } = layoutStage(
    rack(node('cpu', 'cpu', { at: { x: 0, y: 0 } }), node('tor', 'switch', { at: { x: 400, y: 20 } })),
  )
  const { curve } = links[0].lines[0]
  const middle = curve.middleAt(0.5)
  expect(curve.pointAt(0.5, 0).y).toBeGreaterThan(middle.y)
  expect(curve.pointAt(0.5, 1).y).toBeLessThan(middle.y)
  expect(curve.pointAt(0, 0).x).toBeCloseTo(curve.pointAt(1, 1).x)
})

test('equal parts of the way are equally long', () => {
  const { links } = layoutStage(
    rack(node('cpu', 'cpu', { at: { x: 0, y: 0 } }), node('tor', 'switch', { at: { x: 500, y: 400 } })),
  )
  const { curve } = links[0].lines[0]
  const steps = Array.from({ length: 8 }, (_, i) => {
    const [a, b] = [curve.middleAt(i / 8), curve.middleAt((i + 1) / 8)]
    return Math.hypot(b.x - a.x, b.y - a.y)
  })
  expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.1)
})

test('ports of a switch share its ring without gaps of order', () => {
  const { ports } = layoutStage(
    rack(node('cpu', 'cpu', { count: 3 }), node('mem', 'memory', { count: 2 }), node('tor', 'switch')),
  )
  const ring = ports.get('tor') ?? []
  expect(ring).toHaveLength(5)
  for (const [i, port] of ring.entries()) expect(port.arcEnd).toBeLessThanOrEqual(ring[i + 1]?.arcStart ?? Infinity)
})

test('a link to nowhere is a loose end at the pool that is there', () => {
  const { links, loose } = layoutStage({ racks: [], nodes: [node('nic', 'nic')], links: [link('nic', 'tor9')] })
  expect(links).toEqual([])
  expect(loose[0]).toMatchObject({ nodeId: 'nic', missing: 'tor9' })
})

test('arrows lead to the nearest element on that side', () => {
  const geometry = layoutStage(
    rack(
      node('cpu', 'cpu', { at: { x: 0, y: 0 } }),
      node('mem', 'memory', { at: { x: 600, y: 0 } }),
      node('nic', 'nic', { at: { x: 0, y: 400 } }),
    ),
  )
  expect(neighborOf(geometry, { type: 'node', id: 'cpu' }, 'right')?.id).toBe('mem')
  expect(neighborOf(geometry, { type: 'node', id: 'cpu' }, 'down')?.id).toBe('nic')
  expect(neighborOf(geometry, { type: 'node', id: 'cpu' }, 'left')).toBeNull()
  expect(readingOrder(geometry).map((one) => one.id)).toEqual(['cpu', 'mem', 'nic'])
})

test('fitting shows a rack whole and never enlarges it', () => {
  const camera = fitCamera({ x: -100, y: -50, width: 2000, height: 500 }, { width: 800, height: 600 })
  expect(-100 * camera.k + camera.x).toBeGreaterThanOrEqual(0)
  expect(1900 * camera.k + camera.x).toBeLessThanOrEqual(800)
  expect(fitCamera({ x: 0, y: 0, width: 10, height: 10 }, { width: 800, height: 600 }).k).toBe(1)
})
