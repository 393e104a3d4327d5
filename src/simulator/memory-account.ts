import { capture, reinstate, type Plain, type Saved } from './engine/plain-state'
import { GIB } from '../units/data'
import type { Scenario } from '../scenario/scenario'
import type { Machine } from './services/machine'
import { TimeWeighted } from './statistics/time-weighted'

/** What is told of memory over time, in the order of the columns of `time`. */
export const accounts = ['stranded', 'unused', 'fragmented'] as const

/** Whether a run can take memory back; only then is it worth following. */
function takesBack({ policies: { memory }, application: { services } }: Scenario): boolean {
  const { leaseMs, highWatermark } = memory
  return (
    typeof leaseMs === 'number' ||
    typeof highWatermark === 'number' ||
    services.some((service) => service.footprintPhases)
  )
}

/** Memory that nobody has any use of, bytes over time: a column per name in `accounts`. */
export class MemoryAccount {
  readonly isOn: boolean
  readonly time = new TimeWeighted(accounts.length)
  /** Integrals when the measured window began. */
  warm = new Float64Array(accounts.length)
  /** Per instance: whole slabs that it leases and does not need; what rounding up to slabs adds. */
  unused: Float64Array
  rounding: Float64Array
  /** Pool capacity beyond whole slabs. */
  private readonly beyond: number
  /** Devices whose free slabs nobody can reach, and the routes for which that is so. */
  private outOfReach: readonly number[] = []
  private version = -1

  constructor(
    scenario: Scenario,
    private readonly machine: Machine,
  ) {
    this.isOn = takesBack(scenario)
    this.unused = new Float64Array(machine.instances.count)
    this.rounding = new Float64Array(machine.instances.count)
    this.beyond = beyondSlabs(scenario, machine)
  }

  /** What an instance leases or needs has changed. */
  note(instance: number): void {
    if (!this.isOn) return
    const { slabs, instances, queue } = this.machine
    const leases = instances.leases[instance]
    const unused = slabs.spareBytes(leases, instances.farNeed[instance])
    const rounding = Math.max(0, slabs.bytesOf(leases) - unused - instances.farNeed[instance]) // it may lack some
    this.time.add(1, unused - this.unused[instance], queue.clock[0])
    this.time.add(2, rounding - this.rounding[instance], queue.clock[0])
    this.unused[instance] = unused
    this.rounding[instance] = rounding
    this.reach()
  }

  /** Ways, or what is free out of reach, may have changed. */
  reach(): void {
    if (!this.isOn) return
    const { slabs, fabric, queue } = this.machine
    if (fabric.routes.version !== this.version) this.outOfReach = outOfReach(this.machine)
    this.version = fabric.routes.version
    const free = this.outOfReach.reduce((sum, i) => sum + slabs.free[i] * slabs.devices[i]!.slabBytes, 0)
    this.time.set(0, this.beyond + free + this.time.valueOf(1), queue.clock[0])
  }

  /** The measured window begins. */
  begin(): void {
    this.warm = this.warm.map((_, i) => this.time.integralAt(i, this.machine.queue.clock[0]))
    this.time.resetMaxima()
  }

  /** Means and maxima of the window so far, which ends at `now` and is `length` long; GiB. */
  figures(now: number, length: number): readonly (readonly [string, number])[] {
    if (!this.isOn) return []
    return accounts.flatMap((name, i) => [
      [`memory_${name}_mean_gib`, (this.time.integralAt(i, now) - this.warm[i]) / length / GIB] as const,
      [`memory_${name}_max_gib`, this.time.maxOf(i) / GIB] as const,
    ])
  }

  save(): Saved {
    return {
      ...capture(this as unknown as Record<string, Plain>, ['warm', 'unused', 'rounding']),
      time: this.time.save(),
    }
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, ['warm', 'unused', 'rounding'], saved)
    this.time.restore(saved['time'] as Float64Array)
    this.version = -1
  }
}

function beyondSlabs({ topology: { nodes } }: Scenario, { slabs, devices }: Machine): number {
  return slabs.devices.reduce((sum, memory, i) => {
    const node = nodes[devices.node[i]]
    if (!memory || node.kind !== 'memory') return sum
    return sum + node.spec.capacityGiB * GIB - memory.slabs * memory.slabBytes
  }, 0)
}

/** Memory devices that no device that runs services can reach. */
function outOfReach({ slabs, cores, fabric }: Machine): readonly number[] {
  const users = [...cores.count.keys()].filter((i) => cores.count[i] > 0 && !slabs.devices[i])
  return [...slabs.devices.keys()].filter(
    (i) => slabs.devices[i] && !users.some((user) => fabric.routes.reaches(user, i)),
  )
}
