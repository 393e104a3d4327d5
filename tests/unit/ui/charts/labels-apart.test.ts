import { expect, test } from 'vitest'
import { labelsApart, shift } from '../../../../src/ui/charts/labels-apart'

const texts = (labels: readonly { text: string }[]): string[] => labels.map(({ text }) => text)

test('labels that would touch the one before are left out', () => {
  const labels = [
    { text: '1 ms', at: 10 },
    { text: '2 ms', at: 20 },
    { text: '5 ms', at: 60 },
  ]
  expect(texts(labelsApart(labels, 288))).toEqual(['1 ms', '5 ms'])
})

test('one that must stand pushes its neighbors out, on either side', () => {
  const labels = [
    { text: 'p90', at: 100 },
    { text: 'p99', at: 112, isFirst: true },
    { text: 'p99.9', at: 124 },
    { text: 'p50', at: 40 },
  ]
  expect(texts(labelsApart(labels, 288))).toEqual(['p50', 'p99'])
})

test('a label at an end stays on the axis, and counts where it stands', () => {
  const labels = [
    { text: '10 ms', at: 0 },
    { text: '20 ms', at: 30 },
  ]
  expect(shift(labels[0], 288)).toBeGreaterThan(10)
  expect(texts(labelsApart(labels, 288))).toEqual(['10 ms'])
})
