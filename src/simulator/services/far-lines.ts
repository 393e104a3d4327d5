import { LINE_BYTES } from '../hardware/memory'
import type { FarAccess } from './far-access'
import { placeOf, type Mix } from './far-mixes'
import { routeOf } from './machine'
import * as Purpose from './purpose'
import type { ComputeCode } from './program'

/** Fidelity `line`: each window by itself, each line or page a message of its own; which device has it is drawn. */
export class FarLines {
  constructor(private readonly access: FarAccess) {}

  /** Sends the reads of a window, and its write-backs behind them. */
  read(token: number, mix: Mix, remote: number, code: ComputeCode, unit: number): void {
    const { access } = this
    const { tokens, fabric, queue } = access.machine
    const now = queue.clock[0]
    const device = tokens.device[token]
    const isWrite = code.access === 'write'
    tokens.outstanding[token] = remote
    this.ask(token, mix, remote, isWrite ? unit : LINE_BYTES, isWrite ? Purpose.memoryWrite : Purpose.memoryRead)
    if (isWrite && mix.mirrors.length > 0)
      tokens.outstanding[token] += this.toMirrors(token, mix, remote, unit, Purpose.memoryWrite, token)
    const dirty = access.dirtyOf(token, remote, code)
    const units = unit === LINE_BYTES ? 1 : -1
    for (let i = 0; i < dirty; i += 1) {
      access.pack(token, Purpose.writeBack, units, true)
      fabric.sendUnits(routeOf(access.machine, device, this.far(mix)), 1, unit, now, now, access.parcel)
    }
    if (dirty > 0 && mix.mirrors.length > 0) this.toMirrors(token, mix, dirty, unit, Purpose.writeBack, units)
  }

  /** Sends a message for each line or page; returns how many those are. */
  ask(token: number, mix: Mix, count: number, bytes: number, purpose: number): number {
    const { access } = this
    const { tokens, fabric, queue } = access.machine
    const now = queue.clock[0]
    for (let i = 0; i < count; i += 1) {
      access.pack(token, purpose, token, true)
      const place = this.place(mix)
      access.lines.note(place)
      const route = routeOf(access.machine, tokens.device[token], mix.devices[place])
      fabric.sendUnits(route, 1, bytes, now, now, access.parcel)
    }
    return count
  }

  /** Sends what was written to the further copies too; returns how many messages those are. */
  private toMirrors(token: number, mix: Mix, count: number, unit: number, purpose: number, subject: number): number {
    const { access } = this
    const { tokens, fabric, queue } = access.machine
    const now = queue.clock[0]
    let sent = 0
    for (let copy = 0; copy < mix.mirrors.length; copy += 1)
      for (let i = 0; i < count; i += 1) {
        const mirror = mix.mirrors[copy]
        if (mirror.part < 1 && access.uniform() >= mirror.part) continue
        access.pack(token, purpose, subject, true)
        const route = routeOf(access.machine, tokens.device[token], this.far(mirror))
        fabric.sendUnits(route, 1, unit, now, now, access.parcel)
        sent += 1
      }
    return sent
  }

  private far(mix: Mix): number {
    return mix.devices[this.place(mix)]
  }

  private place(mix: Mix): number {
    return mix.devices.length === 1 ? 0 : placeOf(mix, this.access.uniform())
  }
}
