import { number, positive } from '../../../scenario/presets/describe'
import { keepsItsMemory, requestsOf, talkingGroups, wayUs } from './groups'
import type { MigrationPolicy, MigrationView, MigrationWatch, Move } from './migration-policy'
import { Lasting, moveTo, percent } from './moves'
import { guarding, lasting, moving } from './parameters'

/** With fewer requests in a control period it is not known where they come from. */
const FEWEST = 20

/** Instances that would be nearer to whom they talk with, each on a device. */
interface Approach {
  readonly devices: ReadonlyMap<number, number>
  /** On the way per request of the group, µs: as it is, and then. */
  readonly hereUs: number
  readonly thereUs: number
  readonly requests: number
}

/**
 * Instances that talk with each other go together, or one alone, to where their requests have the shortest ways, once
 * that has been so for a while and the time saved pays for the downtime: while they are down, requests wait, downtime
 * squared over two times their rate together; each later request saves the difference of the ways. None goes where its
 * remote memory is much farther.
 */
export const followUsers: MigrationPolicy = {
  name: 'follow-users',
  summary: 'Instances that talk with each other go together to where their requests come from, where that pays.',
  needsPeers: true,
  parameters: [
    ...moving,
    ...guarding(100),
    positive('minGainUs', 'Least gain', 'µs', 100, 'What a move must save of the way of a request and its answer.', {
      maximum: 1e12,
    }),
    number('paybackMs', 'Pays within', 'ms', 1000, 'Time in which the ways saved must make up for the downtime.', {
      maximum: 1e9,
    }),
    number(
      'targetBelow',
      'Target below',
      '',
      0.8,
      'Share of its cores that a device may have busy with what moves there.',
      {
        maximum: 1,
      },
    ),
    lasting,
  ],
  watch: (parameters) =>
    new FollowWatch(
      Number(parameters['minGainUs']),
      Number(parameters['paybackMs']),
      Number(parameters['targetBelow']),
      Number(parameters['forMs']),
    ),
}

class FollowWatch extends Lasting implements MigrationWatch {
  constructor(
    private readonly minGainUs: number,
    private readonly paybackMs: number,
    private readonly targetBelow: number,
    private readonly forMs: number,
  ) {
    super()
  }

  decide(view: MigrationView): readonly Move[] {
    const wanted = talkingGroups(view).map((members) => this.best(view, members))
    const approaching = new Set(wanted.flatMap((approach) => [...(approach?.devices.keys() ?? [])]))
    const lasted = this.look(
      view,
      view.instances.map((_, i) => approaching.has(i)),
    )
    return wanted.flatMap((approach) => {
      if (approach === null || !this.pays(view, approach)) return []
      const members = [...approach.devices.keys()]
      if (!members.every((i) => lasted[i] > 0 && lasted[i] >= this.forMs)) return []
      for (const i of members) this.forget(i)
      return this.moves(view, approach)
    })
  }

  /** What would bring a group, or one of it, nearest; null: nothing by enough. */
  private best(view: MigrationView, members: readonly number[]): Approach | null {
    let best: Approach | null = null
    const sets = members.length === 1 ? [members] : [members, ...members.map((member) => [member])]
    for (const set of sets) {
      const requests = requestsOf(view, set)
      if (requests < FEWEST || set.some((i) => view.instances[i].device < 0)) continue
      const home = new Map(set.map((i) => [i, view.instances[i].device]))
      const hereUs = wayUs(view, home) / requests
      for (const anchor of new Set(set.flatMap((i) => view.instances[i].targets))) {
        const devices = this.around(view, set, anchor)
        if (devices === null) continue
        const thereUs = wayUs(view, devices) / requests
        if (hereUs - thereUs < this.minGainUs || (best && (hereUs - thereUs) * requests <= gain(best))) continue
        best = { devices, hereUs, thereUs, requests }
      }
    }
    return best
  }

  /** Each member on the nearest device to the anchor that has room for it; null: one fits nowhere. */
  private around(view: MigrationView, set: readonly number[], anchor: number): Map<number, number> | null {
    const devices = new Map<number, number>()
    const load = new Map<number, number>()
    for (const index of [...set].sort((a, b) => view.instances[b].load - view.instances[a].load || a - b)) {
      const instance = view.instances[index]
      const fits = (device: number): boolean =>
        device === instance.device ||
        (keepsItsMemory(instance, device) &&
          view.devices[device].utilization + ((load.get(device) ?? 0) + instance.load) / view.devices[device].cores <=
            this.targetBelow)
      const device = [instance.device, ...instance.targets]
        .filter(fits)
        .sort((a, b) => view.roundTripUs(anchor, a) - view.roundTripUs(anchor, b) || a - b)
        .at(0)
      if (device === undefined) return null
      devices.set(index, device)
      if (device !== instance.device) load.set(device, (load.get(device) ?? 0) + instance.load)
    }
    return devices
  }

  /** Those down at one time make requests wait together: the longest downtime counts. */
  private pays(view: MigrationView, { devices, hereUs, thereUs }: Approach): boolean {
    const downtimes = [...devices].map(([index, target]) => {
      const option = view.instances[index].options.find((one) => one.target === target && one.used)
      return option?.downtimeUs ?? 0
    })
    const longest = Math.max(...downtimes)
    return (longest * longest) / 2 <= (hereUs - thereUs) * this.paybackMs * 1000
  }

  private moves(view: MigrationView, approach: Approach): Move[] {
    const { devices, hereUs, thereUs, requests } = approach
    const together = [...devices.keys()].map((i) => view.instances[i].name).join(', ')
    const reason = `${together}: requests are ${hereUs.toFixed(0)} µs on the way and back, ${thereUs.toFixed(0)} µs after the move`
    return [...devices]
      .filter(([index, target]) => view.instances[index].device !== target)
      .map(([index, target]) => {
        const { utilization, name } = view.devices[target]
        const saw = [
          { name: 'requests', value: `${((requests * 1000) / view.periodMs).toFixed(0)} /s` },
          { name, value: `${percent(utilization)} busy` },
        ]
        return moveTo(view, index, target, reason, saw, (device) => {
          const alone = new Map(devices).set(index, device)
          return `${(wayUs(view, alone) / requests).toFixed(0)} µs on the way`
        })
      })
  }
}

/** Time on the way that an approach saves in one control period, µs. */
function gain({ hereUs, thereUs, requests }: Approach): number {
  return (hereUs - thereUs) * requests
}
