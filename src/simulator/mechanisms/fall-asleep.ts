import type { Machine } from '../services/machine'
import type { MigrationState } from './migration-state'

/** Devices without an instance, which none is leaving or bound for, fall asleep if they can. */
export function fallAsleep({ instances, sleep, queue }: Machine, moves: readonly MigrationState[]): void {
  if (!sleep.isUsed) return
  const used = new Uint8Array(sleep.asleep.length)
  for (const device of instances.device) if (device >= 0) used[device] = 1
  for (const { from, to, outcome } of moves) if (outcome === 'running') used[from] = used[to] = 1
  sleep.settle(used, queue.clock[0])
}
