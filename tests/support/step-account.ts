/**
 * A second account of packets in a fabric, written on purpose unlike the simulator: no events and no formulas, only a
 * clock that ticks once a nanosecond, and bytes that every wire moves from one end to the other in each tick.
 */

export interface StepWire {
  readonly from: string
  readonly to: string
  /** Bytes a tick. */
  readonly rate: number
  /** Ticks. */
  readonly propagation: number
  readonly header: number
  readonly lossless: boolean
}

export interface StepSwitch {
  readonly latency: number
  readonly cutsThrough: boolean
  /** Bytes of each of its output ports. */
  readonly buffer: number
}

export interface StepMessage {
  readonly name: string
  readonly at: number
  /** Places on its way, sender first. */
  readonly way: readonly string[]
  readonly bytes: number
  readonly payload: number
}

/** One row of an account: a packet on a wire, in ticks; `end`: its last bit is in at the far end. */
export interface StepRow {
  readonly packet: string
  readonly wire: string
  readonly start: number
  readonly end: number
}

interface Packet {
  readonly name: string
  readonly message: StepMessage
  readonly payload: number
  /** The last hop whose line it has joined. */
  joined: number
  /** Per hop: when it started, and how many bytes were out after each tick since. */
  starts: number[]
  out: number[][]
}

interface Line {
  /** Packets in order. */
  readonly waiting: Packet[]
  sending: Packet | null
  /** Since when it has waited for room in the next buffer; Infinity: it does not. */
  blocked: number
}

export class StepAccount {
  readonly rows: StepRow[] = []
  private readonly lines = new Map<string, Line>()
  private readonly packets: Packet[] = []
  private readonly unsent = new Map<StepMessage, number>()
  private readonly timers: { at: number; packet: Packet }[] = []
  private order = 0

  constructor(
    private readonly wires: readonly StepWire[],
    private readonly switches: Readonly<Record<string, StepSwitch>>,
    private readonly messages: readonly StepMessage[],
    private readonly timeout: number,
  ) {
    for (const wire of wires) this.lines.set(nameOf(wire), { waiting: [], sending: null, blocked: Infinity })
  }

  run(ticks: number): readonly StepRow[] {
    for (let now = 0; now < ticks; now += 1) {
      for (const message of this.messages) if (message.at === now) this.nextOf(message)
      for (const timer of this.timers) if (timer.at === now) this.restart(timer.packet)
      for (const packet of [...this.packets]) this.arrive(packet, now)
      const inTurn = [...this.wires].sort((a, b) => (this.lineOf(a).blocked < this.lineOf(b).blocked ? -1 : 1))
      for (const wire of inTurn) this.start(wire, now)
      for (const wire of this.wires) this.move(wire, now)
    }
    return this.rows
  }

  private lineOf(wire: StepWire): Line {
    return this.lines.get(nameOf(wire))!
  }

  private wireOf(packet: Packet, hop: number): StepWire {
    const { way } = packet.message
    return this.wires.find((wire) => wire.from === way[hop] && wire.to === way[hop + 1])!
  }

  /** The next packet of a message joins the line of its sender. */
  private nextOf(message: StepMessage): void {
    const sent = this.unsent.get(message) ?? 0
    const left = message.bytes - sent * message.payload
    if (left <= 0) return
    this.unsent.set(message, sent + 1)
    const name = `${message.name}${sent + 1}`
    const payload = Math.min(left, message.payload)
    this.restart({ name, message, payload, joined: 0, starts: [], out: [] })
  }

  private restart(packet: Packet): void {
    Object.assign(packet, { joined: 0, starts: [], out: [] })
    if (!this.packets.includes(packet)) this.packets.push(packet)
    this.lineOf(this.wireOf(packet, 0)).waiting.push(packet)
  }

  private sizeOn(packet: Packet, hop: number): number {
    return packet.payload + this.wireOf(packet, hop).header
  }

  /** Bytes of it that have come to the port of hop `hop` by `now`, as the wire before counts them. */
  private arrived(packet: Packet, hop: number, now: number): number {
    const before = this.wireOf(packet, hop - 1)
    const away = before.propagation + (before.to in this.switches ? this.switches[before.to].latency : 0)
    const tick = now - away - packet.starts[hop - 1]
    const { [hop - 1]: out } = packet.out
    return tick <= 0 ? 0 : (out[Math.min(tick, out.length) - 1] ?? 0)
  }

