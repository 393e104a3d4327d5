import * as EventKind from '../engine/event-kind'
import { PortWork } from './port-work'

/** What becomes of messages where a port is down or its buffer full: they are lost and sent again, or wait for a way. */
export abstract class BrokenWays extends PortWork {
  /** A message at its sender takes the way that is up now; false: there is none, and it waits for one. */
  protected takeWay(message: number): boolean {
    const { messages, routes } = this
    if (!routes.broken[messages.route[message]]) return true
    const { from, to } = routes.list[messages.route[message]]
    messages.route[message] = routes.between(from, to)
    if (!routes.broken[messages.route[message]]) return true
    messages.waitingSince[message] = this.queue.clock[0]!
    messages.next[message] = -1
    if (this.parkedHead < 0) this.parkedHead = message
    else messages.next[this.parkedTail] = message
    this.parkedTail = message
    return false
  }

  /** Whether a message that comes over a wire finds its port up and room in its buffer; otherwise it is lost. */
  protected takeIn(message: number, hop: number): boolean {
    const { messages, ports } = this
    const channel = this.channelOf(message)
    const before = this.routes.hops[this.routes.firstHop[messages.route[message]] + hop - 1]
    const wire = this.wireBytes(message, channel)
    if (ports.lossless[before]) ports.reserved[channel] -= wire
    if (messages.resendAt[message] < 0) {
      if (ports.down[channel] > 0) this.lose(message, channel)
      else if (!ports.lossless[before] && this.overflows(message, channel, wire)) this.lose(message, channel)
      else return true
    }
    const now = this.queue.clock[0]
    if (ports.blockedHead[channel] >= 0) this.wakeAt(channel, Math.max(now + 1, ports.freeAt[channel]))
    this.sendAgain(message)
    return false
  }

  /** Whether a piece finds a full buffer. One that only its own message fills always has room: see docs/model.md. */
  private overflows(message: number, channel: number, wire: number): boolean {
    const { messages, ports } = this
    const held = ports.occupied(channel, this.queue.clock[0])
    if (held === 0 || held + wire <= ports.buffer[channel]) return false
    const whole = messages.whole[message]
    if (whole < 0 || ports.sending[channel] !== whole) return true
    for (let other = ports.head[channel]; other >= 0; other = messages.next[other])
      if (messages.whole[other] !== whole) return true
    return false
  }

  /** What is under way is lost, on a link or in front of its full port; it is sent again after that link's time-out. */
  lose(message: number, link: number): void {
    const { messages, ports } = this
    ports.dropped[link] += messages.packets[message]
    messages.resendAt[message] = this.queue.clock[0] + ports.retransmit[link]
    messages.wireEnd[message] = 0
  }

  /** What is lost waits for its time-out. */
  sendAgain(message: number): void {
    const at = Math.max(this.queue.clock[0], this.messages.resendAt[message])
    this.queue.schedule(at, EventKind.resend, message, 0, 0)
  }

  /** A struck wire that a message's last bit is not over yet; -1: none. Only the last two hops are looked at. */
  wireUnder(message: number, struck: ReadonlySet<number>): number {
    const { messages } = this
    const now = this.queue.clock[0]
    if (messages.hop[message] === 0 && messages.wireEnd[message] === 0) return -1
    if (messages.wireEnd[message] > now && struck.has(messages.wireChannel[message]))
      return messages.wireChannel[message]
    if (messages.wireBefore[message] > now && struck.has(messages.channelBefore[message]))
      return messages.channelBefore[message]
    return -1
  }

  /** The port that a message is on its way to or in front of, behind the first; -1: none. */
  between(message: number): number {
    const { hop, wireEnd } = this.messages
    const isArriving = this.nextChannel(message) < 0 && wireEnd[message] > this.queue.clock[0]
    return hop[message] > 0 && !isArriving ? this.channelOf(message) : -1
  }

  /** A port stops in the middle of what it sends. */
  stop(channel: number): void {
    const { ports } = this
    const rest = ports.freeAt[channel] - this.queue.clock[0]
    if (rest <= 0) return
    ports.worked[channel] -= rest
    ports.freeAt[channel] -= rest
  }

  /** Takes those of a port's queue that fit out of it, in order. */
  takeOut(channel: number, fits: (message: number) => boolean): number[] {
    const { messages, ports } = this
    const now = this.queue.clock[0]
    const all: number[] = []
    for (let message = ports.head[channel]; message >= 0; message = messages.next[message]) all.push(message)
    const out = all.filter(fits)
    if (out.length === 0) return out
    for (const message of all) {
      ports.dequeue(channel, this.wireBytes(message, channel), messages, now)
      if (this.log.on) this.logWait(message, channel, now)
    }
    for (const message of all)
      if (!out.includes(message)) ports.enqueue(channel, message, this.wireBytes(message, channel), messages, now)
    return out
  }

  /** Nobody waits for room any more; every port with something to send looks again now. */
  wakeAll(): void {
    const { ports } = this
    for (let channel = 0; channel < ports.head.length; channel += 1) ports.unblockAll(channel)
    for (let channel = 0; channel < ports.head.length; channel += 1)
      if (ports.head[channel] >= 0) this.wakeAt(channel, Math.max(this.queue.clock[0], ports.freeAt[channel]))
  }

  /** Takes all messages that wait for a way off their list; returns the first, the others follow by `messages.next`. */
  unpark(): number {
    const first = this.parkedHead
    if (this.log.on) this.logParked(this.queue.clock[0])
    this.parkedHead = -1
    this.parkedTail = -1
    return first
  }
}
