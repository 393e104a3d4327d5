import * as EventKind from './engine/event-kind'
import { LINE_BYTES, PAGE_BYTES } from './hardware/memory'
import { cargoOf } from './instance-cargo'
import { CHUNK_BYTES } from './mechanisms/idle-way'
import type { Machine } from './services/machine'
import * as Purpose from './services/purpose'
import { PS_PER_SECOND } from '../units/time'

/** One slab on its way from a memory device to another. */
export interface SlabCopy {
  readonly device: number
  readonly target: number
  readonly instance: number
  /** Not sent yet. */
  left: number
  /** When the chunk under way was begun, ps, and its bytes. */
  begun: number
  bytes: number
}

/** Begins the next chunk: it is read from the device, and sent when that is done. */
export function beginChunk({ memory, queue }: Machine, copy: SlabCopy): void {
  const now = queue.clock[0]
  copy.bytes = Math.min(CHUNK_BYTES, copy.left)
  copy.left -= copy.bytes
  copy.begun = now
  const ready = memory.serve(copy.device, pagesOf(copy), PAGE_BYTES / LINE_BYTES, now, now).last
  queue.schedule(ready, EventKind.reclaimSend, copy.device, 0, 0)
}

/** Sends what has been read. @param route from the device to the target */
export function sendChunk(machine: Machine, copy: SlabCopy, route: number): void {
  const cargo = cargoOf(machine, copy.instance, { purpose: Purpose.reclaim, subject: copy.device })
  machine.fabric.send(route, copy.bytes, cargo)
}

/** Writes what has come; the next chunk begins when that is done, and no earlier than the rate allows. */
export function storeChunk({ memory, queue }: Machine, copy: SlabCopy, bytesPerSecond: number): void {
  const now = queue.clock[0]
  const stored = memory.serve(copy.target, pagesOf(copy), PAGE_BYTES / LINE_BYTES, now, now, 1).last
  const due = copy.begun + Math.round((copy.bytes / bytesPerSecond) * PS_PER_SECOND)
  queue.schedule(Math.max(stored, due), EventKind.reclaimNext, copy.device, 0, 0)
}

function pagesOf({ bytes }: SlabCopy): number {
  return Math.ceil(bytes / PAGE_BYTES)
}
