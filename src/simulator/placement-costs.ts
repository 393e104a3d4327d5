import { LINE_BYTES } from './hardware/memory'
import type { Scenario } from '../scenario/scenario'
import { MeanJobs } from './mean-jobs'
import { Demands, type Flow } from './placement-demands'
import { Distances } from './services/distances'
import type { Machine } from './services/machine'

/** What stands already, and what that means for one more instance of a service on each device. */
interface Beside {
  /** Cores (or streams) kept busy, per device. */
  readonly loads: Float64Array
  /** Messages, and bytes times distance, under way between an instance there and all that stands. */
  near(service: number): Float64Array
  bytes(service: number): Float64Array
}

/** What a message counts that no way leads for, s: far more than any way takes, and still a number. */
const NO_WAY_SECONDS = 1

/**
 * What a placement costs: the requests and messages that are in the house on average because of where instances stand.
 *
 * By Little's law that is the rate of messages times their unloaded time on the way, plus, per device, the mean number
 * of jobs at a queue M/M/k of its cores. Divided by the requests from outside per second it is time per request.
 */
export class PlacementCosts {
  readonly devices: number
  readonly services: number
  readonly distances: Distances
  readonly demands: Demands
  private readonly jobs = new MeanJobs()
  private readonly jobsWith = new MeanJobs()
  private readonly flowsKnown: (readonly Flow[] | null)[]
  private readonly neighborsKnown: (readonly number[] | undefined)[] = []
  /** By service and class of devices that are alike. */
  private readonly fixedKnown: Float64Array
  private readonly fixedBytesKnown: Float64Array

  constructor(
    scenario: Scenario,
    private readonly machine: Machine,
  ) {
    this.devices = machine.devices.names.length
    this.services = machine.instances.services.length
    this.distances = new Distances(machine)
    this.demands = new Demands(scenario, machine, this.distances)
    this.flowsKnown = Array.from({ length: this.services }, () => null)
    this.fixedKnown = new Float64Array(this.services * this.distances.alike.count).fill(NaN)
    this.fixedBytesKnown = this.fixedKnown.slice()
  }

  /** Cores, or streams of a GPU. */
  servers(device: number): number {
    return Math.max(1, this.machine.gpus.devices[device]?.streams ?? this.machine.cores.count[device])
  }

  flowsOf(service: number): readonly Flow[] {
    return (this.flowsKnown[service] ??= this.demands.flows(service))
  }

  /** Time per request that so many requests in the house are, µs. */
  perRequestUs(cost: number): number {
    const rate = this.demands.requestsPerSecond
    return rate > 0 ? (cost / rate) * 1e6 : 0
  }

  /** Messages under way to and from what stays where it is, for an instance on a device. */
  fixed(service: number, device: number): number {
    const key = this.keyOf(service, device)
    if (Number.isNaN(this.fixedKnown[key])) this.fixedKnown[key] = this.findFixed(service, device)
    return this.fixedKnown[key]
  }

  private keyOf(service: number, device: number): number {
    const { of, count } = this.distances.alike
    return service * count + of[device]
  }

  private findFixed(service: number, device: number): number {
    let sum = 0
    for (const flow of this.flowsOf(service))
      if (!flow.inWork)
        for (const other of flow.devices)
          sum += (flow.perSecond / flow.devices.length) * this.roundTrip(flow, device, other)
    return sum
  }

  private roundTrip({ bytesThere, bytesBack, inbound }: Flow, device: number, other: number): number {
    const [from, to] = inbound ? [other, device] : [device, other]
    const back = bytesBack < 0 ? 0 : this.seconds(to, from, bytesBack)
    return this.seconds(from, to, bytesThere) + back
  }

  private seconds(from: number, to: number, bytes: number): number {
    const seconds = this.distances.seconds(from, to, bytes)
    return seconds === Infinity ? NO_WAY_SECONDS : seconds
  }

  /** Messages under way between an instance on a device and one instance of another service on another. */
  pair(service: number, device: number, otherService: number, other: number): number {
    if (device === other) return 0
    const { replicas } = this.machine.instances.services[otherService]
    const ends = service === otherService ? 2 : 1
    let sum = 0
    for (const flow of this.flowsOf(service))
      if (flow.service === otherService)
        sum += ((ends * flow.perSecond) / replicas) * this.roundTrip(flow, device, other)
    return sum
  }

  /** Services that a service sends to or hears from. */
  neighbors(service: number): readonly number[] {
    return (this.neighborsKnown[service] ??= [...new Set(this.flowsOf(service).map((flow) => flow.service))].filter(
      (other) => other >= 0,
    ))
  }

  /** What one more instance on a device adds to what stands. */
  added(service: number, device: number, standing: Beside): number {
    const load = standing.loads[device]
    const servers = this.servers(device)
    const queue = this.jobsWith.of(servers, load + this.demands.load(service, device)) - this.jobs.of(servers, load)
    return this.fixed(service, device) + standing.near(service)[device] + queue
  }

  /** Bytes times distance under way between the same. */
  bytesBetween(service: number, device: number, otherService: number, other: number): number {
    const { replicas } = this.machine.instances.services[otherService]
    let bytes = 0
    for (const flow of this.flowsOf(service))
      if (flow.service === otherService) bytes += (flow.perSecond * bytesOf(flow)) / replicas
    return bytes * this.seconds(device, other, LINE_BYTES)
  }

  /** Bytes under way, as traffic times the distance of a 64-byte message, between an instance and all that stands or stays. */
  bytesUnderWay(service: number, device: number, standing: Beside): number {
    const key = this.keyOf(service, device)
    if (Number.isNaN(this.fixedBytesKnown[key])) this.fixedBytesKnown[key] = this.findFixedBytes(service, device)
    return standing.bytes(service)[device] + this.fixedBytesKnown[key]
  }

  private findFixedBytes(service: number, device: number): number {
    let sum = 0
    for (const flow of this.flowsOf(service))
      for (const other of flow.devices)
        sum += ((flow.perSecond * bytesOf(flow)) / flow.devices.length) * this.seconds(device, other, LINE_BYTES)
    return sum
  }
}

function bytesOf({ bytesThere, bytesBack }: Flow): number {
  return bytesThere + Math.max(0, bytesBack)
}
