import type { MemoryStep, Scenario, Source, Step } from '../scenario/scenario'
import { LINE_BYTES, PAGE_BYTES } from './hardware/memory'
import { eachExpected, meanOf, offeredRates, rateOf, type Inflow, type OfferedOperation } from './offered-rates'
import type { Distances } from './services/distances'
import { offloadPolicies } from './policies/offload/index'
import type { Machine } from './services/machine'
import {
  accessesOf,
  accessSeconds,
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
  /** By service and class of devices that are alike; and what a line of far memory takes, by class. */
  private readonly loads: Float64Array
  private readonly fars: (Far | undefined)[] = []

  private memory: readonly Pool[] | null = null
  private inflows: readonly (readonly (readonly [number, Inflow])[])[] | null = null

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly distances: Distances,
  ) {
    const rate = (source: Source): number => rateOf(scenario, source) || closedRate(source)
    const operations = offeredRates(scenario, rate)
    this.operations = scenario.application.services.map((_, i) => operations.filter(({ service }) => service === i))
    this.loads = new Float64Array(scenario.application.services.length * distances.alike.count).fill(NaN)
    this.requestsPerSecond = scenario.workload.sources.reduce((sum, source) => sum + rate(source), 0)
  }

  /** Cores, or streams of a GPU, that an instance keeps busy on a device. */
  load(service: number, device: number): number {
    const { of, count } = this.distances.alike
    const key = service * count + of[device]
    if (Number.isNaN(this.loads[key])) this.loads[key] = this.findLoad(service, device)
    return this.loads[key]
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
    if (step.do === 'memory') return accessSeconds(step, node, this.farOf(device), devices.pageFaultPs[device] * 1e-12)
    if (step.do !== 'kernel') return 0
    if (gpus.devices[device] !== null) return runsOf(step) * batchedSeconds(step, gpus, device)
    return pool === null && runsOnCore(step) ? coreKernelSeconds(step, node) : 0
  }

  /** Far memory before it is leased: as if all memory devices within reach had the same part of it. */
  private far(service: number, device: number): Far {
    const share = this.machine.instances.services[service].remoteShare
    if (share === 0) return nothingFar
    const far = this.farOf(device)
    return far.share === 0 ? nothingFar : { ...far, share }
  }

  private farOf(device: number): Far {
    return (this.fars[this.distances.alike.of[device]] ??= this.findFar(device))
  }

  private findFar(device: number): Far {
    const { distances } = this
    let [sum, lines, pages] = [0, 0, 0]
    this.machine.slabs.devices.forEach((memory, i) => {
      const seconds = memory === null ? Infinity : distances.readSeconds(device, i)
      if (seconds === Infinity) return
      if (distances.route(device, i)!.paging) pages += 1
      else {
        sum += seconds
        lines += 1
      }
    })
    if (lines + pages === 0) return nothingFar
    return { share: 1, pageShare: pages / (lines + pages), seconds: lines > 0 ? sum / lines : 0 }
  }

  /** The flows of an instance: with its callers, those it calls, NICs, and the devices that do its steps or hold its memory. */
  flows(service: number): readonly Flow[] {
    const { replicas } = this.machine.instances.services[service]
    const flows: Flow[] = []
    for (const [callee, flow] of this.inflowsOf(service)) {
      const there = { bytesThere: flow.requestBytes, bytesBack: flow.answered ? flow.responseBytes : -1 }
      const rate = flow.perSecond / replicas
      const plain = { ...there, perSecond: rate, inbound: true, inWork: false, service: -1, devices: [] }
      if (flow.kind === 'call' && flow.from === service) flows.push({ ...plain, inbound: false, service: callee })
      if (callee !== service) continue
      if (flow.kind === 'call' && flow.from !== service) flows.push({ ...plain, service: flow.from })
      if (flow.kind === 'nic') flows.push({ ...plain, devices: this.pool(this.viaOf(flow.from)) })
    }
    for (const operation of this.operations[service]) this.addStepFlows(operation, replicas, flows)
    return flows
  }

  /** What comes to a service and what it asks of others, with the service that it comes to. */
  private inflowsOf(service: number): readonly (readonly [number, Inflow])[] {
    this.inflows ??= inflowsByEnd(this.operations)
    return this.inflows[service]
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
      if (perSecond > 0 && step.do === 'memory' && step.bytes > 0) flows.push(...this.accessFlows(step, perSecond))
      if (perSecond === 0 || (step.do !== 'compute' && step.do !== 'kernel')) return
      const pool = this.target(operation.name, path)
      const bytes = { bytesThere: step.inputBytes, bytesBack: step.outputBytes }
      const away = { perSecond, ...bytes, inbound: false, service: -1, inWork: false }
      if (pool !== null) flows.push({ ...away, devices: this.pool(pool) })
      else if (step.do === 'kernel') {
        if (!runsOnCore(step)) flows.push({ ...away, devices: this.gpusFor(operation.service) })
      } else if (remoteShare > 0) {
        const rate = perSecond * missesOf(step) * remoteShare
        if (rate > 0) flows.push(...this.missFlows(rate))
      }
    })
  }

  /** Kernels of services that run on GPUs stay there; those of others may go to any. */
  private gpusFor(service: number): readonly number[] {
    const { gpus, instances } = this.machine
    if (instances.services[service].runsOn.includes('gpu')) return []
    return gpus.devices.flatMap((gpu, i) => (gpu !== null ? [i] : []))
  }

  private missFlows(perSecond: number): readonly Flow[] {
    const miss = { bytesThere: LINE_BYTES, inbound: false, service: -1, inWork: true }
    return this.pools().map(({ devices, share, unit }) => {
      return { ...miss, perSecond: perSecond * share, bytesBack: unit, devices }
    })
  }

  /** A memory step that is executed so often. */
  private accessFlows(step: MemoryStep, perSecond: number): readonly Flow[] {
    return this.pools().map(({ devices, share, unit }) => {
      const [bytesThere, bytesBack] = step.access === 'write' ? [unit, 0] : [LINE_BYTES, unit]
      const rate = perSecond * share * accessesOf(step, unit === PAGE_BYTES)
      return { perSecond: rate, bytesThere, bytesBack, inbound: false, service: -1, devices, inWork: true }
    })
  }

  /** All memory devices by what is read from them at once, a line or a page; each has the same part of what is far. */
  private pools(): readonly Pool[] {
    return (this.memory ??= this.findPools())
  }

  private findPools(): readonly Pool[] {
    const { slabs, fabric } = this.machine
    const all = slabs.devices.flatMap((memory, i) => (memory !== null ? [i] : []))
    const paged = new Set(fabric.network.channels.flatMap((channel) => (channel.paging ? [channel.to] : [])))
    return [LINE_BYTES, PAGE_BYTES].flatMap((unit) => {
      const devices = all.filter((device) => paged.has(device) === (unit === PAGE_BYTES))
      return devices.length === 0 ? [] : [{ devices, share: devices.length / all.length, unit }]
    })
  }
}

interface Pool {
  readonly devices: readonly number[]
  readonly share: number
  readonly unit: number
}

/** Users that never wait for an answer would ask this often: what a closed source asks at the very most, at 1 ms a turn at least. */
function closedRate({ arrivals }: Source): number {
  if (arrivals.process !== 'closed') return 0
  return arrivals.users / Math.max(meanOf(arrivals.thinkTimeNs) * 1e-9, 1e-3)
}

/** Each once at either end, in order of the document. */
function inflowsByEnd(operations: readonly (readonly OfferedOperation[])[]): (readonly [number, Inflow])[][] {
  const ends = operations.map((): (readonly [number, Inflow])[] => [])
  operations.forEach((list, callee) => {
    for (const inflow of list.flatMap(({ inflows }) => inflows)) {
      ends[callee].push([callee, inflow])
      if (inflow.kind === 'call' && inflow.from !== callee) ends[inflow.from].push([callee, inflow])
    }
  })
  return ends
}
