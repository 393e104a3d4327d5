import { GIB } from '../units/data'
import { PS_PER_US } from '../units/time'
import type { Scenario } from '../scenario/scenario'
import type { Decisions } from './decisions'
import type { Lease } from './hardware/slabs'
import { hitRatio } from './services/locality'
import { policyNamed } from './policy-named'
import { memoryPolicies } from './policies/memory/index'
import type { MemoryCandidate, MemoryChoice } from './policies/memory/memory-policy'
import type { Candidate } from './result'
import type { ServiceSpec } from './services/instances'
import { canBeFar, type Machine } from './services/machine'
import { readPs } from './unloaded'

/** So many candidates of a decision are kept: those chosen, and the first of the others. */
const MOST_CANDIDATES = 32

/** Far memory found for an instance; it is leased already. */
export interface Grant {
  readonly leases: readonly Lease[]
  readonly bytes: number
  readonly pools: readonly MemoryCandidate[]
  readonly choice: MemoryChoice
  /** Bytes that go to the host's local memory, as the pools have not enough. */
  readonly spilled: number
}

/** Leases far memory by the memory policy, and records what it decided. */
export class Leasing {
  private readonly memories: readonly number[]

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly decisions: Decisions,
  ) {
    this.memories = machine.slabs.devices.flatMap((device, i) => (device === null ? [] : [i]))
  }

  /**
   * Leases `bytes` for an instance on a device; null where there is not enough. With `spill` what the pools in reach have
   * not is left to the local memory of the device, where there is room.
   *
   * @param room local memory that may be used so, at most what the device has left
   */
  lease(instance: number, device: number, bytes: number, room = Infinity): Grant | null {
    if (bytes <= 0) return { leases: [], bytes: 0, pools: [], choice: { slabs: [], reason: '' }, spilled: 0 }
    const { slabs, devices, instances, local, health } = this.machine
    const reachable = this.memories.filter((i) => health.down[i] === 0 && canBeFar(this.machine, device, i))
    const pools = reachable.map((i) => this.view(device, i))
    const policy = policyNamed(memoryPolicies, this.scenario.policies.memory.use, 'memory')
    const allocate = (wanted: number): MemoryChoice | null =>
      policy.allocate({ instance: instances.name(instance), from: devices.names[device], bytes: wanted }, pools)
    let choice = allocate(bytes)
    let spilled = 0
    if (choice === null && this.scenario.policies.memory['onFull'] === 'spill') {
      const free = pools.reduce((sum, { freeSlabs, slabBytes }) => sum + freeSlabs * slabBytes, 0)
      spilled = bytes - free
      if (spilled > Math.min(room, local.roomBytes(device))) return null
      choice = free > 0 ? allocate(free) : { slabs: pools.map(() => 0), reason: '' }
    }
    if (choice === null) return null
    const counts = new Map(reachable.map((at, i) => [at, choice.slabs[i]] as const).filter(([, count]) => count > 0))
    return { leases: slabs.lease(instance, counts), bytes: bytes - spilled, pools, choice, spilled }
  }

  /** Leases up to `slabs` slabs for further copies of an instance's memory, on devices that fit. */
  leaseCopies(instance: number, slabs: number, fits: (memory: number) => boolean): Lease[] {
    const { machine } = this
    const home = machine.instances.device[instance]
    const open = this.memories.filter(
      (i) => machine.health.down[i] === 0 && machine.slabs.free[i] > 0 && canBeFar(machine, home, i) && fits(i),
    )
    const pools = open.map((i) => this.view(home, i))
    const room = pools.reduce((sum, pool) => sum + pool.freeSlabs, 0)
    if (room === 0) return []
    const request = {
      instance: machine.instances.name(instance),
      from: machine.devices.names[home],
      bytes: Math.min(room, slabs) * pools[0].slabBytes,
    }
    const choice = policyNamed(memoryPolicies, this.scenario.policies.memory.use, 'memory').allocate(request, pools)
    if (choice === null) return []
    return machine.slabs.lease(instance, new Map(open.map((at, i) => [at, choice.slabs[i]])))
  }

  private view(home: number, memory: number): MemoryCandidate {
    const { slabs, devices, fabric } = this.machine
    const { channels, linePs, slabBytes } = this.machine.memory.devices[memory]!
    const there = fabric.routes.between(home, memory)
    const back = fabric.routes.between(memory, home)
    const wire = fabric.ports.gbps[fabric.routes.list[back].channels[0]] / 8
    return {
      name: devices.names[memory],
      freeSlabs: slabs.free[memory],
      slabBytes,
      latencyNs: readPs(this.machine, there, memory, home) / 1000,
      bandwidthGBps: Math.min((channels * 64_000) / linePs, wire),
    }
  }

  /** Records a lease. The estimate is what a remote line takes on an idle rack, over all slabs. */
  tell(instance: number, device: number, { leases, bytes, pools, choice, spilled }: Grant): void {
    if (leases.length === 0 && spilled === 0) return
    const { instances, devices, queue } = this.machine
    const slabs = choice.slabs.reduce((sum, count) => sum + count, 0)
    const latencyNs = pools.reduce((sum, pool, i) => sum + (choice.slabs[i] / slabs) * pool.latencyNs, 0)
    const far = `leases ${gib(bytes)} in ${slabs === 1 ? '1 slab' : `${slabs} slabs`}: ${choice.reason}`
    const near = `spills ${gib(spilled)} to local memory of ${devices.names[device]}: the pools are full`
    const to = [...new Set(leases.map((lease) => devices.names[lease.device]))]
    this.decisions.add(queue.clock[0], {
      kind: 'memory',
      subject: instances.name(instance),
      from: devices.names[device],
      to: [...to, ...(spilled > 0 ? [devices.names[device]] : [])].join(' '),
      policy: this.scenario.policies.memory.use,
      reason: [...(slabs > 0 ? [far] : []), ...(spilled > 0 ? [near] : [])].join('; '),
      estimateUs: slabs > 0 ? (latencyNs * 1000) / PS_PER_US : NaN,
      candidates: candidatesOf(pools, choice.slabs),
    })
  }

  /** Records that there is not enough. */
  tellFull(instance: number, bytes: number): void {
    const { memory } = this.scenario.policies
    const verb = memory['onFull'] === 'reject' ? 'rejected' : 'waits'
    this.decisions.add(this.machine.queue.clock[0], {
      kind: 'memory',
      subject: this.machine.instances.name(instance),
      to: '',
      policy: memory.use,
      reason: `${verb}: the pools have not ${gib(bytes)} free`,
    })
  }
}

