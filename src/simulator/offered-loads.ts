import type { KernelStep, Scenario, Step } from '../scenario/scenario'
import type { EngineWork } from './hardware/engines'
import { LINE_BYTES } from './hardware/memory'
import { missWindows } from './miss-windows'
import {
  channelBytesPerSecond,
  flopsPerSecond,
  gpuBytesPerSecond,
  localBytesPerSecond,
  messagesPerSecond,
} from './node-rates'
import { OfferedFar } from './offered-far'
import { OfferedEngines, rpcCyclesAt } from './offered-engines'
import { evenParts, isLevel, levelParts, placedOf } from './offered-parts'
import { eachExpected, offeredRates, rateInRun, type Inflow, type OfferedOperation } from './offered-rates'
import { offloadPolicies } from './policies/offload/index'
import type { Machine } from './services/machine'
import {
  batchedBytes,
  batchedSeconds,
  coreKernelSeconds,
  computeSeconds,
  missesOf,
  nothingFar,
  runsOf,
  runsOnCore,
} from './step-seconds'

/** What the workload asks of each part on average, as a share of what that part can do; above 1 its queue grows without end. */
export interface OfferedLoads {
  readonly operations: readonly OfferedOperation[]
  /** Cores, per device; NaN without cores. */
  readonly cores: Float64Array
  /** Buses of local memory, per device; NaN where there is none. */
  readonly local: Float64Array
  /** Channels of memory devices, per device; NaN elsewhere. */
  readonly memory: Float64Array
  /** Pipelines of NICs, per device; NaN elsewhere. */
  readonly pipelines: Float64Array
  /** Engines of NICs for one kind of work, per device; NaN without one. */
  readonly engines: Readonly<Record<EngineWork, Float64Array>>
  /** Streams of GPUs, per device, with the largest batches that there may be; NaN elsewhere. */
  readonly streams: Float64Array
  /** Of all streams of a GPU together, the peak of its operations and of its memory, per device; NaN elsewhere. */
  readonly flops: Float64Array
  readonly gpuMemory: Float64Array
  /** Output ports, per channel of the network: by itself, or where `isSampled` on average over a link. */
  readonly channels: Float64Array
  /** Whether pools are so large that a few devices stood for all of them in what goes over links. */
  readonly isSampled: boolean
  /** Core seconds of an execution of each operation, stalls included. */
  readonly workSeconds: Float64Array
  /** Pairs of devices that messages will go between and no way joins, with the source or service that sends first. */
  readonly cutOff: readonly CutOff[]
}

export interface CutOff {
  readonly from: number
  readonly to: number
  readonly kind: Inflow['kind']
  /** Source or service, by `kind`. */
  readonly sender: number
}

/** @param machine with its instances placed */
export function offeredLoads(scenario: Scenario, machine: Machine): OfferedLoads {
  const even = new Offering(scenario, machine, evenParts(machine))
  const loads = even.loads()
  // Where nobody has too much all have the same number; else requests go to those that have room.
  const isOver = [loads.cores, loads.streams].some((column) => column.some((load) => load > 1))
  return isOver && isLevel(scenario.policies.loadBalancing.use)
    ? new Offering(scenario, machine, even.levelParts()).loads()
    : loads
}

/** Devices with the share of a service's messages that each sends and takes. */
type Places = readonly (readonly [device: number, share: number])[]

/** So many devices stand for all of a service in what goes over links. */
const MOST_PLACES = 32

