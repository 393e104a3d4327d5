import * as Stage from './stage'
import * as Phase from './phase'
import { Columns } from './columns'
import * as Wait from './wait'

/** Entries of `Tokens.times` a token, and the one that says since when it is in its phase. */
export const TIMES = 5
export const SINCE = 4
/** Entries of `Tokens.shown` a token. */
export const SHOWN = 4

/** Nothing to show. */
export const HIDDEN = 255

/**
 * Cursors in the program: one per execution, one more per branch of `parallel`. A token is the job that queues for
 * cores. Times in ps, work in cycles of the device that does it.
 */
export class Tokens extends Columns {
  protected readonly fields = [
    'execution',
    'pc',
    'exit',
    'stage',
    'device',
    'core',
    'parent',
    'pending',
    'failed',
    'flushing',
    'generation',
    'times',
    'shown',
    'cycles',
    'time',
    'visitCycles',
    'visitEdges',
    'segmentStart',
    'segmentEnd',
    'segmentTime',
    'stepMisses',
    'stepInstructions',
    'missesLeft',
    'runsLeft',
    'via',
    'viaTo',
    'viaPurpose',
    'viaBytes',
    'viaSender',
    'viaReceiver',
    'viaAt',
    'group',
    'groupRemote',
    'groupIndex',
    'stallEnd',
    'localWait',
    'spot',
    'outstanding',
    'expected',
    'bankWait',
    'flowPath',
    'flowRate',
    'next',
    'busySince',
    'waited',
    'segmentSlow',
    'sliceEnd',
    'lead',
    'life',
    'choice',
  ]
  execution = new Int32Array(64)
  pc = new Int32Array(64)
  /** Where it goes when its execution has failed: the end, or its branch's join. */
  exit = new Int32Array(64)
  stage = new Uint8Array(64)
  /** Device that does its core work. */
  device = new Int32Array(64)
  /** Core held there; -1: none. */
  core = new Int32Array(64)
  /** Token that forked it; -1: none. */
  parent = new Int32Array(64)
  /** Branches still running. */
  pending = new Int32Array(64)
  /** Whether a step of its own, or one of its branches, has failed. */
  failed = new Uint8Array(64)
  /** Core work is asked for and not finished. */
  flushing = new Uint8Array(64)
  /** Counts core segments, so that the end of an interrupted one is known as stale. */
  generation = new Int32Array(64)
  /** Time in wait, compute, memory, network, and since when it is in its present phase; `TIMES` a token. */
  times = new Float64Array(64 * TIMES)
  /** Its phase, and segment kind (255: nothing to show), place and detail for the display; `SHOWN` a token. */
  shown = new Int32Array(64 * SHOWN)
  /** Core work gathered and not begun. */
  cycles = new Float64Array(64)
  time = new Float64Array(64)
  /** Cycles of this core visit so far, and the clock edges they took. */
  visitCycles = new Float64Array(64)
  visitEdges = new Float64Array(64)
  segmentStart = new Float64Array(64)
  segmentEnd = new Float64Array(64)
  segmentTime = new Float64Array(64)
  /** How many times slower the device was when the segment began. */
  segmentSlow = new Float64Array(64)
  /** When the slice ends, and what the switch to this job still costs, ps; where the device is sliced. */
  sliceEnd = new Float64Array(64)
  lead = new Float64Array(64)
  /** Counts the lives of a handle, so that a new job is not taken for the one before it. */
  life = new Int32Array(64)
  /** The decision on where its step runs, until the step has ended; -1: none. */
  choice = new Int32Array(64)
  stepMisses = new Float64Array(64)
  stepInstructions = new Float64Array(64)
  missesLeft = new Float64Array(64)
  /** How often its kernel is still to run. */
  runsLeft = new Int32Array(64)
  /** A message whose RPC work is on NICs: what it does next (0: it is none), its end, purpose and bytes, where it is. */
  via = new Uint8Array(64)
  viaTo = new Int32Array(64)
  viaPurpose = new Int32Array(64)
  viaBytes = new Float64Array(64)
  /** NICs that do the work of its ends; -1: none. */
  viaSender = new Int32Array(64)
  viaReceiver = new Int32Array(64)
  viaAt = new Int32Array(64)
  /** Misses of the group under way, of them remote; its number in the step. */
  group = new Float64Array(64)
  groupRemote = new Float64Array(64)
  groupIndex = new Int32Array(64)
  /** When the stall would end on an idle rack; how long its local misses wait for the bus. */
  stallEnd = new Float64Array(64)
  localWait = new Float64Array(64)
  /** Says which banks the group's lines take. */
  spot = new Int32Array(64)
  /** Answers still to come; when the last would come on an idle rack; what the banks add, -1: one window goes by itself. */
  outstanding = new Int32Array(64)
  expected = new Float64Array(64)
  bankWait = new Float64Array(64)
  /** The flow that a fluid stall is; -1: none; and its windows per ps. */
  flowPath = new Int32Array(64)
  flowRate = new Float64Array(64)
  next = new Int32Array(64)
  busySince = new Float64Array(64)
  /** Own waits by kind, `Wait.COUNT` a token: see wait.ts. A handle that is not out has zeros. */
  waited = new Float64Array(64 * Wait.COUNT)

  open(execution: number, pc: number, exit: number, now: number): number {
    const slot = this.take()
    this.execution[slot] = execution
    this.pc[slot] = pc
    this.exit[slot] = exit
    this.stage[slot] = Stage.fresh
    this.device[slot] = -1
    this.core[slot] = -1
    this.parent[slot] = -1
    this.pending[slot] = 0
    this.failed[slot] = 0
    this.flushing[slot] = 0
    this.via[slot] = 0
    this.choice[slot] = -1
    this.openPhase(slot, now)
    this.cycles[slot] = 0
    this.time[slot] = 0
    this.visitCycles[slot] = 0
    this.visitEdges[slot] = 0
    this.flowPath[slot] = -1
    this.next[slot] = -1
    return slot
  }

  /** Another at the same instruction, which has spent what the first has, and has nothing under way. */
  twin(token: number, now: number): number {
    const slot = this.open(this.execution[token], this.pc[token], this.exit[token], now)
    this.parent[slot] = this.parent[token]!
    this.failed[slot] = this.failed[token]!
    this.times.copyWithin(slot * TIMES, token * TIMES, token * TIMES + SINCE)
    this.waited.copyWithin(slot * Wait.COUNT, token * Wait.COUNT, (token + 1) * Wait.COUNT)
    return slot
  }

  private openWaits(at: number): void {
    const { waited } = this
    waited[at] = 0
    waited[at + 1] = 0
    waited[at + 2] = 0
    waited[at + 3] = 0
    waited[at + 4] = 0
    waited[at + 5] = 0
    waited[at + 6] = 0
  }

  private openPhase(slot: number, now: number): void {
    const { times, shown } = this
    const at = slot * TIMES
    times[at] = 0
    times[at + 1] = 0
    times[at + 2] = 0
    times[at + 3] = 0
    times[at + SINCE] = now
    shown[slot * SHOWN] = Phase.network
    shown[slot * SHOWN + 1] = HIDDEN
  }

  close(slot: number): void {
    this.life[slot] += 1
    this.openWaits(slot * Wait.COUNT)
    this.pool.release(slot)
  }
}
