import type { FaultTarget, Scenario } from '../scenario/scenario'
import { downWords, speedWords, upWords } from '../scenario/fault-words'
import { PS_PER_SECOND, PS_PER_US, roundHalfUp } from '../units/time'
import type { Decisions } from './decisions'
import * as EventKind from './engine/event-kind'
import { capture, reinstate, type Plain, type Saved } from './engine/plain-state'
import { Outages, type RouteChange } from './hardware/outages'
import type { Recovery } from './recovery'
import type { Machine } from './services/machine'
import { drawPs, strikesOf, type Strike } from './strikes'

type LinkTarget = Extract<FaultTarget, { readonly link: string }>

/** Arguments of events are 32-bit integers. */
const MOST_US = 2147483647

/** What event `fault` says of a strike. */
const Turn = { ends: 0, begins: 1, nears: 2 } as const

interface FaultEvent {
  readonly time: number
  readonly kind: number
  readonly a: number
  readonly b: number
  readonly c: number
}

/** Faults, by schedule or at random: devices, links and switches that fail or work slower, and come back. */
export class Faults {
  /** Strikes that go on, and how often each has begun. */
  private active: readonly number[] = []
  private begun: Int32Array
  readonly strikes: readonly Strike[]
  private readonly outages: Outages
  /** Of the turn that is being told: set at its beginning. */
  private cause: 'scheduled' | 'random' = 'scheduled'

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly decisions: Decisions,
    private readonly recovery: Recovery,
  ) {
    this.outages = new Outages(machine.fabric)
    this.strikes = strikesOf(scenario, machine)
    this.begun = new Int32Array(this.strikes.length)
  }

  /** Schedules all faults of the scenario. */
  start(): void {
    this.strikes.forEach((strike, index) => {
      const { atSeconds } = this.scenario.faults[strike.fault]
      if (strike.random !== null) this.scheduleNext(index)
      else this.schedule(index, roundHalfUp(atSeconds * PS_PER_SECOND))
    })
  }

  private scheduleNext(index: number): void {
    const { queue, streams } = this.machine
    this.schedule(index, queue.clock[0] + drawPs(this.strikes[index], streams, this.begun[index], false))
  }

  private schedule(index: number, at: number): void {
    const { queue } = this.machine
    for (const { time, kind, a, b, c } of this.eventsOf(index, at, queue.clock[0])) queue.schedule(time, kind, a, b, c)
  }

  /** What is to be scheduled at `now` for a strike that begins at `at`: the beginning, and the warning where it gives one. */
  eventsOf(index: number, at: number, now: number): readonly FaultEvent[] {
    const { warningSeconds } = this.scenario.faults[this.strikes[index].fault]
    const begins = { time: at, kind: EventKind.fault, a: index, b: Turn.begins, c: 0 }
    if (warningSeconds === undefined) return [begins]
    const warning = Math.max(now, at - roundHalfUp(warningSeconds * PS_PER_SECOND))
    const inUs = Math.min(MOST_US, Math.max(1, roundHalfUp((at - warning) / PS_PER_US)))
    return warning < at ? [begins, { ...begins, time: warning, b: Turn.nears, c: inUs }] : [begins]
  }

  /** Event `fault`. */
  turn(index: number, what: number, inUs: number): void {
    const strike = this.strikes[index]
    const { effect, target } = this.scenario.faults[strike.fault]
    this.cause = strike.random === null ? 'scheduled' : 'random'
    if (what === Turn.nears) {
      for (const device of strike.devices) this.warn(device, inUs / 1e6)
      return
    }
    const begins = what === Turn.begins
    this.active = begins ? [...this.active, index] : this.active.filter((other) => other !== index)
    if (begins) this.scheduleEnd(index)
    if ('link' in target) {
      if (effect === 'down') this.linkGoesDown(target, begins)
      else this.slowLink(target)
    } else if (effect === 'slow') for (const device of strike.devices) this.slowDown(device)
    else for (const device of strike.devices) this.deviceGoesDown(device, begins)
    if (!begins && strike.random !== null) this.scheduleNext(index)
  }

  private scheduleEnd(index: number): void {
    const { queue, streams } = this.machine
    const strike = this.strikes[index]
    const { forSeconds } = this.scenario.faults[strike.fault]
    const nth = this.begun[index]
    this.begun[index] += 1
    if (strike.random === null && forSeconds === null) return
    const length =
      strike.random === null ? roundHalfUp(forSeconds! * PS_PER_SECOND) : drawPs(strike, streams, nth, true)
    queue.schedule(queue.clock[0] + length, EventKind.fault, index, Turn.ends, 0)
  }

  private warn(device: number, inSeconds: number): void {
    this.note(this.machine.devices.names[device], `is about to fail, in ${Number(inSeconds.toPrecision(4))} s`)
    this.recovery.warned(device, inSeconds)
  }

  /** Both directions of the lanes of a link that a fault strikes. */
  private channelsOf(target: LinkTarget): number[] {
    const link = this.scenario.topology.links.findIndex((each) => each.id === target.link)
    const { node, nodeFirst } = this.machine.devices
    const place = (vertex: number): number => vertex - nodeFirst[node[vertex]]
    return this.machine.fabric.network.channels.flatMap((channel, index) =>
      channel.link === link &&
      (target.lane === null || target.lane === channel.lane) &&
      (target.device === null || target.device === Math.max(place(channel.from), place(channel.to)))
        ? [index]
        : [],
    )
  }

  private linkGoesDown(target: LinkTarget, begins: boolean): void {
    const channels = this.channelsOf(target)
    this.tellOutage(nameOf(target), begins ? this.outages.fail(channels, -1) : this.outages.repair(channels), begins)
  }

  /** A device, or a switch: its links go down with it, and the recovery policy sees to what it held. */
  private deviceGoesDown(device: number, begins: boolean): void {
    const { fabric, health, devices, queue } = this.machine
    const channels = fabric.network.channels.flatMap(({ from, to }, i) => (from === device || to === device ? [i] : []))
    const now = queue.clock[0]
    const isTurn = begins ? health.fail(device, now) : health.repair(device, now)
    const change = begins ? this.outages.fail(channels, device) : this.outages.repair(channels)
    const name = devices.kinds[device] === 'switch' ? devices.names[device].replace(/\.0$/, '') : devices.names[device]
    this.tellOutage(name, change, begins)
    if (!isTurn) return
    if (begins) this.recovery.failed(device)
    else this.recovery.returned(device)
  }

  private tellOutage(subject: string, change: RouteChange, begins: boolean): void {
    this.note(subject, begins ? downWords(lostText(change)) : upWords(routesText(change)))
  }

  /** Faults that strike one link at once multiply. */
  private slowLink(target: LinkTarget): void {
    const { ports, network, routes } = this.machine.fabric
    const factors = new Float64Array(network.channels.length).fill(1)
    for (const index of this.active) {
      const { effect, factor, target: other } = this.scenario.faults[this.strikes[index].fault]
      if (effect === 'slow' && 'link' in other) for (const channel of this.channelsOf(other)) factors[channel] *= factor
    }
    let slowest = 1
    for (const channel of this.channelsOf(target)) {
      ports.setRate(channel, network.channels[channel].gbps / factors[channel])
      slowest = Math.max(slowest, factors[channel])
    }
    routes.version += 1
    this.note(nameOf(target), speedWords(slowest))
  }

  /** Faults that strike one device at once multiply. */
  private slowDown(device: number): void {
    const { devices, gpus, memory } = this.machine
    let factor = 1
    for (const index of this.active) {
      const { effect, factor: times } = this.scenario.faults[this.strikes[index].fault]
      if (effect === 'slow' && this.strikes[index].devices.includes(device)) factor *= times
    }
    this.recovery.setPace(device, factor)
    gpus.slow[device] = factor
    memory.setPace(device, factor)
    this.note(devices.names[device], speedWords(factor))
  }

  private note(subject: string, reason: string): void {
    const now = this.machine.queue.clock[0]
    this.decisions.add(now, { kind: 'fault', subject, to: '', policy: this.cause, reason })
  }

  save(): Saved {
    return capture(this as unknown as Record<string, Plain>, ['active', 'begun'])
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, ['active', 'begun'], saved)
  }
}

/** `trunk`, `trunk/1`, `cpu-tor.2` */
function nameOf(target: LinkTarget): string {
  const lane = target.lane === null ? '' : `/${target.lane}`
  return `${target.link}${target.device === null ? '' : `.${target.device}`}${lane}`
}

function lostText(change: RouteChange): string {
  const { lost } = change
  return `${routesText(change)}, ${lost} message${lost === 1 ? '' : 's'} on the way lost`
}

function routesText({ routes }: RouteChange): string {
  return `${routes} route${routes === 1 ? '' : 's'} changed`
}
