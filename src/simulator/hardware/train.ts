/**
 * A message's packets as one train: all full-sized but the last. Its place in time at a point of its route is three
 * instants, those of the first packet, the last but one, and the last; between the first and the last but one the
 * packets are evenly spaced. On an unloaded route this gives the packet recurrence of the model exactly.
 */
export interface Train {
  /** How many packets, 1 or more. */
  packets: number
  /** When the packet may start through the next port, ps; at the end of the route: when it is in. */
  first: number
  lastButOne: number
  last: number
}

/**
 * A train on its way. Before a switch that cuts through, a packet may start before all of it is in: `lag` is how much
 * later a full packet's last bit comes than the instant at which it may start, `lagLast` the same of the last packet, ps.
 */
export interface MovingTrain extends Train {
  lag: number
  lagLast: number
}

export function movingTrain(): MovingTrain {
  return { packets: 1, first: 0, lastButOne: 0, last: 0, lag: 0, lagLast: 0 }
}

/**
 * Sends a train through a port that is free from `start` on, `start` not before the first packet may start. Packet k
 * starts when it may and the one before it is out, takes its serialization, and ends no earlier than its last bit came:
 *
 *     s(k) = max(may start(k), e(k-1))        e(k) = max(s(k) + serialization(k), last bit in(k))
 *
 * Changes the train's instants from those before the port to those behind it.
 *
 * @param full serialization of a full packet, ps
 * @param tail serialization of the last packet, ps
 * @param header ps after its start at which a packet may go on at the far end; negative: when all of it is out
 * @returns how long the port is taken, ps
 */
export function passPort(train: MovingTrain, start: number, full: number, tail: number, header: number): number {
  if (train.packets === 1) {
    const taken = Math.max(tail, train.last + train.lagLast - start)
    const ahead = header < 0 ? taken : header
    train.first = train.lastButOne = train.last = start + ahead
    train.lag = train.lagLast = taken - ahead
    return taken
  }
  const { packets, lag } = train
  const each = Math.max(full, lag - (start - train.first))
  const beforeLast = Math.max(train.lastButOne + Math.max(full, lag), start + each + (packets - 2) * full)
  const begin = Math.max(train.last, beforeLast)
  const taken = Math.max(tail, train.last + train.lagLast - begin)
  train.lag = header < 0 ? 0 : each - header
  train.lagLast = header < 0 ? 0 : taken - header
  train.first = start + each - train.lag
  train.lastButOne = beforeLast - train.lag
  train.last = begin + taken - train.lagLast
  return (packets - 1) * each + taken
}

/** Moves a train in time, all packets alike. */
export function shift(train: Train, ps: number): void {
  train.first += ps
  train.lastButOne += ps
  train.last += ps
}

/** When the last but one of `packets` packets is there that come evenly from `first` to `last`, whole ps. */
export function lastButOneOf(packets: number, first: number, last: number): number {
  return packets < 2 ? last : Math.floor(last - (last - first) / (packets - 1))
}

/** When packet `index` of those that come evenly from `first` to the last but one, and then the last, is there; whole ps. */
export function readyAt(index: number, packets: number, first: number, last: number): number {
  if (index >= packets - 1) return last
  if (index === 0) return first
  return Math.floor(first + ((last - first) * index) / (packets - 1))
}
