import type { Scenario } from '../scenario/scenario'
import type { EngineWork } from './hardware/engines'
import type { OfferedOperation } from './offered-rates'
import type { Machine } from './services/machine'
import { rpcNic } from './services/rpc-offload'
import { eachMessage, rpcCycles } from './step-seconds'

export const engineWorks: readonly EngineWork[] = ['serialization', 'compression', 'crypto']

/** Bytes per second that the engines of NICs are asked for, by kind of work and device. */
export class OfferedEngines {
  private readonly asked: Readonly<Record<EngineWork, Float64Array>>

  /** @param node of each device, in `nodes` */
  constructor(
    private readonly nodes: Scenario['topology']['nodes'],
    private readonly node: Int32Array,
  ) {
    this.asked = perWork(() => new Float64Array(node.length))
  }

  /** Adds bytes where the device has an engine for such work; says whether it has. */
  add(device: number, work: EngineWork, bytesPerSecond: number): boolean {
    if (this.bytesPerSecond(device, work) === 0) return false
    this.asked[work][device] += bytesPerSecond
    return true
  }

  /** As a share of what all engines of a kind on a device work off; NaN without one. */
  loads(): Readonly<Record<EngineWork, Float64Array>> {
    return perWork((work) => this.asked[work].map((bytes, device) => bytes / this.bytesPerSecond(device, work)))
  }

  private bytesPerSecond(device: number, work: EngineWork): number {
    const node = this.nodes[this.node[device]]
    if (node.kind !== 'nic') return 0
    return node.spec.engines.reduce((sum, each) => sum + (each.work === work ? each.bandwidthGBps * 1e9 : 0), 0)
  }
}

function perWork(of: (work: EngineWork) => Float64Array): Readonly<Record<EngineWork, Float64Array>> {
  return { serialization: of('serialization'), compression: of('compression'), crypto: of('crypto') }
}

/**
 * Cycles of an execution's messages on its device itself; what a NIC does of them is added to that NIC.
 *
 * @param rate executions a second
 */
export function rpcCyclesAt(
  machine: Machine,
  engines: OfferedEngines,
  coreSeconds: Float64Array,
  operation: OfferedOperation,
  device: number,
  rate: number,
): number {
  const { rpc, cores } = machine
  const nic = rpcNic(machine, device)
  if (nic < 0) return rpcCycles(rpc, operation)
  let left = 0
  eachMessage(operation, (bytes, count) => {
    const isTaken = engines.add(nic, 'serialization', rate * count * bytes)
    const perByte = isTaken ? 0 : rpc.cyclesPerByte * bytes
    if (cores.count[nic] === 0) left += count * rpc.cyclesPerMessage
    else coreSeconds[nic] += (rate * count * (rpc.cyclesPerMessage + perByte)) / (cores.frequency[nic] * 1e9)
  })
  return left
}
