import { edgeTime, nextEdge } from '../engine/clock'
import { CYCLE_NOISE } from './cycles'
import type { Machine } from './machine'

/**
 * Slices of core time and context switches, for devices that have a quantum or a switch cost; all others never come here.
 * Times in ps; nominal ones are as if no fault slowed the device.
 */
export class TimeSlices {
  constructor(private readonly machine: Machine) {}

  /** Takes the core that the job ran on last, where that is idle and nobody has run there since; else the lowest idle one. */
  take(token: number, now: number): number {
    const { tokens, cores } = this.machine
    const device = tokens.device[token]
    for (let core = cores.room[device] - 1; core >= 0; core -= 1)
      if (cores.owner[cores.first[device] + core] < 0 && this.isSame(token, cores.first[device] + core)) {
        cores.occupy(device, core, token, now)
        return core
      }
    return cores.take(device, token, now)
  }

  private isSame(token: number, core: number): boolean {
    const { tokens, cores } = this.machine
    return cores.last[core] === token && cores.lastLife[core] === tokens.life[token]
  }

  /** A slice begins on the core that the job has got, after the switch from another job. */
  open(token: number, now: number): void {
    const { tokens, cores } = this.machine
    const device = tokens.device[token]
    const core = cores.first[device] + tokens.core[token]
    const isSwitch = cores.last[core] >= 0 && !this.isSame(token, core)
    const lead = isSwitch ? cores.switchPs[device] : 0
    cores.last[core] = token
    cores.lastLife[core] = tokens.life[token]!
    tokens.lead[token] = lead
    tokens.sliceEnd[token] = now + Math.floor(lead * cores.slow[device] + 0.5) + cores.quantumPs[device]
  }

  /** Another slice for a job that nobody waits behind. */
  renew(token: number, now: number): void {
    const { tokens, cores } = this.machine
    tokens.sliceEnd[token] = now + cores.quantumPs[tokens.device[token]]
  }

  /**
   * Takes from the gathered work what fits into the slice, and leaves the rest gathered. Clocked work is done in whole
   * cycles: where the slice ends within one, it lasts until that cycle ends. At least one cycle or picosecond is done.
   *
   * @returns nominal end of the part
   */
  cut(token: number, now: number): number {
    const { tokens, cores } = this.machine
    const device = tokens.device[token]
    const slow = cores.slow[device]
    const lead = tokens.lead[token]
    tokens.lead[token] = 0
    tokens.segmentStart[token] = now + Math.floor(lead * slow + 0.5)
    const stop = now + (tokens.sliceEnd[token] - now) / slow
    const clocked = this.cutCycles(token, now + lead, stop, cores.frequency[device])
    if (tokens.cycles[token] > 0) {
      tokens.segmentTime[token] = 0
      return clocked
    }
    const room = Math.floor(stop - clocked)
    const least = clocked > now ? 0 : 1
    const part = Math.min(tokens.time[token], Math.max(least, room))
    tokens.segmentTime[token] = part
    tokens.time[token] -= part
    return clocked + part
  }

  /** Cycles are rounded up once per core visit, however it is cut. */
  private cutCycles(token: number, from: number, stop: number, frequency: number): number {
    const { tokens } = this.machine
    const cycles = tokens.cycles[token]
    if (cycles === 0) return from
    const total = tokens.visitCycles[token] + cycles
    const need = Math.ceil(total - CYCLE_NOISE) - tokens.visitEdges[token]
    const first = nextEdge(from, frequency)
    const fit = stop < Infinity ? Math.max(1, nextEdge(Math.ceil(stop), frequency) - first) : Infinity
    if (need > fit) {
      tokens.cycles[token] = cycles - fit
      tokens.visitCycles[token] += fit
      tokens.visitEdges[token] += fit
      return edgeTime(first + fit, frequency)
    }
    tokens.cycles[token] = 0
    tokens.visitCycles[token] = total
    if (need <= 0) return from
    tokens.visitEdges[token] += need
    return edgeTime(first + need, frequency)
  }
}
