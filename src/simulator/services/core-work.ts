import * as EventKind from '../engine/event-kind'
import * as Phase from './phase'
import * as SegmentKind from '../hardware/segment-kind'
import { edgeTime, nextEdge } from '../engine/clock'
import type { Machine } from './machine'
import { enter } from './phases'
import * as Wait from './wait'
import { noteWait } from './waits'

/** Below this a fraction of a cycle is rounding noise. */
const CYCLE_NOISE = 1e-6

/** Core visits: gathered work is done on one core of the token's device; FCFS, run to completion. */
export class CoreWork {
  constructor(private readonly machine: Machine) {}

  /** Does the work gathered so far; false if there is none and the token may go on at once. */
  flush(token: number): boolean {
    const { tokens } = this.machine
    if (tokens.cycles[token] === 0 && tokens.time[token] === 0) return false
    tokens.flushing[token] = 1
    if (tokens.core[token] >= 0) this.startSegment(token)
    else this.ask(token)
    return true
  }

  /** Gets a core, and does the work gathered so far; false if the token holds one and there is none to do. */
  hold(token: number): boolean {
    const { tokens } = this.machine
    if (tokens.core[token] >= 0) return this.flush(token)
    tokens.flushing[token] = 1
    this.ask(token)
    return true
  }

  /** Takes an idle core, or a place at the tail of the run queue. */
  ask(token: number): void {
    const { tokens, cores, queue, executions } = this.machine
    const device = tokens.device[token]
    if (this.grant(token)) return
    cores.enqueue(device, token, queue.clock[0])
    enter(this.machine, token, Phase.wait, SegmentKind.coreQueue, device, executions.instance[tokens.execution[token]])
  }

  private grant(token: number): boolean {
    const { tokens, cores, queue } = this.machine
    const now = queue.clock[0]
    const core = cores.take(tokens.device[token], token, now)
    if (core < 0) return false
    tokens.core[token] = core
    tokens.visitCycles[token] = 0
    tokens.visitEdges[token] = 0
    tokens.busySince[token] = now
    this.startSegment(token)
    return true
  }

  private startSegment(token: number): void {
    const { tokens, cores, queue } = this.machine
    const now = queue.clock[0]
    const device = tokens.device[token]
    const clocked = this.clockedEnd(token, now, cores.frequency[device])
    const slow = cores.slow[device]
    const length = clocked - now + tokens.time[token]
    const end = now + (slow === 1 ? length : Math.floor(length * slow + 0.5))
    tokens.segmentStart[token] = now
    tokens.segmentEnd[token] = end
    tokens.segmentTime[token] = Math.min(tokens.time[token], end - now)
    tokens.cycles[token] = 0
    tokens.time[token] = 0
    tokens.generation[token] += 1
    queue.schedule(end, EventKind.coreDone, token, tokens.generation[token], 0)
    enter(this.machine, token, Phase.compute, SegmentKind.core, device, tokens.core[token])
  }

  /** Cycles are rounded up once per visit, however many segments it has. */
  private clockedEnd(token: number, now: number, frequency: number): number {
    const { tokens } = this.machine
    if (tokens.cycles[token] === 0) return now
    const cycles = tokens.visitCycles[token] + tokens.cycles[token]
    const edges = Math.ceil(cycles - CYCLE_NOISE)
    const need = edges - tokens.visitEdges[token]
    tokens.visitCycles[token] = cycles
    tokens.visitEdges[token] = edges
    return need <= 0 ? now : edgeTime(nextEdge(now, frequency) + need, frequency)
  }

  /** Event `coreDone`: whether this segment was not interrupted. */
  finished(token: number, generation: number): boolean {
    const { tokens } = this.machine
    if (tokens.generation[token] !== generation || tokens.flushing[token] === 0) return false
    tokens.flushing[token] = 0
    return true
  }

  /** Gives the token's core to the next in the run queue. */
  release(token: number): void {
    const { tokens, cores, queue, instances, executions } = this.machine
    const core = tokens.core[token]
    if (core < 0) return
    const now = queue.clock[0]
    const device = tokens.device[token]
    cores.release(device, core, now)
    instances.busyPs[executions.instance[tokens.execution[token]]] += now - tokens.busySince[token]
    tokens.core[token] = -1
    const next = cores.nextWaiting(device, now)
    if (next < 0) return
    noteWait(this.machine, next, Wait.core, now - cores.joined[next])
    this.grant(next)
  }

  /** Takes a token off its core or run queue; the work left is gathered again. */
  interrupt(token: number): void {
    const { tokens, cores, queue } = this.machine
    const now = queue.clock[0]
    const device = tokens.device[token]
    if (tokens.core[token] < 0) {
      if (cores.remove(device, token, now)) noteWait(this.machine, token, Wait.core, now - cores.joined[token])
      return
    }
    const left = (tokens.segmentEnd[token] - now) / cores.slow[device]
    const timed = Math.min(left, tokens.segmentTime[token])
    tokens.time[token] = Math.floor(timed + 0.5)
    tokens.cycles[token] = ((left - timed) * cores.frequency[device]) / 1000
    tokens.generation[token] += 1
    this.release(token)
  }
}
