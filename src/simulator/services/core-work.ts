import * as EventKind from '../engine/event-kind'
import * as Phase from './phase'
import * as SegmentKind from '../hardware/segment-kind'
import { edgeTime, nextEdge } from '../engine/clock'
import { creditCore } from './busy-time'
import { CYCLE_NOISE, cyclesBetween } from './cycles'
import type { Machine } from './machine'
import { enter } from './phases'
import { TimeSlices } from './time-slices'
import * as Wait from './wait'
import { noteWait } from './waits'

/**
 * Core visits: gathered work is done on one core of the token's device; FCFS, run to completion, or in slices where the
 * device has a quantum.
 */
export class CoreWork {
  private readonly slices: TimeSlices

  constructor(private readonly machine: Machine) {
    this.slices = new TimeSlices(machine)
  }

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
    if (!this.grant(token)) this.wait(token)
  }

  private wait(token: number): void {
    const { tokens, cores, queue, executions } = this.machine
    const device = tokens.device[token]
    cores.enqueue(device, token, queue.clock[0])
    enter(this.machine, token, Phase.wait, SegmentKind.coreQueue, device, executions.instance[tokens.execution[token]])
  }

  private grant(token: number): boolean {
    const { tokens, cores, queue } = this.machine
    const now = queue.clock[0]
    const device = tokens.device[token]
    const isSliced = cores.sliced[device] === 1
    const core = isSliced ? this.slices.take(token, now) : cores.take(device, token, now)
    if (core < 0) return false
    tokens.core[token] = core
    tokens.visitCycles[token] = 0
    tokens.visitEdges[token] = 0
    tokens.busySince[token] = now
    if (isSliced) this.slices.open(token, now)
    this.startSegment(token)
    return true
  }

  private startSegment(token: number): void {
    const { tokens, cores, queue } = this.machine
    const now = queue.clock[0]
    const device = tokens.device[token]
    if (cores.sliced[device] === 1) {
      this.startSlice(token, device, now)
      return
    }
    const clocked = this.clockedEnd(token, now, cores.frequency[device])
    const slow = cores.slow[device]
    const length = clocked - now + tokens.time[token]
    const end = now + (slow === 1 ? length : Math.floor(length * slow + 0.5))
    tokens.segmentStart[token] = now
    tokens.segmentEnd[token] = end
    tokens.segmentSlow[token] = slow
    tokens.segmentTime[token] = Math.min(tokens.time[token], end - now)
    tokens.cycles[token] = 0
    tokens.time[token] = 0
    tokens.generation[token] += 1
    queue.schedule(end, EventKind.coreDone, token, tokens.generation[token], 0)
    enter(this.machine, token, Phase.compute, SegmentKind.core, device, tokens.core[token])
  }

  /** As `startSegment`, up to the end of the slice; where that has come, others who wait go first. */
  private startSlice(token: number, device: number, now: number): void {
    const { tokens, cores, queue } = this.machine
    if (now >= tokens.sliceEnd[token]) {
      if (cores.waiting[device] > 0) {
        this.preempt(token, now)
        return
      }
      this.slices.renew(token, now)
    }
    const length = this.slices.cut(token, now) - now
    const slow = cores.slow[device]
    const end = now + (slow === 1 ? length : Math.floor(length * slow + 0.5))
    tokens.segmentEnd[token] = end
    tokens.segmentSlow[token] = slow
    tokens.generation[token] += 1
    const isLast = tokens.cycles[token] === 0 && tokens.time[token] === 0
    queue.schedule(end, isLast ? EventKind.coreDone : EventKind.sliceDone, token, tokens.generation[token], 0)
    enter(this.machine, token, Phase.compute, SegmentKind.core, device, tokens.core[token])
  }

  /** Event `sliceDone`: the job's slice has ended before its work. */
  sliceDone(token: number, generation: number): void {
    const { tokens, queue } = this.machine
    if (tokens.generation[token] !== generation || tokens.flushing[token] === 0) return
    const now = queue.clock[0]
    tokens.sliceEnd[token] = now
    this.startSlice(token, tokens.device[token], now)
  }

  /** The job goes behind all that wait, and the first of them gets its core. */
  private preempt(token: number, now: number): void {
    this.leaveCore(token, now)
    const next = this.takeNext(this.machine.tokens.device[token], now) // first, or the queue would seem longer than it is
    this.wait(token)
    if (next >= 0) this.grant(next)
  }

  private leaveCore(token: number, now: number): void {
    const { tokens, cores } = this.machine
    cores.vacate(tokens.device[token], tokens.core[token], now)
    creditCore(this.machine, token, now)
    tokens.core[token] = -1
  }

  private grantNext(device: number, now: number): void {
    const next = this.takeNext(device, now)
    if (next >= 0) this.grant(next)
  }

  /** Takes the first job off the run queue; -1: none waits, or none may run. */
  private takeNext(device: number, now: number): number {
    const { cores, shadows } = this.machine
    if (cores.room[device] === 0) return -1
    const next = cores.nextWaiting(device, now)
    if (shadows.head[device] >= 0) shadows.turn(device, next < 0)
    if (next >= 0) noteWait(this.machine, next, Wait.core, now - cores.jobs.joined[next])
    return next
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
    const { tokens, cores, queue } = this.machine
    if (tokens.core[token] < 0) return
    const now = queue.clock[0]
    const device = tokens.device[token]
    cores.served[device] += 1
    this.leaveCore(token, now)
    this.grantNext(device, now)
  }

  /** The device is down: what it works on goes back to the head of its run queue, with the work that is left. */
  pause(device: number): void {
    const { cores, tokens } = this.machine
    cores.room[device] = 0
    const first = cores.first[device]
    const running = [...cores.owner.subarray(first, first + cores.count[device])]
    const jobs = running.filter((token) => token >= 0 && tokens.flushing[token] === 1)
    for (let token = cores.head[device]; token >= 0; token = cores.jobs.behind[token]!) jobs.push(token)
    for (const token of jobs) this.interrupt(token)
    for (const token of jobs) this.ask(token)
  }

  /** The device is up again: its cores take from its run queue. */
  resume(device: number): void {
    const { cores, queue } = this.machine
    cores.room[device] = cores.count[device]!
    while (cores.waiting[device] > 0 && cores.busy[device] < cores.count[device]) this.grantNext(device, queue.clock[0])
  }

  /** The device works slower or faster from now on, on what it has begun too. */
  setPace(device: number, slow: number): void {
    const { cores, tokens, queue } = this.machine
    if (cores.slow[device] === slow) return
    const now = queue.clock[0]
    cores.slow[device] = slow
    const first = cores.first[device]
    for (const token of [...cores.owner.subarray(first, first + cores.count[device])]) {
      if (token < 0 || tokens.flushing[token] === 0) continue
      this.gatherRest(token, now, cores.frequency[device])
      tokens.visitCycles[token] = 0
      tokens.visitEdges[token] = 0
      if (tokens.cycles[token] === 0 && tokens.time[token] === 0) tokens.time[token] = 1
      this.startSegment(token)
    }
  }

  /** Takes a token off its core or run queue; the work left is gathered again. */
  interrupt(token: number): void {
    const { tokens, cores, queue } = this.machine
    const now = queue.clock[0]
    const device = tokens.device[token]
    if (tokens.core[token] < 0) {
      if (cores.remove(device, token, now)) noteWait(this.machine, token, Wait.core, now - cores.jobs.joined[token])
      return
    }
    this.gatherRest(token, now, cores.frequency[device])
    tokens.generation[token] += 1
    this.release(token)
  }

  /** Adds what is left of a segment at `now` to the gathered work; a cycle under way counts as far as it is. */
  private gatherRest(token: number, now: number, frequency: number): void {
    const { tokens } = this.machine
    const start = tokens.segmentStart[token]
    const slow = tokens.segmentSlow[token]
    const at = Math.max(now, start)
    const left = (tokens.segmentEnd[token] - at) / slow
    const timed = Math.min(left, tokens.segmentTime[token])
    tokens.time[token] += Math.floor(timed + 0.5)
    if (slow === 1) {
      const begun = Math.max(at, edgeTime(nextEdge(start, frequency), frequency))
      tokens.cycles[token] += cyclesBetween(begun, tokens.segmentEnd[token] - tokens.segmentTime[token], frequency)
    } else tokens.cycles[token] += ((left - timed) * frequency) / 1000
  }
}
