import { number } from '../../../scenario/presets/describe'
import type { MigrationPolicy, MigrationView, MigrationWatch, Move } from './migration-policy'
import { isBetter, moveTo, movableOn, percent, pressureWith } from './moves'
import { guarding, moving } from './parameters'

/** Everything leaves a device that is to be emptied, by order or on a warning, or works so slowly that it may be about to fail. */
export const evacuation: MigrationPolicy = {
  name: 'evacuation',
  summary: 'All instances leave a device that is ordered to be emptied, is about to fail, or has become slow.',
  parameters: [
    ...moving,
    ...guarding(0),
    number('slowFactor', 'Slow', '', 1.5, 'A device that works so many times slower than usual is left.', {
      minimum: 1,
      maximum: 1e6,
    }),
  ],
  watch: (parameters) => new EvacuationWatch(Number(parameters['slowFactor'])),
}

/** What goes to each device with the moves that were decided on already. */
interface Planned {
  readonly asked: number[]
  readonly bytes: number[]
}

class EvacuationWatch implements MigrationWatch {
  constructor(private readonly slowFactor: number) {}

  decide(view: MigrationView): readonly Move[] {
    const isLeft = view.devices.map(({ leaving, slow }) => leaving || (slow > 1 && slow >= this.slowFactor))
    const planned: Planned = { asked: view.devices.map(() => 0), bytes: view.devices.map(() => 0) }
    const leaving = [...view.devices.keys()].filter((i) => isLeft[i])
    return leaving.flatMap((device) => this.leave(view, device, isLeft, planned))
  }

  private leave(view: MigrationView, device: number, isLeft: readonly boolean[], planned: Planned): Move[] {
    const { name, slow, leaving } = view.devices[device]
    const why = leaving ? 'is to be emptied' : `works ${slow} times slower`
    return movableOn(view, device).flatMap((index) => {
      const instance = view.instances[index]
      const after = (at: number): number => pressureWith(view, instance, at) + planned.asked[at]
      const hasRoom = (at: number): boolean => view.devices[at].freeBytes - planned.bytes[at] >= instance.localBytes
      const target = instance.targets
        .filter((at) => !isLeft[at] && hasRoom(at))
        .reduce((best, at) => (best < 0 || isBetter(instance, at, best, after) ? at : best), -1)
      if (target < 0) return []
      const asked = after(target)
      planned.asked[target] += instance.load / view.devices[target].cores
      planned.bytes[target] += instance.localBytes
      const saw = [{ name, value: why }]
      return moveTo(view, index, target, `evacuation: ${name} ${why}`, saw, (at) =>
        at === device ? why : `${percent(at === target ? asked : after(at))} after`,
      )
    })
  }

  save(): { readonly [key: string]: readonly number[] } {
    return {}
  }

  restore(): void {
    // It remembers nothing.
  }
}
