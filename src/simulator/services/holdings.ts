import { copyPlain, type Plain, type Saved } from '../engine/plain-state'
import { leadsTo, type Machine } from './machine'

/** Code of a service, or state of an instance, on a device that is not its own. */
interface Held {
  /** A service, or the number of services and an instance; -1: it is on its way and will not be kept. */
  item: number
  /** Memory that it takes; 0: none, as it will not be kept. */
  bytes: number
  /** When it was used last, ps. */
  used: number
  /** Token that brings it; -1: it is there. */
  bringer: number
  /** Tokens that wait for it, linked by Tokens.next; -1: none. */
  head: number
  tail: number
}

/**
 * What devices hold of the code and state that steps need where they are offloaded to: the first step brings it with its
 * input, those after it wait for it, and it stays while there is room beside the instances, the one used last the longest,
 * and there is somebody whom it is for.
 */
export class Holdings {
  /** Whether any service has code or state that must be there. */
  readonly isUsed: boolean
  private held: Held[][]

  constructor(private readonly machine: Machine) {
    this.isUsed = machine.instances.services.some((spec) => spec.codeBytes > 0 || spec.offloadStateBytes > 0)
    this.held = machine.devices.names.map(() => [])
    if (!this.isUsed) return
    machine.local.taken = (device) => this.makeWay(device)
    machine.slabs.taken = (device) => this.makeWay(device)
  }

  /** Bytes that must be sent before a step of an instance can run on a device. */
  missingBytes(device: number, instance: number): number {
    if (!this.isUsed || this.machine.instances.device[instance] === device) return 0
    return this.itemsOf(instance).reduce(
      (sum, { item, bytes }) => sum + (bytes === 0 || this.find(device, item) ? 0 : bytes),
      0,
    )
  }

  /** A token's step leaves for a device: returns what it brings beside its input, bytes. */
  bring(device: number, instance: number, token: number): number {
    const missing = this.missingBytes(device, instance)
    if (!this.isUsed) return 0
    const now = this.machine.queue.clock[0]
    for (const { item, bytes } of this.itemsOf(instance)) {
      if (bytes === 0) continue
      const known = this.find(device, item)
      if (known) known.used = now
      else if (missing > 0 && this.makeRoom(device, bytes))
        this.keep(device, { item, bytes, used: now, bringer: token, head: -1, tail: -1 })
    }
    return missing
  }

  private keep(device: number, held: Held): void {
    this.held[device].push(held)
    this.machine.local.held[device] += held.bytes
  }

  /** An instance has ended: its state goes, and the code of its service with the last of them. */
  ended(instance: number): void {
    if (!this.isUsed) return
    const { instances, devices } = this.machine
    const service = instances.service[instance]
    const isLast = instances.device
      .subarray(instances.first[service], instances.first[service + 1])
      .every((at) => at < 0)
    devices.names.forEach((_, device) => {
      this.dropItem(device, instances.services.length + instance)
      if (isLast) this.dropItem(device, service)
    })
  }

  /** An instance goes on elsewhere: its state is there with it, and of no use where no way leads to. */
  moved(instance: number): void {
    if (!this.isUsed) return
    const { instances, devices } = this.machine
    const home = instances.device[instance]
    devices.names.forEach((_, device) => {
      if (device === home || !leadsTo(this.machine, home, device))
        this.dropItem(device, instances.services.length + instance)
    })
  }

  /** A device gives up all that it holds: it is to be emptied, or has lost it. */
  clear(device: number): void {
    for (let at = this.oldest(device, true); at >= 0; at = this.oldest(device, true)) this.drop(device, at)
  }

  private dropItem(device: number, item: number): void {
    const at = this.held[device].findIndex((each) => each.item === item)
    if (at >= 0) this.drop(device, at)
  }

  /** What is on its way comes all the same, for those who wait for it, and is not kept. */
  private drop(device: number, at: number): void {
    const held = this.held[device][at]
    this.machine.local.held[device] -= held.bytes
    if (held.bringer < 0) this.held[device].splice(at, 1)
    held.item = -1
    held.bytes = 0
  }

  private itemsOf(instance: number): readonly { readonly item: number; readonly bytes: number }[] {
    const { instances } = this.machine
    const { codeBytes, offloadStateBytes } = instances.spec(instance)
    return [
      { item: instances.service[instance], bytes: codeBytes },
      { item: instances.services.length + instance, bytes: offloadStateBytes },
    ]
  }

  private find(device: number, item: number): Held | undefined {
    return this.held[device].find((each) => each.item === item)
  }

  private roomBytes(device: number): number {
    const { local, slabs } = this.machine
    const memory = slabs.devices[device]
    return memory ? slabs.free[device] * memory.slabBytes : local.roomBytes(device)
  }

  /** Gives up what was not used for longest, but nothing that is on its way, until there is room. */
  private makeRoom(device: number, bytes: number): boolean {
    const room = this.roomBytes(device)
    if (bytes > room) return false
    while (this.machine.local.held[device] + bytes > room) {
      const oldest = this.oldest(device, false)
      if (oldest < 0) return false
      this.drop(device, oldest)
    }
    return true
  }

  /** Instances or kernels have taken memory: what is held there makes way, what is on its way last. */
  private makeWay(device: number): void {
    const { held } = this.machine.local
    while (held[device] > 0 && held[device] > this.roomBytes(device)) this.drop(device, this.oldest(device, true))
  }

  /** What was not used for longest, of what is there if anything is; -1: nothing. */
  private oldest(device: number, alsoComing: boolean): number {
    const list = this.held[device]
    let best = -1
    for (let i = 0; i < list.length; i += 1) {
      if (list[i].bytes === 0 || (list[i].bringer >= 0 && !alsoComing)) continue
      if (best < 0 || isBefore(list[i], list[best])) best = i
    }
    return best
  }

  /** A token is at a device: whether it must wait there for what another brings. */
  waits(device: number, instance: number, token: number): boolean {
    if (!this.isUsed) return false
    for (const { item } of this.itemsOf(instance)) {
      const held = this.find(device, item)
      if (held === undefined || held.bringer < 0) continue
      const { tokens } = this.machine
      tokens.next[token] = -1
      if (held.head < 0) held.head = token
      else tokens.next[held.tail] = token
      held.tail = token
      return true
    }
    return false
  }

  /** What a token brought is there. Returns those that have waited for it, in order of their coming. */
  arrived(device: number, token: number): readonly number[] {
    if (!this.isUsed) return NONE
    const waiting: number[] = []
    for (const held of this.held[device]) {
      if (held.bringer !== token) continue
      held.bringer = -1
      for (let at = held.head; at >= 0; at = this.machine.tokens.next[at]!) waiting.push(at)
      held.head = held.tail = -1
    }
    this.held[device] = this.held[device].filter(({ item, bringer }) => item >= 0 || bringer >= 0)
    return waiting
  }

  save(): Saved {
    return { held: copyPlain(this.held as unknown as Plain) }
  }

  restore(saved: Saved): void {
    this.held = copyPlain(saved['held']) as unknown as Held[][]
  }
}

const NONE: readonly number[] = []

function isBefore(one: Held, other: Held): boolean {
  const isThere = Number(one.bringer >= 0) - Number(other.bringer >= 0)
  return isThere !== 0 ? isThere < 0 : one.used < other.used
}