/** Memory that an instance has kept. */
export function keptGrant(leases: readonly Lease[], bytes: number): Grant {
  return { leases, bytes, pools: [], choice: { slabs: [], reason: '' }, spilled: 0 }
}

/** What the policy saw: free slabs before, and what a line from there takes. */
function candidatesOf(pools: readonly MemoryCandidate[], slabs: readonly number[]): Candidate[] {
  let others = Math.max(0, MOST_CANDIDATES - slabs.filter((count) => count > 0).length)
  return pools.flatMap(({ name, freeSlabs, latencyNs, bandwidthGBps }, i): Candidate[] => {
    const chosen = slabs[i] > 0
    if (!chosen && (others -= 1) < 0) return []
    const note = `${slabs[i]} of ${freeSlabs} free slabs, ${bandwidthGBps.toFixed(1)} GB/s`
    return [{ target: name, estimateUs: latencyNs / 1000, chosen, note }]
  })
}

/** Chance that a miss is remote with so many local bytes of a footprint. */
export function remoteShareOf(spec: ServiceSpec, localBytes: number, footprint: number): number {
  const asPlaced = Math.ceil(spec.footprintBytes * spec.localShare)
  if (footprint === spec.footprintBytes && localBytes === asPlaced) return spec.remoteShare
  return footprint <= localBytes ? 0 : 1 - hitRatio(spec.locality, localBytes / footprint, footprint)
}

export function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(bytes % GIB === 0 ? 0 : 2)} GiB`
}