  private arrive(packet: Packet, now: number): void {
    const hop = packet.joined + 1
    if (hop >= packet.message.way.length - 1 || packet.starts.at(hop - 1) === undefined) return
    const before = this.wireOf(packet, hop - 1)
    const needed = this.switches[before.to].cutsThrough ? before.header : this.sizeOn(packet, hop - 1)
    const first = now - packet.starts[hop - 1] >= before.propagation + this.switches[before.to].latency
    if (!first || this.arrived(packet, hop, now) < needed) return
    const wire = this.wireOf(packet, hop)
    const held = this.inBuffer(wire, now)
    const { buffer } = this.switches[wire.from]
    if (!before.lossless && held > 0 && held + this.sizeOn(packet, hop) > buffer) {
      this.packets.splice(this.packets.indexOf(packet), 1)
      this.timers.push({ at: now + this.timeout, packet })
      return
    }
    packet.joined = hop
    this.lineOf(wire).waiting.push(packet)
  }

  /** Bytes waiting in a buffer, and those of the packet being sent that are not out. */
  private inBuffer(wire: StepWire, now: number): number {
    const { waiting, sending } = this.lineOf(wire)
    const queued = waiting.reduce((sum, packet) => sum + this.sizeOn(packet, hopOn(packet, wire)), 0)
    return queued + (sending === null ? 0 : this.rest(sending, hopOn(sending, wire), now))
  }

  private rest(packet: Packet, hop: number, now: number): number {
    const size = this.sizeOn(packet, hop)
    if (packet.starts.at(hop) === undefined) return size
    const out = packet.out[hop]
    const tick = now - packet.starts[hop]
    return size - (tick <= 0 ? 0 : (out[Math.min(tick, out.length) - 1] ?? 0))
  }

  /** What a lossless buffer holds or has promised to take. */
  private taken(wire: StepWire, now: number): number {
    let sum = 0
    for (const packet of this.packets) {
      const hop = hopOn(packet, wire)
      if (hop < 1 || packet.message.way[hop + 1] !== wire.to || packet.starts.at(hop - 1) === undefined) continue
      sum += this.rest(packet, hop, now)
    }
    return sum
  }

  private start(wire: StepWire, now: number): void {
    const line = this.lineOf(wire)
    const packet = line.waiting.at(0)
    if (line.sending !== null || packet === undefined) return
    if (!this.hasRoom(packet, wire, now)) {
      if (line.blocked === Infinity) line.blocked = this.order++
      return
    }
    line.blocked = Infinity
    line.waiting.shift()
    line.sending = packet
    const hop = hopOn(packet, wire)
    packet.starts[hop] = now
    packet.out[hop] = []
    if (hop === 0 && this.isNewest(packet)) this.nextOf(packet.message)
  }

  private isNewest(packet: Packet): boolean {
    return packet.name === `${packet.message.name}${this.unsent.get(packet.message) ?? 0}`
  }

  private hasRoom(packet: Packet, wire: StepWire, now: number): boolean {
    const hop = hopOn(packet, wire)
    if (!wire.lossless || hop + 2 >= packet.message.way.length) return true
    const next = this.wireOf(packet, hop + 1)
    return this.taken(next, now) + this.sizeOn(packet, hop + 1) <= this.switches[next.from].buffer
  }

  /** One tick of one wire. */
  private move(wire: StepWire, now: number): void {
    const line = this.lineOf(wire)
    const packet = line.sending
    if (packet === null) return
    const hop = hopOn(packet, wire)
    const out = packet.out[hop]
    const size = this.sizeOn(packet, hop)
    let sent = Math.min(size, (out.at(-1) ?? 0) + wire.rate)
    if (hop > 0) {
      // A header of this wire is there at once; of the payload no more can leave than has come.
      const before = this.wireOf(packet, hop - 1)
      const come = Math.max(0, this.arrived(packet, hop, now + 1) - before.header)
      sent = Math.min(sent, come + wire.header)
    }
    out.push(sent)
    if (sent < size) return
    this.rows.push({
      packet: packet.name,
      wire: nameOf(wire),
      start: packet.starts[hop],
      end: now + 1 + wire.propagation,
    })
    line.sending = null
  }
}

function nameOf(wire: StepWire): string {
  return `${wire.from}-${wire.to}`
}

function hopOn(packet: Packet, wire: StepWire): number {
  return packet.message.way.indexOf(wire.from)
}
