import { number } from '../../../scenario/presets/describe'
import { guarding, lasting, moving } from './parameters'
import { isBetter, serversOf } from './moves'
import type {
  MigrationInstance,
  MigrationPolicy,
  MigrationView,
  MigrationWatch,
  Move,
  MoveCandidate,
} from './migration-policy'

/** A device that stays busy gives its busiest movable instance to the device where it does least harm. */
export const hotspot: MigrationPolicy = {
  name: 'hotspot',
  summary: 'A device over a utilization for some time gives its busiest instance to the least busy device that helps.',
  parameters: [
    ...moving,
    ...guarding(0),
    number('utilization', 'Utilization', '', 0.85, 'A device is a hotspot above this share of core time busy.', {
      maximum: 1,
    }),
    lasting,
  ],
  watch: (parameters) => new HotspotWatch(Number(parameters['utilization']), Number(parameters['forMs'])),
}

class HotspotWatch implements MigrationWatch {
  /** How long each device has been hot, ms. */
  private hotMs: number[] = []

  constructor(
    private readonly limit: number,
    private readonly forMs: number,
  ) {}

  decide(view: MigrationView): readonly Move[] {
    this.hotMs = view.devices.map((device, i) =>
      device.utilization >= this.limit ? (this.hotMs[i] ?? 0) + view.periodMs : 0,
    )
    const hot = hottest(view, this.hotMs, this.forMs)
    if (hot < 0) return []
    const move = bestMove(view, hot, this.hotMs[hot], this.limit)
    if (!move) return []
    this.hotMs[hot] = 0
    return [move]
  }

  save(): { readonly [key: string]: readonly number[] } {
    return { hotMs: this.hotMs.slice() }
  }

  restore(saved: { readonly [key: string]: readonly number[] | string }): void {
    this.hotMs = Array.from(saved['hotMs'] ?? [], Number)
  }
}

function hottest(view: MigrationView, hotMs: readonly number[], forMs: number): number {
  let best = -1
  view.devices.forEach((device, i) => {
    if (hotMs[i] < forMs) return
    if (best < 0 || device.utilization > view.devices[best].utilization) best = i
  })
  return best
}

function bestMove(view: MigrationView, hot: number, hotMs: number, limit: number): Move | null {
  const movable = view.instances
    .map((instance, index) => ({ instance, index }))
    .filter(({ instance }) => instance.device === hot && instance.movable)
    .sort((a, b) => b.instance.load - a.instance.load || a.index - b.index)
  for (const { instance, index } of movable) {
    const target = coolest(view, instance, hot)
    if (target >= 0) return describe(view, instance, index, target, hotMs, limit)
  }
  return null
}

/** Utilization of a device with the instance on it. */
function after(view: MigrationView, instance: MigrationInstance, device: number): number {
  return view.devices[device].utilization + instance.load / view.devices[device].cores
}

function coolest(view: MigrationView, instance: MigrationInstance, hot: number): number {
  let best = -1
  for (const device of instance.targets)
    if (best < 0 || isBetter(instance, device, best, (at) => after(view, instance, at))) best = device
  return best >= 0 && after(view, instance, best) < view.devices[hot].utilization ? best : -1
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`

function describe(
  view: MigrationView,
  instance: MigrationInstance,
  index: number,
  target: number,
  hotMs: number,
  limit: number,
): Move {
  const hot = view.devices[instance.device]
  const others = instance.targets.map((device): MoveCandidate => ({
    target: view.devices[device].name,
    estimateUs: instance.estimateUs,
    chosen: device === target,
    note: `${percent(after(view, instance, device))} after`,
  }))
  const stay: MoveCandidate = {
    target: `stay on ${hot.name}`,
    estimateUs: NaN,
    chosen: false,
    note: `${percent(hot.utilization)} now`,
  }
  return {
    instance: index,
    target,
    reason: `hotspot: ${hot.name} at ${percent(hot.utilization)} for ${hotMs} ms`,
    saw: [
      { name: hot.name, value: `${percent(hot.utilization)}, limit ${percent(limit)}` },
      { name: `${instance.name} keeps busy`, value: `${instance.load.toFixed(2)} of ${hot.cores} ${serversOf(hot)}` },
    ],
    candidates: [...others, stay],
  }
}
