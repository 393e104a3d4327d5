import { sendingPs, type Mechanism } from './migration-state'

/** Stop, send everything, go on. */
export const stopAndCopy: Mechanism = {
  name: 'stop-and-copy',
  summary: 'The instance stops, all its state is sent, it goes on at the target.',
  begin(_move, mover) {
    mover.stop()
    mover.send(mover.stateBytes)
  },
  sent(_move, mover) {
    mover.handOver()
  },
  resumed(_move, mover) {
    mover.complete()
  },
  estimate(mover) {
    const time = mover.drainPs + sendingPs(mover, mover.stateBytes) + mover.handshakePs
    return { total: time, downtime: time }
  },
}
