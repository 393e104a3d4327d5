import { sendingPs, type Mechanism, type MigrationSettings } from './migration-state'

/**
 * Send everything while running, then again what was dirtied meanwhile, until little is left; stop, send the rest, go on.
 *
 * @see C. Clark et al., "Live Migration of Virtual Machines", NSDI 2005, for the method; volumes per round as a geometric
 * series with ratio dirty rate / bandwidth
 */
export const preCopy: Mechanism = {
  name: 'pre-copy',
  summary: 'State is sent while the instance runs, dirtied parts again and again; a short stop sends the rest.',
  begin(_move, mover) {
    mover.send(mover.stateBytes)
  },
  sent(move, mover, elapsed) {
    if (!Number.isNaN(move.stop)) {
      mover.handOver()
      return
    }
    move.rounds += 1
    const next = Math.min(Math.round(mover.dirtyBytesPerPs * elapsed), mover.writableBytes)
    if (isLast(next, move.volume, move.rounds, mover.rate, mover.settings)) mover.stop()
    mover.send(next)
  },
  resumed(_move, mover) {
    mover.complete()
  },
  estimate(mover) {
    let volume = mover.stateBytes
    let total = 0
    for (let round = 1; ; round += 1) {
      const time = volume / mover.rate
      const next = Math.min(mover.dirtyBytesPerPs * time, mover.writableBytes)
      total += time + mover.lastPacketPs
      if (isLast(next, volume, round, mover.rate, mover.settings)) {
        const downtime = mover.drainPs + sendingPs(mover, next) + mover.handshakePs
        return { total: total + downtime, downtime }
      }
      volume = next
    }
  },
}

/** Whether the instance stops after a live round: the next volume fits the target, does not shrink, or rounds are used up. */
function isLast(next: number, volume: number, rounds: number, rate: number, settings: MigrationSettings): boolean {
  return (
    next <= rate * settings.downtimeTargetPs ||
    (settings.stopWhenNotShrinking && next >= volume) ||
    rounds >= settings.maxRounds
  )
}
