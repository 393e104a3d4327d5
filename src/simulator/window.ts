import type { Machine } from './services/machine'
import type { TimeWeighted } from './statistics/time-weighted'

/** Totals since the start of a run, one column entry per device or channel. */
export interface Totals {
  readonly busyCores: Float64Array
  readonly coreQueue: Float64Array
  readonly visits: Float64Array
  readonly memoryWork: Float64Array
  readonly memoryServed: Float64Array
  readonly nicWork: Float64Array
  readonly nicServed: Float64Array
  readonly nicWaited: Float64Array
  readonly portWork: Float64Array
  readonly portQueue: Float64Array
  readonly bytes: Float64Array
  readonly packets: Float64Array
  readonly dropped: Float64Array
}

/** All totals at `now`, ps. */
export function totals(machine: Machine, now: number): Totals {
  const { cores, memory, nics, fabric } = machine
  const { ports } = fabric
  return {
    busyCores: integrals(cores.busyCores, now),
    coreQueue: integrals(cores.queue, now),
    visits: cores.served.slice(),
    memoryWork: Float64Array.from(memory.worked, (_, i) => memory.workedUntil(i, now)),
    memoryServed: memory.served.slice(),
    nicWork: Float64Array.from(nics.worked, (_, i) => nics.workedUntil(i, now)),
    nicServed: nics.served.slice(),
    nicWaited: nics.waited.slice(),
    portWork: Float64Array.from(ports.worked, (_, i) => ports.workedUntil(i, now)),
    portQueue: integrals(ports.queueBytes, now),
    bytes: ports.bytes.slice(),
    packets: ports.packets.slice(),
    dropped: ports.dropped.slice(),
  }
}

/** Reads without touching: a look in between never changes what is summed up, to the last bit. */
function integrals(columns: TimeWeighted, now: number): Float64Array {
  return columns.integral.map((integral, i) => integral + columns.value[i] * (now - columns.since[i]))
}

/** The measured window begins: maxima are those from now on. */
export function resetMaxima(machine: Machine): void {
  const { cores, nics, fabric, measures } = machine
  for (const columns of [cores.busyCores, cores.queue, fabric.ports.queueBytes, measures.inHouse])
    columns.max.set(columns.value)
  nics.mostWaiting.fill(0)
}

/** What was added between two moments. */
export function difference(later: Totals, earlier: Totals): Totals {
  const entries = Object.entries(later).map(([name, column]: [string, Float64Array]) => {
    const before = earlier[name as keyof Totals]
    return [name, column.map((value, i) => value - before[i])] as const
  })
  return Object.fromEntries(entries) as unknown as Totals
}
