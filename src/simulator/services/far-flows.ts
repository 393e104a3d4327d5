import { capture, reinstate, type Plain, type Saved } from '../engine/plain-state'
import { LINE_BYTES } from '../hardware/memory'
import { figuresOf, longer, pass, regularity, type Passing } from './flow-figures'
import type { Mix } from './far-mixes'
import type { WindowTable } from './far-windows'
import type { ComputeCode } from './program'
import { routeOf, type Machine } from './machine'

/** How many arrivals an estimate of load looks back upon. */
const MEMORY = 16
/** Load beyond which a queue is taken to be no longer. */
const MOST_LOAD = 0.97
/** Figures kept for a queue: load, second moment, rate of batches, sum of squares of the sources' rates. */
const FIGURES = 4

interface WaySpec {
  readonly far: number
  readonly weight: number
  /** Of a further copy, which only what is written goes to: its number; 0: it is the one that is read. */
  readonly copy: number
  /** Bus time of a line there, ps: a device may come to work slower. */
  readonly linePs: number
  readonly there: readonly number[]
  readonly back: readonly number[]
  /** Gb/s of these channels: a link may come to be slower. */
  readonly rates: readonly number[]
}

/** What decides a flow, as plain data: windows of `width` misses, a share of them remote, from one device to some. */
interface FlowSpec {
  readonly home: number
  readonly width: number
  readonly share: number
  readonly dirty: number
  /** Memory devices, the shares of the remote misses, and the channels there and back. */
  readonly ways: readonly WaySpec[]
}

/** A flow of one window per ps as the queues on its way see it. */
export interface FlowPath {
  readonly spec: FlowSpec
  readonly ways: readonly FlowWay[]
  /** Queues it passes; what it adds to each of their figures, the fourth as a square. */
  readonly entries: Int32Array
  readonly adds: Float64Array
}

/** Packets and bytes on a wire, headers included. */
export interface Cargo {
  readonly packets: number
  readonly wire: number
}

/** The way to one memory device and back. */
export interface FlowWay {
  readonly far: number
  /** Share of the remote misses. */
  readonly weight: number
  /** Number of the copy that it leads to; 0: the one that is read. */
  readonly copy: number
  /** Mean remote units of a window on this way. */
  readonly mean: number
  readonly there: Int32Array
  readonly back: Int32Array
  /** What a miss, or a line written back, is on each of these wires; and its answer. */
  readonly asks: readonly Cargo[]
  readonly answers: readonly Cargo[]
  /** Queue of each stage, and the queue of what comes to it from the stage before; -1: none. */
  readonly stages: Int32Array
  readonly joint: Int32Array
  /** Longest time between two lines on the way, ps. */
  readonly gap: number
}

/**
 * Remote memory traffic as flows, for fidelity `fluid`: each stall under way adds its rate of windows to the queues it
 * passes, the output ports and the memory devices. A stall that begins looks at what the others add, averaged over the
 * last arrivals (as an arrival sees it, which is the load without itself), and takes its waiting from that.
 *
 * The wait at a queue is that of the Kingman and QNA approximations for batches of lines from several sources: W. Whitt,
 * "The queueing network analyzer", Bell System Technical Journal 62 (1983), equations 29 to 33. What came to a queue
 * together with the asking flow has been waited for in the queue before.
 */
export class FarFlows {
  private readonly paths: FlowPath[] = []
  private readonly byName = new Map<string, number>()
  /** Number of a queue by port, memory device, or pair of neighbors. */
  private readonly queues = new Map<number, number>()
  /** Four figures a queue: now, and as the last arrivals have seen them. */
  now: Float64Array = new Float64Array(64)
  seen: Float64Array = new Float64Array(64)

  constructor(private readonly machine: Machine) {}

  /** Counts the times that paths were forgotten. */
  private generation = 0

  /** The number of the path of a table's windows, found or made. */
  of(table: WindowTable, mix: Mix, code: ComputeCode): number {
    const { flow } = table
    const dirty = code.dirtyRatio
    if (flow.generation !== this.generation) flow.paths.clear()
    flow.generation = this.generation
    const known = flow.paths.get(dirty)
    if (known !== undefined) return known
    const path = this.find(mix, table, dirty)
    flow.paths.set(dirty, path)
    return path
  }

  private find(mix: Mix, { width, share }: WindowTable, dirty: number): number {
    return this.add({
      home: mix.home,
      width,
      share,
      dirty,
      ways: [mix, ...(dirty > 0 ? mix.mirrors : [])].flatMap((each, copy) => this.waysTo(each, copy)),
    })
  }

  private waysTo(mix: Mix, copy: number): WaySpec[] {
    const { fabric, memory } = this.machine
    return Array.from(mix.devices, (far, i) => {
      const weight = mix.part * (mix.cumulative[i] - (i > 0 ? mix.cumulative[i - 1] : 0))
      const there = this.channelsOf(mix.home, far)
      const back = copy > 0 ? [] : this.channelsOf(far, mix.home)
      const rates = [...there, ...back].map((channel) => fabric.ports.gbps[channel])
      return { far, weight, copy, linePs: memory.devices[far]!.linePs, there, back, rates }
    })
  }

  path(index: number): FlowPath {
    return this.paths[index]
  }

  private add(spec: FlowSpec): number {
    const name = JSON.stringify(spec)
    const known = this.byName.get(name)
    if (known !== undefined) return known
    const index = this.paths.push(this.makePath(spec)) - 1
    this.byName.set(name, index)
    return index
  }

  private channelsOf(from: number, to: number): number[] {
    return [...this.machine.fabric.routes.list[routeOf(this.machine, from, to)].channels]
  }

