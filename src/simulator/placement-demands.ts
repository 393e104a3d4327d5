import type { Scenario, Source, Step } from '../scenario/scenario'
import { LINE_BYTES, PAGE_BYTES } from './hardware/memory'
import { eachExpected, meanOf, offeredRates, rateOf, type OfferedOperation } from './offered-rates'
import type { Distances } from './services/distances'
import { offloadPolicies } from './policies/offload/index'
import type { Machine } from './services/machine'
import {
  batchedSeconds,
  coreKernelSeconds,
  computeSeconds,
  missesOf,
  nothingFar,
  rpcCycles,
  runsOf,
  runsOnCore,
  type Far,
} from './step-seconds'

/** Messages of one size each way between an instance and something that stays where it is, or another service. */
export interface Flow {
  /** Per second and instance at this end. */
  readonly perSecond: number
  readonly bytesThere: number
  /** -1: no answer. */
  readonly bytesBack: number
  /** Whether the other end asks. */
  readonly inbound: boolean
  /** The other end: a service, all of whose instances share it; or devices that share it. */
  readonly service: number
  readonly devices: readonly number[]
  /** Whether the time on the way is counted in the work already: misses stall a core. */
  readonly inWork: boolean
}

/** What one instance of each service asks for on average, wherever it is placed. */
export class Demands {
  /** Requests from outside per second; closed sources as `closedRate` says. */
  readonly requestsPerSecond: number
  private readonly operations: readonly (readonly OfferedOperation[])[]
  private readonly loads = new Map<number, number>()

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly distances: Distances,
  ) {
    const rate = (source: Source): number => rateOf(scenario, source) || closedRate(source)
    const operations = offeredRates(scenario, rate)
    this.operations = scenario.application.services.map((_, i) => operations.filter(({ service }) => service === i))
    this.requestsPerSecond = scenario.workload.sources.reduce((sum, source) => sum + rate(source), 0)
  }

  /** Cores, or streams of a GPU, that an instance keeps busy on a device. */
  load(service: number, device: number): number {
    const key = service * this.machine.devices.names.length + device
    let load = this.loads.get(key)
    if (load === undefined) this.loads.set(key, (load = this.findLoad(service, device)))
    return load
  }

  private findLoad(service: number, device: number): number {
    const { replicas } = this.machine.instances.services[service]
    const far = this.far(service, device)
    const cycles = this.machine.cores.frequency[device] * 1e9
    let load = 0
    for (const operation of this.operations[service]) {
      let seconds = this.machine.gpus.devices[device] === null ? rpcCycles(this.machine.rpc, operation) / cycles : 0
      eachExpected(operation.steps, (step, weight, path) => {
        if (weight > 0) seconds += weight * this.stepSeconds(step, device, far, this.target(operation.name, path))
      })
      load += (operation.perSecond / replicas) * seconds
    }
    return load
  }

  private target(operation: string, path: string): string | null {
    const { offload } = this.scenario.policies
    const policy = offloadPolicies.find((candidate) => candidate.name === offload.use)
    return policy?.target(operation, path, offload) ?? null
  }

  private stepSeconds(step: Step, device: number, far: Far, pool: string | null): number {
    const { gpus, devices } = this.machine
    const node = this.scenario.topology.nodes[devices.node[device]]
    if (step.do === 'compute' && pool === null)
      return computeSeconds(step, node, far, devices.pageFaultPs[device] * 1e-12)
    if (step.do !== 'kernel') return 0
    if (gpus.devices[device] !== null) return runsOf(step) * batchedSeconds(step, gpus, device)
    return pool === null && runsOnCore(step) ? coreKernelSeconds(step, node) : 0
  }

  /** Far memory before it is leased: as if all memory devices within reach had the same part of it. */
  private far(service: number, device: number): Far {
    const share = this.machine.instances.services[service].remoteShare
    const memories = share > 0 ? this.memoriesFor(device) : []
    if (memories.length === 0) return nothingFar
    const seconds = memories.reduce((sum, memory) => sum + this.distances.readSeconds(device, memory), 0)
    return { share, seconds: seconds / memories.length, isPaged: this.distances.route(device, memories[0])!.paging }
  }

  private memoriesFor(device: number): readonly number[] {
    return this.machine.slabs.devices.flatMap((memory, i) =>
      memory !== null && this.distances.readSeconds(device, i) < Infinity ? [i] : [],
    )
  }

  /** The flows of an instance: with its callers, those it calls, NICs, and the devices that do its steps or hold its memory. */
  flows(service: number): readonly Flow[] {
    const { replicas } = this.machine.instances.services[service]
    const flows: Flow[] = []
    this.operations.forEach((operations, callee) => {
      for (const { inflows } of operations)
        for (const flow of inflows) {
          const there = { bytesThere: flow.requestBytes, bytesBack: flow.answered ? flow.responseBytes : -1 }
          const rate = flow.perSecond / replicas
          const plain = { ...there, perSecond: rate, inbound: true, inWork: false, service: -1, devices: [] }
          if (flow.kind === 'call' && flow.from === service) flows.push({ ...plain, inbound: false, service: callee })
          if (callee !== service) continue
          if (flow.kind === 'call' && flow.from !== service) flows.push({ ...plain, service: flow.from })
          if (flow.kind === 'nic') flows.push({ ...plain, devices: this.pool(this.viaOf(flow.from)) })
        }
    })
    for (const operation of this.operations[service]) this.addStepFlows(operation, replicas, flows)
    return flows
  }

  private viaOf(source: number): string {
    return this.scenario.workload.sources[source].via ?? ''
  }

  private pool(id: string): readonly number[] {
    const node = this.scenario.topology.nodes.findIndex((each) => each.id === id)
    const { nodeFirst } = this.machine.devices
    return Array.from({ length: nodeFirst[node + 1] - nodeFirst[node] }, (_, i) => nodeFirst[node] + i)
  }

  private addStepFlows(operation: OfferedOperation, replicas: number, flows: Flow[]): void {
    const { remoteShare } = this.machine.instances.services[operation.service]
    eachExpected(operation.steps, (step, weight, path) => {
      const perSecond = (operation.perSecond / replicas) * weight
      if (perSecond === 0 || (step.do !== 'compute' && step.do !== 'kernel')) return
      const pool = this.target(operation.name, path)
      const bytes = { bytesThere: step.inputBytes, bytesBack: step.outputBytes }
      const away = { perSecond, ...bytes, inbound: false, service: -1, inWork: false }
      if (pool !== null) flows.push({ ...away, devices: this.pool(pool) })
      else if (step.do === 'kernel') {
        if (!runsOnCore(step)) flows.push({ ...away, devices: this.gpusFor(operation.service) })
      } else if (remoteShare > 0) {
        const rate = perSecond * missesOf(step) * remoteShare
        if (rate > 0) flows.push(this.missFlow(rate))
      }
    })
  }

  /** Kernels of services that run on GPUs stay there; those of others may go to any. */
  private gpusFor(service: number): readonly number[] {
    const { gpus, instances } = this.machine
    if (instances.services[service].runsOn.includes('gpu')) return []
    return gpus.devices.flatMap((gpu, i) => (gpu !== null ? [i] : []))
  }

  private missFlow(perSecond: number): Flow {
    const { slabs } = this.machine
    const devices = slabs.devices.flatMap((memory, i) => (memory !== null ? [i] : []))
    const { network } = this.machine.fabric
    const isPaged = network.channels.some((channel) => channel.paging && devices.includes(channel.to))
    const bytesBack = isPaged ? PAGE_BYTES : LINE_BYTES
    return { perSecond, bytesThere: LINE_BYTES, bytesBack, inbound: false, service: -1, devices, inWork: true }
  }
}

/** Users that never wait for an answer would ask this often: what a closed source asks at the very most, at 1 ms a turn at least. */
function closedRate({ arrivals }: Source): number {
  if (arrivals.process !== 'closed') return 0
  return arrivals.users / Math.max(meanOf(arrivals.thinkTimeNs) * 1e-9, 1e-3)
}
