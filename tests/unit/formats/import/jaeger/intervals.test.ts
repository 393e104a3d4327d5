import { expect, test } from 'vitest'
import { clip, overlap, uncovered, uncoveredUs } from '../../../../../src/formats/import/jaeger/intervals'

const at = (startUs: number, endUs: number): { readonly startUs: number; readonly endUs: number } => ({
  startUs,
  endUs,
})

test('what nobody covers is left, in order', () => {
  expect(uncovered([at(30, 40), at(10, 20), at(15, 25)], at(0, 50))).toEqual([at(0, 10), at(25, 30), at(40, 50)])
})

test('intervals outside the window, or longer than it, do no harm', () => {
  expect(uncoveredUs([at(-5, 3), at(60, 70)], at(0, 50))).toBe(47)
  expect(uncoveredUs([at(-5, 70)], at(0, 50))).toBe(0)
  expect(uncoveredUs([], at(7, 7))).toBe(0)
})

test('touching ends follow each other', () => {
  expect([overlap(at(0, 5), at(5, 9)), overlap(at(0, 6), at(5, 9))]).toEqual([false, true])
})

test('clipping keeps an interval inside the window, also where it lay beyond it', () => {
  expect([clip(at(-3, 4), at(0, 10)), clip(at(12, 15), at(0, 10)), clip(at(8, 15), at(0, 10))]).toEqual([
    at(0, 4),
    at(10, 10),
    at(8, 10),
  ])
})
