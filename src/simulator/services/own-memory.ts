import type { Machine } from './machine'

/**
 * The memory that belongs to a device's cores: local DRAM, or for near-memory cores the channels next to them, which
 * they share with the traffic that comes over the fabric.
 */
export class OwnMemory {
  constructor(private readonly machine: Machine) {}

  /** How long `lines` misses issued together take on idle own memory, ps. */
  windowPs(device: number, lines: number): number {
    if (lines <= 0) return 0
    const dram = this.machine.local.devices[device]
    if (dram) return Math.max(dram.latencyPs, Math.round(lines * dram.linePs))
    const { memory } = this.machine
    return memory.devices[device]!.nearPs + memory.unloaded(device, lines, 1, 0, 0).last
  }

  /** Takes `lines` lines of `windows` windows from its bus or channels at `now`; returns how long they wait for those before them, ps. */
  take(device: number, lines: number, now: number, windows = 1): number {
    if (lines <= 0) return 0
    const { local, memory } = this.machine
    if (local.devices[device]) return local.take(device, lines, now, windows)
    const idle = memory.unloaded(device, lines, 1, now, now).last
    return Math.max(memory.serve(device, lines, 1, now, now).last - idle, windows * memory.loadedDelay(device, now))
  }

  /** Whether it has been busy for more than a share of the time of late. */
  isUsed(device: number, now: number, share: number): boolean {
    const { local, memory } = this.machine
    if (local.devices[device]) return local.isUsed(device, now, share)
    return memory.devices[device] !== null && memory.isUsed(device, now, share)
  }

  /** Time of a line at full bandwidth, ps; not rounded. */
  linePs(device: number): number {
    const { local, memory } = this.machine
    const near = memory.devices[device]
    return local.devices[device]?.linePs ?? (near ? near.linePs / near.channels : 0)
  }

  /**
   * What an instance's `misses` in windows of `width` cost a core that has nobody to share with, and the wait for those
   * before; ps.
   */
  stallPs(device: number, misses: number, width: number, now: number, instance: number): number {
    if (misses <= 0) return 0
    const { stack, cores } = this.machine
    const full = Math.floor(misses / width)
    const idle = full * this.windowPs(device, width) + this.windowPs(device, misses % width)
    const wait = this.take(device, misses, now, Math.ceil(misses / width))
    stack.missed(instance, misses, 0, idle, 0, cores.frequency[device])
    stack.delayed(instance, wait, cores.frequency[device])
    return idle + wait
  }
}
