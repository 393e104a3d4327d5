import { describe, expect, test } from 'vitest'
import { RandomStreams } from '../../../../src/simulator/engine/random'
import type { ArrivalsSpec } from '../../../../src/simulator/workloads/arrival-process'
import { arrivalProcess } from '../../../../src/simulator/workloads/index'

const SECOND = 1e12

/** All arrivals of a process before an end, ps. */
function arrivals(spec: ArrivalsSpec, untilPs: number, seed = 11): number[] {
  const process = arrivalProcess(spec, new RandomStreams(seed), 'users', untilPs)!
  const times: number[] = []
  for (let time = process.next(); time < untilPs; time = process.next()) times.push(time)
  return times
}

const inWindow = (times: readonly number[], from: number, to: number): number =>
  times.filter((time) => time >= from * SECOND && time < to * SECOND).length

describe('arrivals', () => {
  test('at a constant rate come at k / rate', () => {
    expect(arrivals({ process: 'constant', ratePerSecond: 3 }, SECOND)).toEqual([0, 333333333333, 666666666667])
  })

  test('of a trace come when it says, several at once if it says so', () => {
    expect(arrivals({ process: 'trace', timesSeconds: [0, 0, 0.5, 2] }, SECOND)).toEqual([0, 0, 0.5 * SECOND])
  })

  test('of Poisson have exponential gaps', () => {
    const times = arrivals({ process: 'poisson', ratePerSecond: 1000 }, 100 * SECOND)
    expect(Math.abs(times.length - 100_000)).toBeLessThan(4 * Math.sqrt(100_000))
    const gaps = times.slice(1).map((time, i) => (time - times[i]) / 1e9)
    const above = gaps.filter((gap) => gap > 1).length / gaps.length
    expect(above).toBeCloseTo(Math.exp(-1), 2)
  })

  test('at given rates follow them, bucket by bucket, and end with them', () => {
    const times = arrivals({ process: 'rates', bucketSeconds: 1, ratesPerSecond: [10_000, 0, 2500] }, 10 * SECOND)
    expect(Math.abs(inWindow(times, 0, 1) - 10_000)).toBeLessThan(400)
    expect(inWindow(times, 1, 2)).toBe(0)
    expect(Math.abs(inWindow(times, 2, 3) - 2500)).toBeLessThan(200)
    expect(inWindow(times, 3, 10)).toBe(0)
  })

  test('of a modulated process have the mean rate of its states', () => {
    const states = [
      { ratePerSecond: 3000, meanSeconds: 0.01 },
      { ratePerSecond: 0, meanSeconds: 0.02 },
    ]
    const { length } = arrivals({ process: 'mmpp', states }, 200 * SECOND)
    expect(length / 200).toBeGreaterThan(950)
    expect(length / 200).toBeLessThan(1050)
  })

  test('of rate 0 never come, and are not looked for without end', () => {
    const never: ArrivalsSpec[] = [
      { process: 'constant', ratePerSecond: 0 },
      { process: 'poisson', ratePerSecond: 0 },
      { process: 'poisson', ratePerSecond: 1e-300 },
      { process: 'rates', bucketSeconds: 1, ratesPerSecond: [0] },
      { process: 'mmpp', states: [{ ratePerSecond: 0, meanSeconds: 0.001 }] },
    ]
    for (const spec of never) expect(arrivals(spec, SECOND)).toEqual([])
  })

  test('go on after being saved as if nothing had been', () => {
    const states = [
      { ratePerSecond: 3000, meanSeconds: 0.01 },
      { ratePerSecond: 10, meanSeconds: 0.002 },
    ]
    const one = arrivalProcess({ process: 'mmpp', states }, new RandomStreams(3), 'users', SECOND)!
    for (let i = 0; i < 50; i += 1) one.next()
    const saved = structuredClone(one.save())
    const rest = Array.from({ length: 50 }, () => one.next())
    const other = arrivalProcess({ process: 'mmpp', states }, new RandomStreams(3), 'users', SECOND)!
    other.restore(saved)
    expect(Array.from({ length: 50 }, () => other.next())).toEqual(rest)
  })
})
