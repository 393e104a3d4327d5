import type { KernelRecall } from '../services/kernel-recall'
import type { Machine } from '../services/machine'
import { CHUNK_BYTES, lastPacketPs, payloadRate, wayPs } from './idle-way'
import { mechanisms } from './index'
import type { Mechanism, MigrationSettings, MoverFigures } from './migration-state'
import { stateBytesOf, unsuited } from './move-refusals'

/** Chooses the mechanism by what it is expected to cost. */
export const AUTO = 'auto'

export const HANDSHAKE_BYTES = 64

/** Uncontended, ps. */
export interface MoveEstimate {
  readonly total: number
  readonly downtime: number
}

/** What moves would take over idle ways, and which mechanism is the quickest. */
export class MoveEstimates {
  constructor(
    private readonly machine: Machine,
    private readonly recall: KernelRecall,
    private readonly settings: MigrationSettings,
  ) {}

  /** Uncontended total and downtime of a move, ps. */
  estimate(instance: number, to: number, mechanism: string): MoveEstimate {
    const { instances, sleep, queue } = this.machine
    const figures = this.figures(instance, instances.device[instance], to)
    const { total, downtime } = mechanismNamed(mechanism).estimate(figures)
    return { total: total + sleep.wakingPs(to, queue.clock[0]), downtime }
  }

  /** As `estimate`, with the mechanism chosen for `auto`. */
  estimateBy(instance: number, to: number, asked: string): MoveEstimate {
    return this.estimate(instance, to, asked === AUTO ? this.quickest(instance, to) : asked)
  }

  /** The way with the shortest downtime of those that can move an instance, then with the shortest total, then the first. */
  quickest(instance: number, to: number): string {
    let best = ''
    let least: MoveEstimate = { total: Infinity, downtime: Infinity }
    for (const { name } of mechanisms) {
      if (unsuited(this.machine, instance, mechanismNamed(name)) !== null) continue
      const estimate = this.estimate(instance, to, name)
      const less = estimate.downtime - least.downtime || estimate.total - least.total
      if (best !== '' && !(less < 0)) continue
      best = name
      least = estimate
    }
    return best
  }

  /** What a mechanism knows of a move. */
  figures(instance: number, from: number, to: number): MoverFigures {
    const { instances, queue } = this.machine
    const spec = instances.spec(instance)
    const stateBytes = stateBytesOf(this.machine, instance)
    const dirtyBytesPerPs = spec.dirtyBytesPerSecond / 1e12
    const writableBytes = Math.min(stateBytes, spec.writableBytes)
    const until = this.machine.gpus.devices[from] !== null ? this.recall.runsUntil(instance) : -1
    const dirtied = Math.round(dirtyBytesPerPs * (queue.clock[0] - instances.writtenBack[instance]))
    return {
      settings: this.settings,
      rate: payloadRate(this.machine, from, to),
      lastPacketPs: lastPacketPs(this.machine, from, to, CHUNK_BYTES),
      handshakePs: wayPs(this.machine, from, to, HANDSHAKE_BYTES) + wayPs(this.machine, to, from, HANDSHAKE_BYTES),
      drainPs: Math.max(0, until - queue.clock[0]),
      stateBytes,
      contextBytes: spec.contextBytes,
      dirtyCachedBytes: Math.floor(Math.min(writableBytes, instances.localBytes[instance], dirtied)),
      dirtyBytesPerPs,
      writableBytes,
    }
  }
}

export function mechanismNamed(name: string): Mechanism {
  const found = mechanisms.find((mechanism) => mechanism.name === name)
  if (!found) throw new RangeError(`no migration mechanism "${name}"`)
  return found
}
