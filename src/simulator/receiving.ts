import * as Purpose from './services/purpose'
import type { Migrations } from './mechanisms/migrations'
import type { Executor } from './services/executor'
import type { Machine } from './services/machine'
import type { Reclaiming } from './reclaiming'
import type { Tiering } from './tiering'
import type { Transfers } from './transfers'

/** Gives what has arrived to whom it is for. */
export class Receiving {
  constructor(
    private readonly machine: Machine,
    private readonly executor: Executor,
    private readonly tiering: Tiering,
    private readonly reclaiming: Reclaiming,
    private readonly migrations: Migrations,
    private readonly transfers: Transfers,
  ) {}

  /** Event `delivered`. */
  take(message: number): void {
    if (!this.machine.fabric.arrive(message)) return
    const { messages, routes } = this.machine.fabric
    const purpose = messages.purpose[message]
    const subject = messages.subject[message]
    const at = routes.target[messages.route[message]]
    switch (purpose) {
      case Purpose.memoryRead:
      case Purpose.memoryWrite:
        this.executor.far.serve(message)
        break
      case Purpose.pageAsk:
        this.executor.far.absent.serve(message)
        break
      case Purpose.writeBack:
        this.executor.far.absorb(message)
        break
      case Purpose.memoryAnswer:
        this.executor.far.answered(subject)
        break
      case Purpose.tiering:
        this.tiering.arrived(subject, at)
        break
      case Purpose.reclaim:
        this.reclaiming.arrived(subject)
        break
      case Purpose.bulk:
        this.migrations.chunkArrived(subject)
        break
      case Purpose.handshake:
        this.migrations.handshakeArrived(subject)
        break
      case Purpose.copying:
        this.transfers.arrived(-1 - subject)
        break
      case Purpose.nothing:
        break
      default:
        this.executor.deliveries.take(purpose, subject, at)
    }
    messages.close(message)
  }
}
