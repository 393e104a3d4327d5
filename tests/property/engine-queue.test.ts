import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOMENTS, PARTS, TIME } from '../../src/simulator/engine/event-columns'
import { EventQueue } from '../../src/simulator/engine/event-queue'
import { ReferenceQueue } from '../support/reference-queue'

/** What a test does to both queues; delays in ps. */
type Action =
  | { readonly do: 'schedule'; readonly delays: readonly number[] }
  | { readonly do: 'pop'; readonly count: number; readonly within: number }
  | { readonly do: 'hold'; readonly delays: readonly number[]; readonly rounds: number }
  | { readonly do: 'restore' }
  | { readonly do: 'peek' }

/** Delays of every scale that a rack knows, ties and zeros among them. */
const delay = fc.oneof(
  fc.constant(0),
  fc.constantFrom(1, 400, 1000, 65536, 262144, 1e6, 1e9, 1e12),
  fc.integer({ min: 0, max: 20 }).map((ticks) => ticks * 400),
  fc.integer({ min: 0, max: 1e6 }),
  fc.maxSafeInteger().map((whole) => Math.abs(whole) % 1e10),
  fc.maxSafeInteger().map((whole) => Math.abs(whole) % 3e15),
)
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('schedule'), delays: fc.array(delay, { maxLength: 80 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('pop'), count: fc.integer({ min: 1, max: 60 }), within: delay }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('hold'),
      delays: fc.array(delay, { minLength: 1, maxLength: 7 }),
      rounds: fc.integer({ min: 1, max: 400 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restore' }) },
  { weight: 1, arbitrary: fc.constant({ do: 'peek' }) },
)

/** The fast queue and the plain one, side by side; every step compares what they answer. */
class Pair {
  private readonly fast = new EventQueue()
  private readonly plain = new ReferenceQueue()
  private scheduled = 0

  run(actions: readonly Action[]): void {
    for (const each of actions) this.perform(each)
    while (this.plain.pending > 0) this.pop(Infinity)
    this.pop(Infinity)
  }

  schedule(delayPs: number): void {
    const n = this.scheduled
    this.scheduled += 1
    const time = this.plain.now + delayPs
    this.plain.schedule(time, n & 255, n, ~n, n ^ 0x55555555)
    this.fast.schedule(time, n & 255, n, ~n, n ^ 0x55555555)
  }

  pop(limit: number): void {
    const { fast, plain } = this
    const expected = plain.next(limit)
    const slot = fast.next(limit)
    const at = slot * PARTS
    const isSame =
      fast.clock[0] === plain.now &&
      fast.pending === plain.pending &&
      (expected === undefined
        ? slot < 0
        : fast.moments[slot * MOMENTS + TIME] === expected.time &&
          fast.data[at] === expected.kind &&
          fast.data[at + 1] === expected.a &&
          fast.data[at + 2] === expected.b &&
          fast.data[at + 3] === expected.c)
    if (!isSame) {
      const [kind, a, b, c] = fast.data.subarray(at, at + 4)
      const found = { kind, a, b, c }
      expect({ now: fast.clock[0], pending: fast.pending, slot, ...found }).toEqual(expected)
    }
  }

  restore(): void {
    const saved = this.fast.save()
    const copy = structuredClone(saved)
    this.fast.schedule(this.plain.now, 1, 2, 3, 4) // spoils the queue, not what was saved
    this.fast.next(Infinity)
    this.fast.restore(saved)
    expect(saved).toEqual(copy)
    expect(this.fast.save()).toEqual(copy)
  }

  private perform(each: Action): void {
    if (each.do === 'schedule') each.delays.forEach((delayPs) => this.schedule(delayPs))
    else if (each.do === 'pop') for (let i = 0; i < each.count; i += 1) this.pop(this.plain.now + each.within)
    else if (each.do === 'hold') this.hold(each.delays, each.rounds)
    else if (each.do === 'restore') this.restore()
    else expect(this.fast.peekTime()).toBe(this.plain.peekTime())
  }

  private hold(delays: readonly number[], rounds: number): void {
    for (let i = 0; i < rounds; i += 1) {
      this.schedule(delays[i % delays.length] ?? 0)
      this.pop(Infinity)
    }
  }
}

test('the event queue pops what a plain heap pops, in the same order, whatever is scheduled, saved and restored', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      new Pair().run(actions)
    }),
    { numRuns: 300 },
  )
})

test('a late event among many of the same bucket still pops in its turn', () => {
  const pair = new Pair()
  for (let i = 0; i < 500; i += 1) pair.schedule(1000 + i)
  pair.pop(Infinity)
  for (const delayPs of [0, 3, 3, 250, 1, 499, 0, 700]) pair.schedule(delayPs)
  pair.run([{ do: 'hold', delays: [0, 5, 400, 2], rounds: 300 }])
})

test('the order survives growth far past the first capacity and a change of bucket width', () => {
  const pair = new Pair()
  for (let i = 0; i < 9000; i += 1) pair.schedule((i * 7919) % 10_007)
  pair.run([
    { do: 'hold', delays: [1, 50, 5000, 0, 50], rounds: 3000 },
    { do: 'restore' },
    { do: 'hold', delays: [1e9, 3e11, 0, 17], rounds: 9000 },
  ])
})

test('times past 2^53 ps still pop in order', () => {
  const pair = new Pair()
  for (const delayPs of [2 ** 53, 2 ** 60, 2 ** 60, 3, 2 ** 70, 2 ** 53 + 2, 1e300, 1e300]) pair.schedule(delayPs)
  pair.run([{ do: 'hold', delays: [0, 2 ** 40, 2 ** 62], rounds: 600 }, { do: 'restore' }])
})

test('events scheduled for the present instant, over and over, keep their order', () => {
  const pair = new Pair()
  for (let i = 0; i < 20; i += 1) pair.schedule(0)
  pair.run([{ do: 'hold', delays: [0], rounds: 6000 }])
})

test('the finest buckets stay in order across 2^53 ps', () => {
  const pair = new Pair()
  for (let i = 0; i < 100; i += 1) pair.schedule(0)
  pair.run([
    { do: 'hold', delays: [0, 0, 0, 1], rounds: 600 }, // makes buckets one picosecond wide
    { do: 'schedule', delays: [2 ** 53 - 200] },
    { do: 'pop', count: 101, within: 2 ** 53 },
    { do: 'hold', delays: [100, 0, 4, 0, 0, 252, 2, 0], rounds: 600 },
  ])
})
