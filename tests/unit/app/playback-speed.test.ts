import { expect, test } from 'vitest'
import { neighborStop, positionOfSpeed, speedAtPosition, speedNear, speedStops } from '../../../src/app/playback-speed'

test('the slider is logarithmic and every stop has its place', () => {
  speedStops.forEach((stop, at) => {
    expect(positionOfSpeed(stop)).toBeCloseTo(at / 6, 12)
    expect(speedAtPosition(at / 6)).toBe(stop)
  })
})

test('near a stop it snaps, between stops it does not', () => {
  expect(speedAtPosition(1 / 6 + 0.01)).toBe(2e6)
  expect(speedAtPosition(1.5 / 6)).toBeCloseTo(2e6 * Math.sqrt(10), 0)
})

test('beyond its ends the slider stays at its ends', () => {
  expect(speedAtPosition(-1)).toBe(200e3)
  expect(speedAtPosition(2)).toBe(200e9)
})

test('slower and faster go from stop to stop', () => {
  expect(neighborStop(20e6, 1)).toBe(200e6)
  expect(neighborStop(20e6, -1)).toBe(2e6)
  expect(neighborStop(50e6, -1)).toBe(20e6)
  expect(neighborStop(200e9, 1)).toBe(200e9)
})

test('playback eases down before a span, lasts 2.5 s in it, and is back behind it', () => {
  const spans = [{ startPs: 100e9, endPs: 101e9 }]
  const speed = 20e9
  expect(speedNear(speed, 80e9, spans)).toBe(speed)
  const easing = speedNear(speed, 95e9, spans)
  expect(easing).toBeLessThan(speed)
  expect(easing).toBeGreaterThan(0.4e9)
  expect(speedNear(speed, 100.5e9, spans)).toBeCloseTo(0.4e9, 0)
  expect(speedNear(speed, 101e9, spans)).toBe(speed)
})

test('what already lasts long enough is not slowed down', () => {
  expect(speedNear(20e6, 100e9, [{ startPs: 99e9, endPs: 101e9 }])).toBe(20e6)
})

test('a short span is reached within seconds at any speed', () => {
  const spans = [{ startPs: 100e9, endPs: 100.1e9 }]
  let timePs = 80e9
  let frames = 0
  while (timePs < spans[0].startPs) {
    timePs += speedNear(200e9, timePs, spans) / 60
    frames += 1
  }
  expect(frames / 60).toBeLessThan(5)
})
