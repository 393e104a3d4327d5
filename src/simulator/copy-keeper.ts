import type { Scenario } from '../scenario/scenario'
import { Failover } from './failover'
import type { Lifecycle } from './lifecycle'
import type { Migrations } from './mechanisms/migrations'
import type { Placing } from './placing'
import { Rebuilding } from './rebuilding'
import { Restoring } from './restoring'
import type { Executor } from './services/executor'
import type { Machine } from './services/machine'
import { Transfers } from './transfers'

/** All that deals with further copies of far memory, and with memory that outlives its host. */
export class CopyKeeper {
  readonly transfers: Transfers
  readonly restoring: Restoring
  readonly failover: Failover
  readonly rebuilding: Rebuilding

  constructor(
    scenario: Scenario,
    machine: Machine,
    executor: Executor,
    placing: Placing,
    lifecycle: Lifecycle,
    migrations: Migrations,
  ) {
    this.transfers = new Transfers(machine)
    this.restoring = new Restoring(scenario, machine, lifecycle, this.transfers)
    this.failover = new Failover(machine, executor, migrations, this.restoring)
    this.rebuilding = new Rebuilding(machine, placing.mirroring, this.transfers, (instance) => {
      lifecycle.told.occupancy(instance)
    })
    lifecycle.told.room = () => {
      this.rebuilding.lookAtAll()
    }
    this.transfers.done = (transfer) => {
      if (transfer.slabs === 0) this.restoring.fetched(transfer.instance)
      else this.rebuilding.filled(transfer)
    }
  }
}
