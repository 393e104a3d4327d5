import { Part } from './services/cpi-stack'
import { creditedCores } from './services/busy-time'
import type { Machine } from './services/machine'
import type { TimeWeighted } from './statistics/time-weighted'

/** Totals since the start of a run, one column entry per device or channel; those that begin with `of` per instance. */
export interface Totals {
  readonly busyCores: Float64Array
  readonly coreQueue: Float64Array
  readonly visits: Float64Array
  readonly memoryWork: Float64Array
  readonly memoryServed: Float64Array
  readonly localWork: Float64Array
  readonly engineWork: Float64Array
  readonly engineServed: Float64Array
  readonly engineWaited: Float64Array
  readonly busyStreams: Float64Array
  readonly kernelQueue: Float64Array
  readonly kernels: Float64Array
  /** Time down. */
  readonly deviceDown: Float64Array
  readonly deviceFailures: Float64Array
  /** Time asleep. */
  readonly deviceAsleep: Float64Array
  readonly nicWork: Float64Array
  readonly nicServed: Float64Array
  readonly nicWaited: Float64Array
  readonly portWork: Float64Array
  readonly portQueue: Float64Array
  readonly bytes: Float64Array
  readonly packets: Float64Array
  readonly dropped: Float64Array
  readonly ofCores: Float64Array
  /** Core time for requests that no instance has, per service. */
  readonly unassigned: Float64Array
  readonly ofHeld: Float64Array
  readonly ofLeft: Float64Array
  readonly ofInstructions: Float64Array
  readonly ofBase: Float64Array
  readonly ofLocal: Float64Array
  readonly ofRemote: Float64Array
  readonly ofQueueing: Float64Array
  readonly ofNearMisses: Float64Array
  readonly ofFarMisses: Float64Array
  /** Per service: instances in use × ps; starts. */
  readonly replicas: Float64Array
  readonly starts: Float64Array
  /** MiB × ps */
  readonly ofCache: Float64Array
}

/** All totals at `now`, ps. */
export function totals(machine: Machine, now: number): Totals {
  const { cores, memory, local, nics, engines, gpus, fabric } = machine
  const { ports } = fabric
  return {
    busyCores: integrals(cores.busyCores, now),
    coreQueue: integrals(cores.queue, now),
    visits: cores.served.slice(),
    memoryWork: Float64Array.from(memory.worked, (_, i) => memory.workedUntil(i, now)),
    memoryServed: memory.served.slice(),
    localWork: Float64Array.from(local.worked, (_, i) => local.workedUntil(i, now)),
    engineWork: Float64Array.from(engines.served, (_, i) => engines.workedUntil(i, now)),
    engineServed: engines.served.slice(),
    engineWaited: engines.waited.slice(),
    busyStreams: integrals(gpus.busyStreams, now),
    kernelQueue: integrals(gpus.queue, now),
    kernels: gpus.served.slice(),
    deviceDown: integrals(machine.health.time, now),
    deviceFailures: machine.health.failures.slice(),
    deviceAsleep: integrals(machine.sleep.time, now),
    nicWork: Float64Array.from(nics.worked, (_, i) => nics.workedUntil(i, now)),
    nicServed: nics.served.slice(),
    nicWaited: nics.waited.slice(),
    portWork: Float64Array.from(ports.worked, (_, i) => ports.workedUntil(i, now)),
    portQueue: integrals(ports.queueBytes, now),
    bytes: ports.bytes.slice(),
    packets: ports.packets.slice(),
    dropped: ports.dropped.slice(),
    replicas: integrals(machine.lives.up, now),
    starts: machine.lives.starts.slice(),
    ...instanceTotals(machine, now),
  }
}

type InstanceTotals = Pick<Totals, Extract<keyof Totals, `of${string}`> | 'unassigned'>

function instanceTotals(machine: Machine, now: number): InstanceTotals {
  const { stack, caches, instances } = machine
  return {
    ...creditedCores(machine, now),
    ofHeld: stack.column(Part.held).map((held, i) => held + instances.held[i] * now),
    ofLeft: stack.column(Part.left),
    ofInstructions: stack.column(Part.instructions),
    ofBase: stack.column(Part.base),
    ofLocal: stack.column(Part.local),
    ofRemote: stack.column(Part.remote),
    ofQueueing: stack.column(Part.queueing),
    ofNearMisses: stack.column(Part.nearMisses),
    ofFarMisses: stack.column(Part.farMisses),
    ofCache: caches.total(now),
  }
}

function integrals(columns: TimeWeighted, now: number): Float64Array {
  return Float64Array.from({ length: columns.items }, (_, i) => columns.integralAt(i, now))
}

/** The measured window begins: maxima are those from now on. */
export function resetMaxima(machine: Machine): void {
  const { cores, nics, gpus, fabric, measures, stack, instances } = machine
  for (const columns of [
    cores.busyCores,
    cores.queue,
    gpus.busyStreams,
    gpus.queue,
    fabric.ports.queueBytes,
    measures.inHouse,
  ])
    columns.resetMaxima()
  nics.mostWaiting.fill(0)
  stack.mostHeld.set(instances.held)
}

/** What was added between two moments. */
export function difference(later: Totals, earlier: Totals): Totals {
  const entries = Object.entries(later).map(([name, column]: [string, Float64Array]) => {
    const before = earlier[name as keyof Totals]
    return [name, column.map((value, i) => value - before[i])] as const
  })
  return Object.fromEntries(entries) as unknown as Totals
}
