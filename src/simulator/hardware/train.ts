/**
 * A message's packets as one train: all full-sized but the last. Its place in time at a point of its route is three
 * instants, those of the first packet, the last but one, and the last; between the first and the last but one the
 * packets are evenly spaced. On an unloaded route this gives the packet recurrence
 * d(k,h) = max(d(k,h-1) + propagation + switch latency, d(k-1,h)) + ser_h(k) exactly.
 */
export interface Train {
  /** How many packets, 1 or more. */
  packets: number
  /** ps */
  first: number
  lastButOne: number
  last: number
}

/**
 * Sends a train through a port that is free from `start` on, `start` not before the first packet's arrival.
 * Changes the train's instants from arrivals to departures.
 *
 * @param full serialization of a full packet, ps
 * @param tail serialization of the last packet, ps
 * @returns how long the port works for it, ps
 */
export function passPort(train: Train, start: number, full: number, tail: number): number {
  const { packets } = train
  if (packets === 1) {
    train.first = train.lastButOne = train.last = start + tail
    return tail
  }
  const work = (packets - 1) * full
  const lastButOne = Math.max(train.lastButOne + full, start + work)
  train.last = Math.max(train.last, lastButOne) + tail
  train.first = start + full
  train.lastButOne = lastButOne
  return work + tail
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
