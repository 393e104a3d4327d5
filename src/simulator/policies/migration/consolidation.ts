import { number } from '../../../scenario/presets/describe'
import type { MigrationPolicy, MigrationView, MigrationWatch, Move } from './migration-policy'
import { Lasting, moveTo, percent, pressure } from './moves'
import { guarding, lasting, moving } from './parameters'

/** Empties the least busy device where all that is on it finds room on others that stay below a limit: all of it or nothing. */
export const consolidation: MigrationPolicy = {
  name: 'consolidation',
  summary: 'A device that is hardly busy is emptied onto others, so that it can be idle.',
  parameters: [
    ...moving,
    ...guarding(100),
    number('below', 'Below', '', 0.3, 'A device with less of its core time busy is to be emptied.', { maximum: 1 }),
    number('mostBusy', 'Busy at most', '', 0.7, 'Share of cores that the others may have asked for then.', {
      maximum: 1000,
    }),
    lasting,
  ],
  watch: (parameters) =>
    new ConsolidationWatch(Number(parameters['below']), Number(parameters['mostBusy']), Number(parameters['forMs'])),
}

class ConsolidationWatch extends Lasting implements MigrationWatch {
  constructor(
    private readonly below: number,
    private readonly mostBusy: number,
    private readonly forMs: number,
  ) {
    super()
  }

  decide(view: MigrationView): readonly Move[] {
    const used = view.devices.map((_, i) => view.instances.some(({ device }) => device === i))
    const lasted = this.look(
      view,
      view.devices.map((device, i) => used[i] && device.cores > 0 && pressure(device) < this.below),
    )
    const idle = [...view.devices.keys()]
      .filter((i) => lasted[i] > 0 && lasted[i] >= this.forMs)
      .sort((a, b) => pressure(view.devices[a]) - pressure(view.devices[b]) || b - a)
    for (const device of idle) {
      const moves = this.empty(view, device, used)
      if (moves.length > 0) return moves
    }
    return []
  }

  /** Largest load first, each to the fullest device that takes it; nothing where one finds no room. */
  private empty(view: MigrationView, device: number, used: readonly boolean[]): readonly Move[] {
    const asked = view.devices.map(pressure)
    const free = view.devices.map(({ freeBytes }) => freeBytes)
    const all = [...view.instances.keys()]
      .filter((i) => view.instances[i].device === device)
      .sort((a, b) => view.instances[b].load - view.instances[a].load || a - b)
    const moves: Move[] = []
    for (const index of all) {
      const instance = view.instances[index]
      const more = (at: number): number => asked[at] + instance.load / view.devices[at].cores
      const target = instance.targets
        .filter((at) => used[at] && more(at) <= this.mostBusy && free[at] >= instance.localBytes)
        .reduce((best, at) => (best < 0 || asked[at] > asked[best] ? at : best), -1)
      if (!instance.movable || target < 0) return []
      const note = (at: number): string =>
        at === device ? `${percent(pressure(view.devices[device]))} now` : `${percent(more(at))} after`
      moves.push(moveTo(view, index, target, this.reason(view, device), this.saw(view, device), note))
      asked[target] = more(target)
      free[target] -= instance.localBytes
    }
    return moves
  }

  private reason(view: MigrationView, device: number): string {
    const { name } = view.devices[device]
    return `consolidation: ${name} at ${percent(pressure(view.devices[device]))} is emptied`
  }

  private saw(view: MigrationView, device: number): Move['saw'] {
    const { name, utilization } = view.devices[device]
    const count = view.instances.filter((instance) => instance.device === device).length
    return [{ name, value: `${percent(utilization)} busy with ${count} instances, limit ${percent(this.below)}` }]
  }
}
