import { expect, test } from 'vitest'
import { labelsApart, shift, type Label } from '../../../../src/ui/charts/labels-apart'

const texts = (labels: readonly { text: string }[]): string[] => labels.map(({ text }) => text)

const label = (text: string, at: number): Label => ({ text, at })

test('labels that would touch the one before are left out', () => {
  const labels = [label('1 ms', 10), label('2 ms', 20), label('5 ms', 60)]
  expect(texts(labelsApart(labels, 288))).toEqual(['1 ms', '5 ms'])
})

test('one that must stand pushes its neighbors out, on either side', () => {
  const labels = [label('p90', 100), { ...label('p99', 112), isFirst: true }, label('p99.9', 124), label('p50', 40)]
  expect(texts(labelsApart(labels, 288))).toEqual(['p50', 'p99'])
})

test('a label at an end stays on the axis, and counts where it stands', () => {
  const labels = [label('10 ms', 0), label('20 ms', 30)]
  expect(shift(labels[0], 288)).toBeGreaterThan(10)
  expect(texts(labelsApart(labels, 288))).toEqual(['10 ms'])
})
