import { expect, test } from 'vitest'
import { freeCorner } from '../../../../src/ui/run/free-corner'

const viewport = { width: 832, height: 500 }
const camera = { x: 0, y: 0, k: 1 }
const rect = (x: number, y: number) => ({ x, y, width: 240, height: 120 })

test('the card stands where it hides least, at the left when nothing is in the way', () => {
  expect(freeCorner([], camera, viewport)).toBe('bottom-left')
  expect(freeCorner([rect(0, 400)], camera, viewport)).toBe('bottom-middle')
  expect(freeCorner([rect(0, 400), rect(300, 400)], camera, viewport)).toBe('bottom-right')
})

test('the camera counts', () => {
  expect(freeCorner([rect(0, 400)], { x: 0, y: -400, k: 1 }, viewport)).toBe('bottom-left')
})
