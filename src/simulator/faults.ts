import * as EventKind from './engine/event-kind'
import type { Scenario } from '../scenario/scenario'
import { PS_PER_SECOND, roundHalfUp } from '../units/time'
import type { Decisions } from './decisions'
import { capture, reinstate, type Plain, type Saved } from './engine/plain-state'
import { deviceIndex } from './placing'
import type { Machine } from './services/machine'

/** Scheduled faults: devices that work slower for a while. */
export class Faults {
  /** Those that go on, by index. */
  private active: readonly number[] = []

  constructor(
    private readonly scenario: Scenario,
    private readonly machine: Machine,
    private readonly decisions: Decisions,
  ) {}

  /** Schedules all faults of the scenario. */
  start(): void {
    this.scenario.faults.forEach((fault, index) => {
      this.machine.queue.schedule(roundHalfUp(fault.atSeconds * PS_PER_SECOND), EventKind.fault, index, 1, 0)
    })
  }

  /** Event `fault`. */
  turn(index: number, begins: boolean): void {
    const { queue } = this.machine
    const { forSeconds } = this.scenario.faults[index]
    this.active = begins ? [...this.active, index] : this.active.filter((other) => other !== index)
    for (const device of this.struck(index)) this.slowDown(device)
    if (begins && forSeconds !== null)
      queue.schedule(queue.clock[0] + roundHalfUp(forSeconds * PS_PER_SECOND), EventKind.fault, index, 0, 0)
  }

  /** Devices that a fault strikes. */
  private struck(index: number): number[] {
    const { node, device } = this.scenario.faults[index].target
    const { devices } = this.machine
    const first = deviceIndex(this.scenario, this.machine, { node, device: device ?? 0 })
    const last = device === null ? devices.nodeFirst[devices.node[first] + 1] : first + 1
    return Array.from({ length: last - first }, (_, i) => first + i)
  }

  /** Faults that strike one device at once multiply. */
  private slowDown(device: number): void {
    const { cores, devices, queue } = this.machine
    const faults = this.active.filter((index) => this.struck(index).includes(device))
    const factor = faults.reduce((product, index) => product * this.scenario.faults[index].factor, 1)
    cores.slow[device] = factor
    const reason = factor === 1 ? 'works at full speed again' : `works ${factor} times slower`
    const subject = devices.names[device]
    this.decisions.add(queue.clock[0], { kind: 'fault', subject, to: '', policy: 'scheduled', reason })
  }

  save(): Saved {
    return capture(this as unknown as Record<string, Plain>, ['active'])
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, ['active'], saved)
  }
}
