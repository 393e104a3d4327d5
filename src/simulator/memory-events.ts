import * as EventKind from './engine/event-kind'
import type { MemoryKeeper } from './memory-keeper'
import type { Reclaiming } from './reclaiming'
import type { Tiering } from './tiering'

interface MemoryParts {
  readonly keeper: MemoryKeeper
  readonly tiering: Tiering
  readonly reclaiming: Reclaiming
}

/** Events of far memory. Returns whether this is one. */
export function memoryEvent(
  { keeper, tiering, reclaiming }: MemoryParts,
  kind: number,
  a: number,
  b: number,
  c: number,
): boolean {
  switch (kind) {
    case EventKind.footprint:
      keeper.turn(a, b)
      return true
    case EventKind.leaseEnd:
      keeper.leaseEnd(a, b)
      return true
    case EventKind.tiering:
      tiering.look()
      return true
    case EventKind.tieringNext:
      tiering.next(a)
      return true
    case EventKind.tieringSend:
      tiering.send(a, b, c)
      return true
    case EventKind.reclaimLook:
      reclaiming.look()
      return true
    case EventKind.reclaimSend:
      reclaiming.send(a)
      return true
    case EventKind.reclaimNext:
      reclaiming.next(a)
      return true
    default:
      return false
  }
}
