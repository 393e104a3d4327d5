import { MIB } from '../../../units/data'
import { number } from '../../../scenario/presets/describe'
import type { MigrationDevice, MigrationPolicy, MigrationView, MigrationWatch, Move } from './migration-policy'
import { Lasting, movableOn, moveTo, percent } from './moves'
import { guarding, lasting, moving } from './parameters'

/** A device short of local memory gives the smallest instance that relieves it, else its largest, to the emptiest device. */
export const memoryPressure: MigrationPolicy = {
  name: 'memory-pressure',
  summary: 'A device short of local memory gives an instance to the device that keeps most of its own free.',
  parameters: [
    ...moving,
    ...guarding(100),
    number('freeShare', 'Free share', '', 0.1, 'A device is short with less than this share of its memory free.', {
      maximum: 1,
    }),
    number('reliefShare', 'Free at the target', '', 0.2, 'The share that must stay free where the instance goes.', {
      maximum: 1,
    }),
    lasting,
  ],
  watch: (parameters) =>
    new MemoryWatch(Number(parameters['freeShare']), Number(parameters['reliefShare']), Number(parameters['forMs'])),
}

const freeShareOf = ({ freeBytes, memoryBytes }: MigrationDevice, more = 0): number => (freeBytes + more) / memoryBytes

class MemoryWatch extends Lasting implements MigrationWatch {
  constructor(
    private readonly freeShare: number,
    private readonly reliefShare: number,
    private readonly forMs: number,
  ) {
    super()
  }

  decide(view: MigrationView): readonly Move[] {
    const lasted = this.look(
      view,
      view.devices.map((device) => device.memoryBytes > 0 && freeShareOf(device) < this.freeShare),
    )
    const short = [...view.devices.keys()]
      .filter((i) => lasted[i] > 0 && lasted[i] >= this.forMs)
      .sort((a, b) => freeShareOf(view.devices[a]) - freeShareOf(view.devices[b]) || a - b)
    for (const device of short) {
      const move = this.relieve(view, device)
      if (!move) continue
      this.forget(device)
      return [move]
    }
    return []
  }

  private relieve(view: MigrationView, device: number): Move | null {
    const home = view.devices[device]
    const bytes = (index: number): number => view.instances[index].localBytes
    const enough = (index: number): boolean => freeShareOf(home, bytes(index)) >= this.freeShare
    const order = movableOn(view, device)
      .filter((index) => bytes(index) > 0)
      .sort((a, b) => Number(enough(b)) - Number(enough(a)) || (enough(a) ? bytes(a) - bytes(b) : bytes(b) - bytes(a)))
    for (const index of order) {
      const left = (target: number): number => freeShareOf(view.devices[target], -bytes(index))
      const target = view.instances[index].targets.reduce(
        (best, at) => (best < 0 || left(at) > left(best) ? at : best),
        -1,
      )
      if (target < 0 || left(target) < this.reliefShare) continue
      const reason = `memory: ${home.name} has ${percent(freeShareOf(home))} free`
      const saw = [
        { name: home.name, value: `${percent(freeShareOf(home))} free, limit ${percent(this.freeShare)}` },
        { name: `${view.instances[index].name} holds`, value: `${(bytes(index) / MIB).toFixed(0)} MiB` },
      ]
      return moveTo(view, index, target, reason, saw, (at) =>
        at === device ? `${percent(freeShareOf(home))} free now` : `${percent(left(at))} free after`,
      )
    }
    return null
  }
}
