import { copyPlain, type Plain, type Saved } from '../engine/plain-state'
import type { Machine } from './machine'

/** Code of a service, or state of an instance, on a device that is not its own. */
interface Held {
  /** A service, or the number of services and an instance. */
  readonly item: number
  readonly bytes: number
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
 * input, those after it wait for it, and it stays while there is room beside the instances, the one used last the longest.
 */
export class Holdings {
  /** Whether any service has code or state that must be there. */
  readonly isUsed: boolean
  private held: Held[][]

  constructor(private readonly machine: Machine) {
    this.isUsed = machine.instances.services.some((spec) => spec.codeBytes > 0 || spec.offloadStateBytes > 0)
    this.held = machine.devices.names.map(() => [])
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
        this.held[device].push({ item, bytes, used: now, bringer: token, head: -1, tail: -1 })
    }
    return missing
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

  /** Gives up what was not used for longest, but nothing that is on its way, until there is room. */
  private makeRoom(device: number, bytes: number): boolean {
    const { local, slabs } = this.machine
    const memory = slabs.devices[device]
    const room = memory ? slabs.free[device] * memory.slabBytes : local.roomBytes(device)
    if (bytes > room) return false
    for (;;) {
      const list = this.held[device]
      if (list.reduce((sum, each) => sum + each.bytes, bytes) <= room) return true
      const oldest = list.reduce(
        (best, each, i) => (each.bringer < 0 && (best < 0 || each.used < list[best].used) ? i : best),
        -1,
      )
      if (oldest < 0) return false
      list.splice(oldest, 1)
    }
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
