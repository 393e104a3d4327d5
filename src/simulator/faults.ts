import type { FaultTarget, Scenario } from '../scenario/scenario'
import { PS_PER_SECOND, roundHalfUp } from '../units/time'
import type { Decisions } from './decisions'
import * as EventKind from './engine/event-kind'
import { capture, reinstate, type Plain, type Saved } from './engine/plain-state'
import { Outages, type RouteChange } from './hardware/outages'
import { deviceIndex } from './placing'
import type { Machine } from './services/machine'

type LinkTarget = Extract<FaultTarget, { readonly link: string }>

/** Scheduled faults: devices and links that work slower for a while, links and switches that fail. */
export class Faults {
  /** Those that go on, by index. */
  private active: readonly number[] = []
  private readonly outages: Outages

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly decisions: Decisions,
  ) {
    this.outages = new Outages(machine.fabric)
  }

  /** Schedules all faults of the scenario. */
  start(): void {
    this.scenario.faults.forEach((fault, index) => {
      this.machine.queue.schedule(roundHalfUp(fault.atSeconds * PS_PER_SECOND), EventKind.fault, index, 1, 0)
    })
  }

  /** Event `fault`. */
  turn(index: number, begins: boolean): void {
    const { queue } = this.machine
    const { effect, forSeconds, target } = this.scenario.faults[index]
    this.active = begins ? [...this.active, index] : this.active.filter((other) => other !== index)
    if (effect === 'down') this.goDown(target, begins)
    else if ('link' in target) this.slowLink(target)
    else for (const device of this.struck(index)) this.slowDown(device)
    if (begins && forSeconds !== null)
      queue.schedule(queue.clock[0] + roundHalfUp(forSeconds * PS_PER_SECOND), EventKind.fault, index, 0, 0)
  }

  /** Devices that a fault strikes; none where it strikes a link. */
  private struck(index: number): number[] {
    const { target } = this.scenario.faults[index]
    if ('link' in target) return []
    const { node, device } = target
    const { devices } = this.machine
    const first = deviceIndex(this.scenario, this.machine, { node, device: device ?? 0 })
    const last = device === null ? devices.nodeFirst[devices.node[first] + 1] : first + 1
    return Array.from({ length: last - first }, (_, i) => first + i)
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

  private goDown(target: FaultTarget, begins: boolean): void {
    const { fabric } = this.machine
    const place = 'link' in target ? -1 : deviceIndex(this.scenario, this.machine, { node: target.node, device: 0 })
    const channels =
      'link' in target
        ? this.channelsOf(target)
        : fabric.network.channels.flatMap(({ from, to }, index) => (from === place || to === place ? [index] : []))
    const change = begins ? this.outages.fail(channels, place) : this.outages.repair(channels)
    this.note(nameOf(target), begins ? downText(change) : `is up again: ${routesText(change)}`)
  }

  /** Faults that strike one link at once multiply. */
  private slowLink(target: LinkTarget): void {
    const { ports, network } = this.machine.fabric
    const factors = new Float64Array(network.channels.length).fill(1)
    for (const index of this.active) {
      const { effect, factor, target: other } = this.scenario.faults[index]
      if (effect === 'slow' && 'link' in other) for (const channel of this.channelsOf(other)) factors[channel] *= factor
    }
    let slowest = 1
    for (const channel of this.channelsOf(target)) {
      ports.setRate(channel, network.channels[channel].gbps / factors[channel])
      slowest = Math.max(slowest, factors[channel])
    }
    this.note(nameOf(target), speedText(slowest))
  }

  /** Faults that strike one device at once multiply. */
  private slowDown(device: number): void {
    const { cores, devices } = this.machine
    const faults = this.active.filter((index) => this.struck(index).includes(device))
    const factor = faults.reduce((product, index) => product * this.scenario.faults[index].factor, 1)
    cores.slow[device] = factor
    this.note(devices.names[device], speedText(factor))
  }

  private note(subject: string, reason: string): void {
    const now = this.machine.queue.clock[0]
    this.decisions.add(now, { kind: 'fault', subject, to: '', policy: 'scheduled', reason })
  }

  save(): Saved {
    return capture(this as unknown as Record<string, Plain>, ['active'])
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, ['active'], saved)
  }
}

/** `trunk`, `trunk/1`, `cpu-tor.2`, `tor` */
function nameOf(target: FaultTarget): string {
  if (!('link' in target)) return target.node
  const lane = target.lane === null ? '' : `/${target.lane}`
  return `${target.link}${target.device === null ? '' : `.${target.device}`}${lane}`
}

function speedText(factor: number): string {
  return factor === 1 ? 'works at full speed again' : `works ${factor} times slower`
}

function downText(change: RouteChange): string {
  const { lost } = change
  return `is down: ${routesText(change)}, ${lost} message${lost === 1 ? '' : 's'} on the way lost`
}

function routesText({ routes }: RouteChange): string {
  return `${routes} route${routes === 1 ? '' : 's'} changed`
}
