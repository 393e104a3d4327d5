import { number, positive } from '../../../scenario/presets/describe'
import type { MigrationPolicy, MigrationView, MigrationWatch, Move } from './migration-policy'
import { calmest, Lasting, movableOn, moveTo, percent, pressure, pressureWith } from './moves'
import { guarding, lasting, moving } from './parameters'

/** With fewer answers since the last look a percentile says too little. */
const FEWEST = 20

/**
 * An instance whose recent latencies miss a target goes where cores are asked for least; where it cannot, or no device is
 * calmer by a tenth of its cores, the busiest of those beside it that can.
 */
export const tailLatency: MigrationPolicy = {
  name: 'tail-latency',
  summary: 'An instance that misses its latency target goes to a calmer device, or one beside it does.',
  needsLatencies: true,
  parameters: [
    ...moving,
    ...guarding(100),
    positive('targetUs', 'Target', 'µs', 1000, 'The latency that is to be kept.', { maximum: 1e12 }),
    number('quantile', 'Quantile', '', 0.99, 'The share of requests that are to keep it.', { maximum: 1 }),
    lasting,
  ],
  watch: (parameters) =>
    new TailWatch(Number(parameters['targetUs']), Number(parameters['quantile']), Number(parameters['forMs'])),
}

class TailWatch extends Lasting implements MigrationWatch {
  constructor(
    private readonly targetUs: number,
    private readonly quantile: number,
    private readonly forMs: number,
  ) {
    super()
  }

  decide(view: MigrationView): readonly Move[] {
    const tails = view.instances.map(({ latenciesUs }) =>
      latenciesUs.length < FEWEST
        ? 0
        : latenciesUs[Math.ceil(this.quantile * latenciesUs.length - 1e-9) - 1] || latenciesUs[0],
    )
    const lasted = this.look(
      view,
      tails.map((tail) => tail > this.targetUs),
    )
    const late = [...tails.keys()]
      .filter((i) => lasted[i] > 0 && lasted[i] >= this.forMs)
      .sort((a, b) => tails[b] - tails[a] || a - b)
    for (const index of late) {
      const move = this.relieve(view, index, tails[index])
      if (!move) continue
      this.forget(index)
      return [move]
    }
    return []
  }

  private relieve(view: MigrationView, late: number, tail: number): Move | null {
    const home = view.instances[late].device
    const beside = movableOn(view, home)
      .filter((i) => i !== late)
      .sort((a, b) => view.instances[b].load - view.instances[a].load || a - b)
    for (const index of view.instances[late].movable ? [late, ...beside] : beside) {
      const instance = view.instances[index]
      const target = calmest(view, instance)
      if (target < 0 || pressureWith(view, instance, target) > pressure(view.devices[home]) - 0.1) continue
      return this.describe(view, late, tail, index, target)
    }
    return null
  }

  private describe(view: MigrationView, late: number, tail: number, index: number, target: number): Move {
    const instance = view.instances[index]
    const name = view.instances[late].name
    const home = view.devices[instance.device]
    const beside = index === late ? '' : `; ${instance.name} beside it gives way`
    const reason = `tail: ${name} at ${tail.toFixed(0)} µs, target ${this.targetUs} µs${beside}`
    const saw = [
      { name: `p${100 * this.quantile} of ${name}`, value: `${tail.toFixed(0)} µs, target ${this.targetUs} µs` },
      { name: home.name, value: `${percent(home.utilization)} busy, ${home.queue} waiting` },
    ]
    return moveTo(view, index, target, reason, saw, (device) =>
      device === instance.device
        ? `${percent(pressure(home))} now`
        : `${percent(pressureWith(view, instance, device))} after`,
    )
  }
}
