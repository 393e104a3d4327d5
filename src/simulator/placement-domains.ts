import type { Scenario } from '../scenario/scenario'
import type { Machine } from './services/machine'

/** Instances of one service by what can fail at once: per device, those on it, in its rack and at its switches. */
export interface Apart {
  readonly onDevice: Int32Array
  readonly inRack: Int32Array
  readonly atSwitch: Int32Array
}

/** What devices share that can fail: racks, and the switches that they are joined to. */
export class Domains {
  /** The first device with the same rack, or the same set of switches, of every device. */
  private readonly rack: Int32Array
  private readonly switches: Int32Array
  /** 1: it is said which rack a device is in. */
  private readonly named: Uint8Array

  constructor(
    scenario: Scenario,
    private readonly machine: Machine,
  ) {
    const { devices, fabric } = machine
    const joined = devices.names.map((): number[] => [])
    for (const { from, to } of fabric.network.channels) joined[from]?.push(to)
    this.switches = firstAlike(joined.map((list) => [...new Set(list)].sort((a, b) => a - b).join(' ')))
    const racks = devices.names.map((_, device) => scenario.topology.nodes[devices.node[device]].rack ?? '')
    this.rack = firstAlike(racks)
    this.named = Uint8Array.from(racks, (rack) => (rack === '' ? 0 : 1))
  }

  /** How much two devices share that can fail: 2 a rack, 1 the switches that they are joined to, 0 nothing. */
  shared(one: number, other: number): number {
    const { rack, switches } = this
    return rack[one] === rack[other] && this.named[one] === 1 ? 2 : switches[one] === switches[other] ? 1 : 0
  }

  /** Counts the placed instances of a service, one of them left out. */
  count(service: number, except: number): Apart {
    const { instances, devices } = this.machine
    const onDevice = new Int32Array(devices.names.length)
    for (let i = instances.first[service]; i < instances.first[service + 1]; i += 1)
      if (i !== except && instances.device[i] >= 0) onDevice[instances.device[i]] += 1
    return { onDevice, inRack: summed(onDevice, this.rack), atSwitch: summed(onDevice, this.switches) }
  }
}

function firstAlike(names: readonly string[]): Int32Array {
  const first = new Map<string, number>()
  names.forEach((name, i) => {
    if (!first.has(name)) first.set(name, i)
  })
  return Int32Array.from(names, (name) => first.get(name)!)
}

function summed(counts: Int32Array, group: Int32Array): Int32Array {
  const sums = new Int32Array(counts.length)
  counts.forEach((count, i) => (sums[group[i]] += count))
  return group.map((first) => sums[first])
}
