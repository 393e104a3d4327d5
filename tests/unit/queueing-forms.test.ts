import { expect, test } from 'vitest'
import {
  constantServiceSojournQuantile,
  erlangB,
  erlangC,
  harmonic,
  meanSojourn,
  meanValueAnalysis,
  sojournQuantile,
} from '../support/queueing'

/** The closed forms that validation leans on, against published tables. */

test('Erlang B and C', () => {
  expect(erlangB(1, 2)).toBeCloseTo(0.2, 12)
  expect(erlangB(8, 10)).toBeCloseTo(0.12166106, 8)
  expect(erlangC(1, 2)).toBeCloseTo(1 / 3, 12)
  expect(erlangC(56, 64)).toBeCloseTo(0.21512285, 8)
})

test('sojourn of M/M/k: mean and percentiles', () => {
  expect(meanSojourn(0.8, 10, 10)).toBeCloseTo(12.045901, 6)
  expect(10 * sojournQuantile(8, 10, 0.99)).toBeCloseTo(49.461113, 5)
  expect(10 * sojournQuantile(0.8, 1, 0.99)).toBeCloseTo(230.258509, 5)
})

test('sojourn of M/D/1: 99th percentile', () => {
  expect(10 * (constantServiceSojournQuantile(0.5, 0.99) - 1)).toBeCloseTo(33.3626, 3)
  expect(10 * (constantServiceSojournQuantile(0.8, 0.99) - 1)).toBeCloseTo(103.5589, 3)
})

test('closed users and forks', () => {
  expect(meanValueAnalysis(16, 100e-6, [10e-6, 5e-6]).throughput).toBeCloseTo(96030.036, 2)
  expect(meanValueAnalysis(64, 500e-6, [8e-6, 5e-6, 3e-6]).response * 1e6).toBeCloseTo(67.437693, 5)
  expect(harmonic(100)).toBeCloseTo(5.187378, 6)
})
