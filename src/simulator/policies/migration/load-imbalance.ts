import { number } from '../../../scenario/presets/describe'
import type { MigrationDevice, MigrationPolicy, MigrationView, MigrationWatch, Move } from './migration-policy'
import { Lasting, movableOn, moveTo, percent, pressure, pressureWith, serversOf } from './moves'
import { guarding, lasting, moving } from './parameters'

/** Evens out two devices: the move that leaves the lower peak of both, as long as it is lower by half the imbalance. */
export const loadImbalance: MigrationPolicy = {
  name: 'load-imbalance',
  summary: 'Where two devices differ too much, the move that leaves the lowest peak of the two.',
  parameters: [
    ...moving,
    ...guarding(100),
    number('imbalance', 'Imbalance', '', 0.2, 'Difference in cores asked for over cores that is too much.', {
      maximum: 1000,
    }),
    lasting,
  ],
  watch: (parameters) => new ImbalanceWatch(Number(parameters['imbalance']), Number(parameters['forMs'])),
}

class ImbalanceWatch extends Lasting implements MigrationWatch {
  constructor(
    private readonly imbalance: number,
    private readonly forMs: number,
  ) {
    super()
  }

  decide(view: MigrationView): readonly Move[] {
    const least = { cores: Infinity, gpus: Infinity }
    for (const device of view.devices)
      if (device.cores > 0) least[classOf(device)] = Math.min(least[classOf(device)], pressure(device))
    const lasted = this.look(
      view,
      view.devices.map((device) => device.cores > 0 && pressure(device) - least[classOf(device)] > this.imbalance),
    )
    let best: Move | null = null
    let peak = Infinity
    const source = busiest(view, lasted, this.forMs)
    if (source < 0) return []
    const now = pressure(view.devices[source])
    for (const index of movableOn(view, source)) {
      const instance = view.instances[index]
      for (const target of instance.targets) {
        if (now - pressure(view.devices[target]) <= this.imbalance || instance.load <= 0) continue
        const after = Math.max(now - instance.load / view.devices[source].cores, pressureWith(view, instance, target))
        if (after >= peak || after > now - this.imbalance / 2) continue
        peak = after
        best = this.describe(view, index, target)
      }
    }
    if (best) this.forget(source)
    return best ? [best] : []
  }

  private describe(view: MigrationView, index: number, target: number): Move {
    const instance = view.instances[index]
    const [from, to] = [view.devices[instance.device], view.devices[target]]
    const reason = `imbalance: ${from.name} at ${percent(pressure(from))}, ${to.name} at ${percent(pressure(to))}`
    const saw = [
      { name: from.name, value: `${percent(from.utilization)} busy, ${from.queue} waiting` },
      { name: to.name, value: `${percent(to.utilization)} busy, ${to.queue} waiting` },
      { name: `${instance.name} keeps busy`, value: `${instance.load.toFixed(2)} ${serversOf(from)}` },
    ]
    return moveTo(view, index, target, reason, saw, (device) =>
      device === instance.device
        ? `${percent(pressure(from))} now`
        : `${percent(pressureWith(view, instance, device))} after`,
    )
  }
}

/** Nothing moves between cores and GPUs, so that each are compared among themselves. */
function classOf({ kind }: MigrationDevice): 'cores' | 'gpus' {
  return kind === 'gpu' ? 'gpus' : 'cores'
}

function busiest(view: MigrationView, lasted: readonly number[], forMs: number): number {
  let best = -1
  view.devices.forEach((device, i) => {
    if (lasted[i] === 0 || lasted[i] < forMs) return
    if (best < 0 || pressure(device) > pressure(view.devices[best])) best = i
  })
  return best
}