  private makePath(spec: FlowSpec): FlowPath {
    const passed = new Map<number, Passing>()
    const ways = spec.ways.map((way) => this.makeWay(spec, way, passed))
    return {
      spec,
      ways,
      entries: Int32Array.from(passed.keys()),
      adds: Float64Array.from([...passed.values()].flatMap((passing) => figuresOf(spec, passing))),
    }
  }

  private makeWay(spec: FlowSpec, way: WaySpec, passed: Map<number, Passing>): FlowWay {
    const { fabric, memory } = this.machine
    const { far, weight, copy, linePs, there, back, rates } = way
    const chance = spec.share * weight
    const asked = copy > 0 ? 0 : 1
    const on = (channel: number, rate: number): number => timeAt(rate, this.cargoOn(channel))
    const times = [
      ...there.map((channel, i) => asked * on(channel, rates[i]) + spec.dirty * on(channel, rates[i])),
      ((asked + spec.dirty) * linePs) / memory.devices[far]!.channels,
      ...back.map((channel, i) => on(channel, rates[there.length + i])),
    ]
    const places = [...there, fabric.ports.gbps.length + far, ...back]
    const stages = places.map((place) => this.queue(place, -1))
    const joint = places.map((place, i) => (i === 0 ? -1 : this.queue(places[i - 1], place)))
    stages.forEach((queue, i) => {
      pass(passed, queue, chance, times[i], copy > 0)
      if (joint[i] >= 0) pass(passed, joint[i], chance, times[i - 1], copy > 0)
    })
    return {
      far,
      weight,
      copy,
      mean: spec.width * chance,
      there: Int32Array.from(there),
      back: Int32Array.from(back),
      asks: Array.from(there, (channel) => this.cargoOn(channel)),
      answers: Array.from(back, (channel) => this.cargoOn(channel)),
      stages: Int32Array.from(stages),
      joint: Int32Array.from(joint),
      gap: Math.max(...times),
    }
  }

  /** What passes a channel takes on it now, ps. */
  timeOn(channel: number, cargo: Cargo): number {
    return timeAt(this.machine.fabric.ports.gbps[channel], cargo)
  }

  private cargoOn(channel: number): Cargo {
    const { network, ports } = this.machine.fabric
    const packets = Math.max(1, Math.ceil(LINE_BYTES / network.channels[channel].payloadBytes))
    return { packets, wire: LINE_BYTES + packets * ports.header[channel] }
  }

  private queue(place: number, next: number): number {
    const key = (place + 1) * 1_000_000 + next + 1
    const known = this.queues.get(key)
    if (known !== undefined) return known
    const index = this.queues.size
    this.queues.set(key, index)
    if ((index + 1) * FIGURES > this.now.length) {
      this.now = longer(this.now)
      this.seen = longer(this.seen)
    }
    return index
  }

  /** A stall begins: others will see `rate` more windows per ps. */
  begin(index: number, rate: number): void {
    this.shift(this.paths[index], rate, rate * rate)
  }

  /** It is over. */
  end(index: number, rate: number): void {
    this.shift(this.paths[index], -rate, -rate * rate)
  }

  private shift({ entries, adds }: FlowPath, rate: number, square: number): void {
    const { now } = this
    for (let i = 0; i < entries.length; i += 1) {
      const at = entries[i] * FIGURES
      const from = i * FIGURES
      now[at] += rate * adds[from]
      now[at + 1] += rate * adds[from + 1]
      now[at + 2] += rate * adds[from + 2]
      now[at + 3] += square * adds[from + 3] * adds[from + 3]
    }
  }

  /** Looks at the queues on a way as an arrival does. */
  look({ entries }: FlowPath): void {
    const { now, seen } = this
    for (let i = 0; i < entries.length; i += 1) {
      const at = entries[i] * FIGURES
      for (let f = at; f < at + FIGURES; f += 1) seen[f] += (now[f] - seen[f]) / MEMORY
    }
  }

  /** Accesses per ps that others who stall now make to the memory device of a way. */
  accessesOn(way: FlowWay): number {
    const device = this.machine.memory.devices[way.far]!
    if (device.linePs === 0) return 0
    return (this.now[way.stages[way.there.length] * FIGURES] * device.channels) / device.linePs
  }

  /** What one window waits in the queues of a way, ps; for `lock` see `regularity`. */
  waitOn(way: FlowWay, lock: number): number {
    let sum = 0
    for (let i = 0; i < way.stages.length; i += 1) {
      const here = this.wait(way.stages[i], lock)
      if (here === 0) continue
      const before = way.joint[i] < 0 ? 0 : this.wait(way.joint[i], lock)
      if (here > before) sum += here - before
    }
    return sum
  }

  private wait(queue: number, lock: number): number {
    const { seen } = this
    const at = queue * FIGURES
    const load = Math.min(MOST_LOAD, seen[at])
    const rate = seen[at + 2]
    if (load <= 1e-9 || rate <= 0) return 0
    const sources = (rate * rate) / seen[at + 3]
    const regular = regularity(load, sources, lock)
    const queued = Math.max(0, seen[at + 1] - (regular * load * load) / rate) / (2 * (1 - load))
    // Each source has one batch under way at most.
    return Math.min(queued, (sources * seen[at]) / rate)
  }

  save(): Saved {
    return {
      ...capture(this, ['now', 'seen']),
      specs: this.paths.map((path) => path.spec as unknown as Plain),
    }
  }

  restore(saved: Saved): void {
    this.generation += 1
    this.paths.length = 0
    this.byName.clear()
    this.queues.clear()
    for (const spec of saved['specs'] as unknown as readonly FlowSpec[]) this.add(spec)
    reinstate(this, ['now', 'seen'], saved)
  }
}

function timeAt(gbps: number, { wire }: Cargo): number {
  return gbps === Infinity ? 0 : (wire * 8000) / gbps
}
