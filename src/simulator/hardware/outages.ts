import type { Fabric } from './fabric'

/** What an outage or its end did. */
export interface RouteChange {
  /** Pairs of devices whose way changed, was lost or came back. */
  readonly routes: number
  /** Messages, or pieces of them, that were lost on the way. */
  readonly lost: number
}

/**
 * Links and switches that fail and come back. What is on a failed wire or in a failed switch is lost, and what waits in
 * a switch for a failed wire too: the sender sends it again after the wire's time-out. What is still at its sender takes
 * the new way at once, or waits for one.
 */
export class Outages {
  constructor(private readonly fabric: Fabric) {}

  /**
   * Channels fail at `now`.
   *
   * @param place the switch that fails with them; -1: none does
   */
  fail(channels: readonly number[], place: number): RouteChange {
    const { ports } = this.fabric
    const struck = channels.filter((channel) => ports.down[channel] === 0)
    for (const channel of channels) ports.down[channel] += 1
    const routes = this.fabric.routes.refresh()
    const wires = new Set(struck)
    const lost = this.loseUnderWay(wires, place) + this.loseWaiting(wires)
    for (const channel of struck) this.fabric.stop(channel)
    this.startAgain()
    return { routes, lost }
  }

  /** Channels come back, unless another fault holds them down. */
  repair(channels: readonly number[]): RouteChange {
    const { ports } = this.fabric
    for (const channel of channels) ports.down[channel] -= 1
    const routes = this.fabric.routes.refresh()
    this.startAgain()
    return { routes, lost: 0 }
  }

  /** Those whose last bit is not over a struck wire yet, and those between the ports of a struck switch. */
  private loseUnderWay(struck: ReadonlySet<number>, place: number): number {
    const { fabric } = this
    const { messages, network } = fabric
    const waiting = this.waiting()
    let lost = 0
    for (const message of messages.underWay()) {
      if (waiting.has(message) || messages.resendAt[message] >= 0) continue
      const wire = fabric.wireUnder(message, struck)
      const inside = wire < 0 && place >= 0 ? fabric.between(message) : -1
      if (wire < 0 && (inside < 0 || network.channels[inside].from !== place)) continue
      fabric.lose(message, wire >= 0 ? wire : inside)
      lost += 1
    }
    return lost
  }

  /** Everything in a queue. */
  private waiting(): ReadonlySet<number> {
    const { messages, ports } = this.fabric
    const found = new Set<number>()
    for (let channel = 0; channel < ports.head.length; channel += 1)
      for (let message = ports.head[channel]; message >= 0; message = messages.next[message]) found.add(message)
    return found
  }

  /** In a switch, in front of a struck wire or with the last bit still on one. */
  private loseWaiting(struck: ReadonlySet<number>): number {
    const { fabric } = this
    const { messages, ports } = fabric
    let lost = 0
    for (let channel = 0; channel < ports.head.length; channel += 1) {
      if (ports.head[channel] < 0) continue
      const isHit = (message: number): boolean =>
        messages.hop[message] > 0 && (struck.has(channel) || fabric.wireUnder(message, struck) >= 0)
      for (const message of fabric.takeOut(channel, isHit)) {
        fabric.lose(message, channel)
        fabric.sendAgain(message)
        lost += 1
      }
    }
    return lost
  }

  /** Whoever waits for a way, or at its sender for one that is gone, tries again; so does every port that waits for room. */
  private startAgain(): void {
    const { fabric } = this
    const { messages, ports, routes } = fabric
    const again: number[] = []
    for (let channel = 0; channel < ports.head.length; channel += 1) {
      if (ports.head[channel] < 0) continue
      const isStuck = (each: number): boolean => messages.hop[each] === 0 && routes.broken[messages.route[each]]
      again.push(...fabric.takeOut(channel, isStuck))
    }
    for (let message = fabric.unpark(); message >= 0; message = messages.next[message]) again.push(message)
    fabric.wakeAll()
    for (const message of again) fabric.enter(message)
  }
}
