import * as Stage from './stage'
import * as Phase from './phase'
import { Records } from '../engine/records'
import * as Wait from './wait'

/** The entry of `Tokens.times` that says since when a token is in its phase. */
export const SINCE = 4

/** Nothing to show. */
export const HIDDEN = 255

/**
 * Cursors in the program: one per execution, one more per branch of `parallel`. A token is the job that queues for
 * cores. Times in ps, work in cycles of the device that does it.
 */
export class Tokens extends Records {
  // What every token uses stands first, so that it meets few cache lines.
  execution = this.int()
  pc = this.int()
  /** Where it goes when its execution has failed: the end, or its branch's join. */
  exit = this.int()
  stage = this.int()
  /** Device that does its core work. */
  device = this.int()
  /** Core held there; -1: none. */
  core = this.int()
  /** Core work is asked for and not finished. */
  flushing = this.int()
  /** Counts core segments, so that the end of an interrupted one is known as stale. */
  generation = this.int()
  /** Its phase, and segment kind (255: nothing to show), place and detail for the display. */
  shown = this.int(4)
  /** A message whose RPC work is on NICs: what it does next; 0: it is none. */
  via = this.int()
  /** The decision on where its step runs, until the step has ended; -1: none. */
  choice = this.int()
  /** Token that forked it; -1: none. */
  parent = this.int()
  next = this.int()
  /** Who waits behind it in a run queue of cores; -1: nobody. And since when it waits there, ps. */
  behind = this.int()
  joined = this.real()
  /** Branches still running. */
  pending = this.int()
  /** Whether a step of its own, or one of its branches, has failed. */
  failed = this.int()
  /** Core work gathered and not begun. */
  cycles = this.real()
  time = this.real()
  /** Cycles of this core visit so far, and the clock edges they took. */
  visitCycles = this.real()
  visitEdges = this.real()
  /** Time in wait, compute, memory, network; and, at `SINCE`, since when it is in its present phase. */
  times = this.real(SINCE + 1)
  busySince = this.real()
  segmentStart = this.real()
  segmentEnd = this.real()
  segmentTime = this.real()
  /** How many times slower the device was when the segment began. */
  segmentSlow = this.real()
  /** Own waits by kind: see wait.ts. A handle that is not out has zeros. */
  waited = this.real(Wait.COUNT)
  /** When the slice ends, and what the switch to this job still costs, ps; where the device is sliced. */
  sliceEnd = this.real()
  lead = this.real()
  /** Counts the lives of a handle, so that a new job is not taken for the one before it. */
  life = this.int()
  stepMisses = this.real()
  stepInstructions = this.real()
  missesLeft = this.real()
  /** How often its kernel is still to run. */
  runsLeft = this.int()
  /** Where that message goes, its purpose and bytes. */
  viaTo = this.int()
  viaPurpose = this.int()
  viaBytes = this.real()
  /** NICs that do the work of its ends; -1: none; and where it is. */
  viaSender = this.int()
  viaReceiver = this.int()
  viaAt = this.int()
  /** Misses of the group under way, of them remote; its number in the step. */
  group = this.real()
  groupRemote = this.real()
  groupIndex = this.int()
  /** When the stall would end on an idle rack; how long its local misses wait for the bus. */
  stallEnd = this.real()
  localWait = this.real()
  /** Says which banks the group's lines take. */
  spot = this.int()
  /** Answers still to come; when the last would come on an idle rack; what the banks add, -1: one window goes by itself. */
  outstanding = this.int()
  expected = this.real()
  bankWait = this.real()
  /** The flow that a fluid stall is; -1: none; and its windows per ps. */
  flowPath = this.int()
  flowRate = this.real()

  constructor() {
    super(48)
  }

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
    this.times.copyWithin(slot, token, token + SINCE)
    this.waited.copyWithin(slot, token, token + Wait.COUNT)
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
    times[slot] = 0
    times[slot + 1] = 0
    times[slot + 2] = 0
    times[slot + 3] = 0
    times[slot + SINCE] = now
    shown[slot] = Phase.network
    shown[slot + 1] = HIDDEN
  }

  close(slot: number): void {
    this.life[slot] += 1
    this.openWaits(slot)
    this.pool.release(slot)
  }
}