class Offering {
  private readonly operations: readonly OfferedOperation[]
  private readonly places: readonly Places[]
  private readonly coreSeconds: Float64Array
  private readonly localBytes: Float64Array
  private readonly far: OfferedFar
  private readonly messages: Float64Array
  private readonly engines: OfferedEngines
  private readonly streamSeconds: Float64Array
  private readonly flops: Float64Array
  private readonly gpuBytes: Float64Array
  private readonly channelBytes: Float64Array
  private readonly workSeconds: Float64Array
  /** Core and stream seconds a second of each instance on its own device. */
  private readonly ownSeconds: Float64Array
  private isSampled = false
  private readonly cutOff: CutOff[] = []

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    /** The share of its service's requests that each instance takes. */
    private readonly parts: Float64Array,
  ) {
    const devices = machine.devices.names.length
    this.operations = offeredRates(scenario)
    this.places = scenario.application.services.map((_, service) => this.placesOf(service))
    this.coreSeconds = new Float64Array(devices)
    this.localBytes = new Float64Array(devices)
    this.far = new OfferedFar(machine, this.localBytes, (from, to, bytes, perSecond) => {
      this.addBytes(from, to, bytes, perSecond)
    })
    this.messages = new Float64Array(devices)
    this.engines = new OfferedEngines(scenario.topology.nodes, machine.devices.node)
    this.streamSeconds = new Float64Array(devices)
    this.flops = new Float64Array(devices)
    this.gpuBytes = new Float64Array(devices)
    this.channelBytes = new Float64Array(machine.fabric.network.channels.length)
    this.workSeconds = new Float64Array(this.operations.length)
    this.ownSeconds = new Float64Array(machine.instances.count)
  }

  loads(): OfferedLoads {
    this.operations.forEach((operation, i) => this.addOperation(operation, i))
    this.addNics()
    return {
      operations: this.operations,
      cores: this.coreSeconds.map((seconds, i) => seconds / (this.machine.cores.count[i] || NaN)),
      local: this.localBytes.map((bytes, i) => bytes / localBytesPerSecond(this.nodeOf(i))),
      memory: this.far.bytes.map((bytes, i) => bytes / channelBytesPerSecond(this.nodeOf(i))),
      pipelines: this.messages.map((count, i) => count / messagesPerSecond(this.nodeOf(i))),
      engines: this.engines.loads(),
      streams: this.streamSeconds.map((seconds, i) => seconds / (this.machine.gpus.devices[i]?.streams ?? NaN)),
      flops: this.flops.map((flops, i) => flops / flopsPerSecond(this.nodeOf(i))),
      gpuMemory: this.gpuBytes.map((bytes, i) => bytes / gpuBytesPerSecond(this.nodeOf(i))),
      channels: this.channelBytes.map((bytes, i) => (bytes * 8) / (this.machine.fabric.network.channels[i].gbps * 1e9)),
      isSampled: this.isSampled,
      workSeconds: this.workSeconds,
      cutOff: this.cutOff,
    }
  }

  /** The share of each instance where requests go to the less busy; wants the loads of even shares. */
  levelParts(): Float64Array {
    const busy = this.coreSeconds.map((seconds, i) => seconds + this.streamSeconds[i])
    return levelParts(this.machine, this.parts, this.ownSeconds, busy)
  }

  private nodeOf(device: number): Scenario['topology']['nodes'][number] {
    return this.scenario.topology.nodes[this.machine.devices.node[device]]
  }

  private placesOf(service: number): Places {
    const { instances } = this.machine
    const shares = new Map<number, number>()
    for (const instance of placedOf(this.machine, service))
      shares.set(instances.device[instance], (shares.get(instances.device[instance]) ?? 0) + this.parts[instance])
    return this.few([...shares])
  }

  private few(places: Places): Places {
    if (places.length <= MOST_PLACES) return places
    this.isSampled = true
    const total = places.reduce((sum, [, share]) => sum + share, 0)
    return Array.from(
      { length: MOST_PLACES },
      (_, i) => [places[Math.floor((i * places.length) / MOST_PLACES)][0], total / MOST_PLACES] as const,
    )
  }

  private addOperation(operation: OfferedOperation, index: number): void {
    const { instances, cores } = this.machine
    for (const instance of placedOf(this.machine, operation.service)) {
      const device = instances.device[instance]
      const rate = operation.perSecond * this.parts[instance]
      const streamSeconds = this.streamSeconds[device]
      const rpc = rpcCyclesAt(this.machine, this.engines, this.coreSeconds, operation, device, rate)
      const seconds = this.stepSeconds(operation, instance, rate) + rpc / (cores.frequency[device] * 1e9)
      this.coreSeconds[device] += rate * seconds
      this.workSeconds[index] += seconds * this.parts[instance]
      this.ownSeconds[instance] += rate * seconds + this.streamSeconds[device] - streamSeconds
    }
    this.addMessages(operation)
  }

  /** Core seconds of the steps of an execution where its instance is; what it asks of other parts is added up. */
  private stepSeconds({ name, steps }: OfferedOperation, instance: number, rate: number): number {
    const { offload } = this.scenario.policies
    const policy = offloadPolicies.find((candidate) => candidate.name === offload.use)
    const device = this.machine.instances.device[instance]
    let seconds = 0
    eachExpected(steps, (step, weight, path) => {
      if (step.do === 'memory') seconds += weight * this.far.addAccess(step, instance, device, rate * weight)
      if (step.do !== 'compute' && step.do !== 'kernel') return
      const pool = policy?.target(name, path, offload) ?? null
      if (step.do === 'kernel') seconds += weight * this.kernelSeconds(step, device, pool, rate * weight)
      else if (pool === null) seconds += weight * this.computeSeconds(step, device, instance, rate * weight)
      else this.addOffloaded(step, pool, device, rate * weight)
    })
    return seconds
  }

  private addOffloaded(step: Step & { do: 'compute' }, pool: string, from: number, rate: number): void {
    for (const [device, share] of this.devicesOf(pool)) {
      const isOnEngine =
        step.work !== undefined &&
        this.engines.add(device, step.work, rate * share * (step.workBytes ?? step.inputBytes))
      if (!isOnEngine) this.coreSeconds[device] += rate * share * this.computeSeconds(step, device, -1, rate * share)
      this.addBytes(from, device, step.inputBytes, rate * share)
      this.addBytes(device, from, step.outputBytes, rate * share)
    }
  }

  /** Core seconds of a kernel where it runs on a core; else it is added to the GPUs that it may run on. */
  private kernelSeconds(step: KernelStep, device: number, pool: string | null, rate: number): number {
    const { gpus } = this.machine
    if (pool === null && gpus.devices[device] === null && runsOnCore(step))
      return coreKernelSeconds(step, this.nodeOf(device))
    const runs = runsOf(step)
    for (const [gpu, share] of this.gpusFor(device, pool, step)) {
      this.streamSeconds[gpu] += rate * share * runs * batchedSeconds(step, gpus, gpu)
      this.flops[gpu] += rate * share * runs * step.flops
      this.gpuBytes[gpu] += rate * share * runs * batchedBytes(step)
      this.addBytes(device, gpu, step.inputBytes, rate * share)
      this.addBytes(gpu, device, step.outputBytes, rate * share)
    }
    return 0
  }

  /** Its own GPU, those of the pool that a map names, or all that there are. */
  private gpusFor(device: number, pool: string | null, step: KernelStep): Places {
    const { gpus, fabric, local } = this.machine
    if (gpus.devices[device] !== null) return [[device, 1]]
    if (pool !== null) return this.devicesOf(pool)
    const bytes = step.inputBytes + step.outputBytes
    const reached = [...gpus.devices.keys()].filter(
      (i) =>
        bytes <= (local.devices[i]?.capacityBytes ?? 0) && gpus.devices[i] && fabric.routes.between(device, i) >= 0,
    )
    return reached.map((gpu) => [gpu, 1 / reached.length] as const)
  }

  /** @param instance whose memory the misses go to; -1: the device's own */
  private computeSeconds(step: Step & { do: 'compute' }, device: number, instance: number, rate: number): number {
    const node = this.nodeOf(device)
    if (step.timeNs !== undefined || node.kind === 'switch' || node.kind === 'gpu')
      return computeSeconds(step, node, nothingFar, 0)
    const misses = missesOf(step)
    const far = instance < 0 ? nothingFar : this.far.addMisses(instance, device, misses, step.dirtyRatio, rate)
    this.far.addOwn(device, rate * misses * (1 - far.share) * LINE_BYTES)
    const faultSeconds = this.machine.devices.pageFaultPs[device] * 1e-12
    return computeSeconds(step, node, far, faultSeconds, (width) => missWindows(step, width))
  }

  private addMessages({ service, inflows }: OfferedOperation): void {
    for (const flow of inflows) {
      if (flow.kind === 'direct') continue
      const senders = flow.kind === 'call' ? this.places[flow.from] : this.few(this.nicPlaces(flow.from))
      for (const [from, share] of senders)
        for (const [to, other] of this.places[service]) {
          const rate = flow.perSecond * share * other
          if (from !== to && this.machine.fabric.routes.between(from, to) < 0)
            this.cutOff.push({ from, to, kind: flow.kind, sender: flow.from })
          this.addBytes(from, to, flow.requestBytes, rate)
          if (flow.answered) this.addBytes(to, from, flow.responseBytes, rate)
        }
    }
  }

  private nicPlaces(source: number): Places {
    return this.devicesOf(this.scenario.workload.sources[source].via ?? '')
  }

  private devicesOf(id: string): Places {
    const node = this.scenario.topology.nodes.findIndex((each) => each.id === id)
    const { nodeFirst } = this.machine.devices
    const count = nodeFirst[node + 1] - nodeFirst[node]
    return Array.from({ length: count }, (_, i) => [nodeFirst[node] + i, 1 / count] as const)
  }

  /** A message each way occupies the pipeline. */
  private addNics(): void {
    this.scenario.workload.sources.forEach((source, i) => {
      if (source.via === null) return
      for (const [device, share] of this.nicPlaces(i))
        this.messages[device] += 2 * share * rateInRun(this.scenario, source)
    })
  }

  /** Adds messages to every link on their way, headers included. */
  private addBytes(from: number, to: number, bytes: number, perSecond: number): void {
    if (from === to || perSecond === 0) return
    const { routes, network } = this.machine.fabric
    const index = routes.between(from, to)
    if (index < 0) return
    const { channels, payloadBytes } = routes.list[index]
    const packets = Math.max(1, Math.ceil(bytes / payloadBytes))
    for (const channel of channels)
      this.channelBytes[channel] += perSecond * (bytes + packets * network.channels[channel].headerBytes)
  }
}
