import { sendingPs, type Mechanism } from './migration-state'

/**
 * Stop, send the execution context, go on at the target; pages that are missed there are fetched, the others pushed
 * behind.
 *
 * @see M. Hines, U. Deshpande, K. Gopalan, "Post-Copy Live Migration of Virtual Machines", SIGOPS OSR 43 (2009): demand
 * paging with active push, every page sent once
 */
export const postCopy: Mechanism = {
  name: 'post-copy',
  summary: 'A short stop sends the execution context; pages follow when they are missed, and the rest behind.',
  refusal: ({ name, onGpu }) => (onGpu ? `${name} is on a GPU, whose kernels fetch no missing pages` : null),
  begin(_move, mover) {
    mover.stop()
    mover.send(mover.contextBytes)
  },
  sent(move, mover) {
    if (Number.isNaN(move.resume)) mover.handOver()
    else mover.complete()
  },
  resumed(_move, mover) {
    mover.pushBehind(mover.stateBytes)
  },
  estimate(mover) {
    const downtime = sendingPs(mover, mover.contextBytes) + mover.handshakePs
    return { total: downtime + sendingPs(mover, mover.stateBytes), downtime }
  },
}
