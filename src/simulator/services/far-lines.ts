import { LINE_BYTES } from '../hardware/memory'
import type { FarAccess } from './far-access'
import type { Mix } from './far-windows'
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
    for (let i = 0; i < remote; i += 1) {
      access.pack(token, isWrite ? Purpose.memoryWrite : Purpose.memoryRead, token, true)
      const route = routeOf(access.machine, device, this.far(mix))
      fabric.sendUnits(route, 1, isWrite ? unit : LINE_BYTES, now, now, access.parcel)
    }
    const dirty = access.dirtyOf(token, remote, code)
    for (let i = 0; i < dirty; i += 1) {
      access.pack(token, Purpose.writeBack, unit === LINE_BYTES ? 1 : -1, true)
      fabric.sendUnits(routeOf(access.machine, device, this.far(mix)), 1, unit, now, now, access.parcel)
    }
  }

  private far(mix: Mix): number {
    return mix.devices.length === 1 ? mix.devices[0] : this.access.windows.pick(mix, this.access.uniform())
  }
}
