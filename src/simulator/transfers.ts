import { copyPlain, type Plain, type Saved } from './engine/plain-state'
import { cargoOf } from './instance-cargo'
import { CHUNK_BYTES } from './mechanisms/idle-way'
import { routeOf, type Machine } from './services/machine'
import * as Purpose from './services/purpose'

/** Bytes of an instance that are copied from one device to another. */
export interface Transfer {
  readonly id: number
  readonly instance: number
  readonly epoch: number
  readonly from: number
  readonly to: number
  readonly bytes: number
  /** Slabs that are filled, the first and how many; 0: the bytes go to local memory. */
  readonly firstSlab: number
  readonly slabs: number
  left: number
  inFlight: number
}

/** Who is told that a transfer is over. */
type Done = (transfer: Transfer) => void

/** Copies far memory in pieces, so that other messages get between them. */
export class Transfers {
  list: Transfer[] = []
  private nextId = 0
  done: Done = () => undefined

  constructor(private readonly machine: Machine) {}

  begin(transfer: Pick<Transfer, 'instance' | 'from' | 'to' | 'bytes' | 'firstSlab' | 'slabs'>): void {
    const { bytes, instance } = transfer
    const id = this.nextId
    const epoch: number = this.machine.instances.epoch[instance] ?? 0
    this.nextId += 1
    this.list.push({ ...transfer, id, epoch, left: bytes, inFlight: 0 })
    this.next(id)
  }

  /** Those that come from or go to a device that has failed come to nothing. */
  cutOff(device: number): void {
    this.list = this.list.filter(({ from, to }) => from !== device && to !== device)
  }

  /** What an instance was fetching is no longer awaited. */
  stopFetching(instance: number): void {
    this.list = this.list.filter((one) => one.instance !== instance || one.slabs > 0)
  }

  /** @param isFetch whether it is one to local memory */
  isAtWork(instance: number, isFetch: boolean): boolean {
    const epoch = this.machine.instances.epoch[instance]
    return this.list.some((one) => one.instance === instance && one.epoch === epoch && (one.slabs === 0) === isFetch)
  }

  /** Event `bulkNext`: the first port is ready for the next piece. */
  next(id: number): void {
    const transfer = this.list.find((one) => one.id === id)
    if (transfer === undefined || transfer.left <= 0) return
    const { fabric } = this.machine
    const route = routeOf(this.machine, transfer.from, transfer.to)
    const payload = Math.min(fabric.routes.list[route].payloadBytes, CHUNK_BYTES)
    const bytes = Math.min(transfer.left, Math.max(1, Math.floor(CHUNK_BYTES / payload)) * payload)
    transfer.left -= bytes
    transfer.inFlight += 1
    const cargo = { purpose: Purpose.copying, subject: -1 - id, bulk: true }
    fabric.send(route, bytes, cargoOf(this.machine, transfer.instance, cargo))
  }

  /** A piece has arrived. */
  arrived(id: number): void {
    const transfer = this.list.find((one) => one.id === id)
    if (transfer === undefined) return
    transfer.inFlight -= 1
    if (transfer.left > 0 || transfer.inFlight > 0) return
    this.list = this.list.filter((one) => one !== transfer)
    if (transfer.epoch === this.machine.instances.epoch[transfer.instance]) this.done(transfer)
  }

  save(): Saved {
    return { list: copyPlain(this.list as unknown as Plain), nextId: this.nextId }
  }

  restore(saved: Saved): void {
    this.list = copyPlain(saved['list']) as unknown as Transfer[]
    this.nextId = saved['nextId'] as number
  }
}
