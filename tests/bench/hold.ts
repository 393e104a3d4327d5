import { spentMs } from './clock'
import { MOMENTS, PARTS, TIME } from '../../src/simulator/engine/event-columns'
import { EventQueue } from '../../src/simulator/engine/event-queue'
import { ln } from '../../src/simulator/engine/exact-math'
import { nextUniform32 } from '../../src/simulator/engine/random'
import { BinaryHeap } from './hold-queues'

/** How fast both queues hold `pending` events: the earliest pops and one is scheduled, over and over. */
export interface HoldRow {
  readonly pending: number
  /** Least nanoseconds for one pop and one push. */
  readonly wheelNs: number
  readonly heapNs: number
  /** Whether both popped the same events at the same times. */
  readonly isSameOrder: boolean
}

export const PENDING: readonly number[] = [100, 10_000, 1_000_000]
/** Mean time from scheduling to popping, ps. */
const MEAN_PS = 1e6
const WINDOWS = 5

/** Delays drawn beforehand, so that only the queue is measured: a power of two of them, exponential, whole ps. */
function drawDelays(): Float64Array {
  const state = Int32Array.of(1, 2, 3, 4)
  return Float64Array.from({ length: 65536 }, () => {
    return Math.floor(-MEAN_PS * ln((nextUniform32(state) + 0.5) / 4294967296) + 0.5)
  })
}

/** One queue under test: `hold` runs that many rounds and returns a hash of what popped. */
interface Subject {
  readonly hold: (rounds: number) => number
}

function wheel(pending: number, delays: Float64Array): Subject {
  const queue = new EventQueue()
  let drawn = 0
  for (let i = 0; i < pending; i += 1) queue.schedule(delays[drawn++ & 65535], 0, i, 0, 0)
  return {
    hold: (rounds) => {
      const clock = queue.clock
      let hash = 0
      for (let i = 0; i < rounds; i += 1) {
        const id = queue.data[queue.next(Infinity) * PARTS + 1]
        hash = (Math.imul(hash, 31) + id) | 0
        const slot = queue.alloc(0, id, 0, 0)
        queue.moments[slot * MOMENTS + TIME] = clock[0] + delays[drawn++ & 65535]
        queue.push(slot)
      }
      return (hash ^ clock[0]) | 0
    },
  }
}

function heap(pending: number, delays: Float64Array): Subject {
  const queue = new BinaryHeap(pending)
  let drawn = 0
  for (let i = 0; i < pending; i += 1) {
    queue.time[i] = delays[drawn++ & 65535]
    queue.push(i)
  }
  return {
    hold: (rounds) => {
      const clock = queue.clock
      let hash = 0
      for (let i = 0; i < rounds; i += 1) {
        const id = queue.pop()
        hash = (Math.imul(hash, 31) + id) | 0
        queue.time[id] = clock[0] + delays[drawn++ & 65535]
        queue.push(id)
      }
      return (hash ^ clock[0]) | 0
    },
  }
}

/** Least ns per round over several windows, after one window to warm up, and the hashes of all of them. */
function measure(subject: Subject, rounds: number): { readonly ns: number; readonly hashes: string } {
  const hashes = [subject.hold(rounds)]
  let best = Infinity
  for (let i = 0; i < WINDOWS; i += 1) {
    const start = spentMs()
    hashes.push(subject.hold(rounds))
    best = Math.min(best, spentMs() - start)
  }
  return { ns: (best * 1e6) / rounds, hashes: hashes.join() }
}

/** Measures both queues with `pending` events, exponential delays of 1 µs in the mean. */
export function measureHold(pending: number): HoldRow {
  const delays = drawDelays()
  const rounds = Math.max(500_000, pending)
  const fast = measure(wheel(pending, delays), rounds)
  const plain = measure(heap(pending, delays), rounds)
  return { pending, wheelNs: fast.ns, heapNs: plain.ns, isSameOrder: fast.hashes === plain.hashes }
}

/**
 * One line for people: `hold 10,000 pending: 61 ns wheel, 130 ns binary heap (2.1 times), 105 ns C++ (1.7 times)`.
 *
 * @param reference ns per hold of C++ `std::priority_queue`, null where there is none
 */
export function describeHold(row: HoldRow, reference: number | null): string {
  const beside = (ns: number, name: string): string =>
    `${ns.toFixed(0)} ns ${name} (${(ns / row.wheelNs).toFixed(2)} times)`
  const order = row.isSameOrder ? '' : ', BUT IN ANOTHER ORDER'
  const cpp = reference === null ? '' : `, ${beside(reference, 'C++ std::priority_queue')}`
  const pending = row.pending.toLocaleString('en-US')
  return `hold ${pending} pending: ${row.wheelNs.toFixed(0)} ns wheel, ${beside(row.heapNs, 'binary heap')}${cpp}${order}`
}
