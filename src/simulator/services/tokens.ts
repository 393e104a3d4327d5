import { Columns } from './columns'

/** Where the time of a token goes. */
export const Phase = {
  wait: 0,
  compute: 1,
  memory: 2,
  network: 3,
  /** told by the callee or the branches */ elsewhere: 4,
} as const

/** What a token does at its instruction. */
export const Stage = {
  fresh: 0,
  /** Charges of this instruction are paid. */
  paid: 1,
  /** In a step with misses: the next group's cycles are to be run. */
  group: 2,
  /** In a step with misses: the group is to be issued. */
  issue: 3,
  /** A group is under way. */
  stalled: 4,
  /** Fault handling is paid, the pages are to be read. */
  fault: 5,
  /** Offloaded: on its way there, then back. */
  away: 6,
  back: 7,
  /** A new execution at its instance's door. */
  arriving: 8,
  /** Answered; told to its caller. */
  ended: 9,
} as const

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
    'flushing',
    'generation',
    'phase',
    'since',
    'spent',
    'cycles',
    'time',
    'visitCycles',
    'visitEdges',
    'segmentStart',
    'segmentEnd',
    'segmentTime',
    'stepMisses',
    'stepCycles',
    'missesLeft',
    'runsLeft',
    'group',
    'groupRemote',
    'groupIndex',
    'far',
    'stallEnd',
    'expected',
    'localWait',
    'shown',
    'place',
    'detail',
    'next',
    'busySince',
    'waited',
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
  /** Core work is asked for and not finished. */
  flushing = new Uint8Array(64)
  /** Counts core segments, so that the end of an interrupted one is known as stale. */
  generation = new Int32Array(64)
  phase = new Uint8Array(64)
  since = new Float64Array(64)
  /** Time in wait, compute, memory, network; 4 a token. */
  spent = new Float64Array(256)
  /** Core work gathered and not begun. */
  cycles = new Float64Array(64)
  time = new Float64Array(64)
  /** Cycles of this core visit so far, and the clock edges they took. */
  visitCycles = new Float64Array(64)
  visitEdges = new Float64Array(64)
  segmentStart = new Float64Array(64)
  segmentEnd = new Float64Array(64)
  segmentTime = new Float64Array(64)
  stepMisses = new Float64Array(64)
  stepCycles = new Float64Array(64)
  missesLeft = new Float64Array(64)
  /** How often its kernel is still to run. */
  runsLeft = new Int32Array(64)
  /** Misses of the group under way, of them remote; its number in the step. */
  group = new Float64Array(64)
  groupRemote = new Float64Array(64)
  groupIndex = new Int32Array(64)
  /** Memory device that serves the group. */
  far = new Int32Array(64)
  /** When the stall would end on an idle rack; when the answer would come there. */
  stallEnd = new Float64Array(64)
  expected = new Float64Array(64)
  localWait = new Float64Array(64)
  /** Segment kind, place and detail for the display; 255: nothing to show. */
  shown = new Uint8Array(64)
  place = new Int32Array(64)
  detail = new Int32Array(64)
  next = new Int32Array(64)
  busySince = new Float64Array(64)
  /** Own waits by kind, 4 a token: see waits.ts. A handle that is not out has zeros. */
  waited = new Float64Array(256)

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
    this.flushing[slot] = 0
    this.phase[slot] = Phase.network
    this.since[slot] = now
    this.spent.fill(0, slot * 4, slot * 4 + 4)
    this.cycles[slot] = 0
    this.time[slot] = 0
    this.visitCycles[slot] = 0
    this.visitEdges[slot] = 0
    this.shown[slot] = 255
    this.next[slot] = -1
    return slot
  }

  close(slot: number): void {
    this.waited.fill(0, slot * 4, slot * 4 + 4)
    this.pool.release(slot)
  }
}
