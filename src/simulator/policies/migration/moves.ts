import type {
  MigrationDevice,
  MigrationInstance,
  MigrationView,
  MigrationWatch,
  Memory,
  Move,
  MoveCandidate,
} from './migration-policy'

/** How long something has been so, ms; an entry per device or instance. */
export class Lasting implements Pick<MigrationWatch, 'save' | 'restore'> {
  private lastedMs: number[] = []

  /** Looks anew; returns how long each has been so, 0: it is not. */
  look(view: MigrationView, isSo: readonly boolean[]): readonly number[] {
    this.lastedMs = isSo.map((so, i) => (so ? (this.lastedMs[i] ?? 0) + view.periodMs : 0))
    return this.lastedMs
  }

  forget(index: number): void {
    this.lastedMs[index] = 0
  }

  save(): Memory {
    return { lastedMs: this.lastedMs.slice() }
  }

  restore(saved: Memory): void {
    this.lastedMs = Array.from(saved['lastedMs'] ?? [], Number)
  }
}

export const percent = (share: number): string => `${(share * 100).toFixed(0)} %`

/** Cores asked for over cores: those busy, and as many more as jobs wait. */
export function pressure({ utilization, queue, cores }: MigrationDevice): number {
  return utilization + queue / Math.max(1, cores)
}

/** What its work is done on. */
export function serversOf({ kind }: MigrationDevice): string {
  return kind === 'gpu' ? 'streams' : 'cores'
}

/** Whether a target is better than another: less of what is to be little, of equals the shorter downtime. */
export function isBetter(
  instance: MigrationInstance,
  target: number,
  other: number,
  measure: (target: number) => number,
): boolean {
  const less = measure(target) - measure(other)
  return less < 0 || (less === 0 && downtimeUs(instance, target) < downtimeUs(instance, other))
}

function downtimeUs(instance: MigrationInstance, target: number): number {
  return instance.options.find((option) => option.target === target && option.used)?.downtimeUs ?? Infinity
}

/** What the pressure of a device would be with an instance on it. */
export function pressureWith(view: MigrationView, instance: MigrationInstance, device: number): number {
  return pressure(view.devices[device]) + instance.load / view.devices[device].cores
}

/** Indices of the movable instances on a device. */
export function movableOn(view: MigrationView, device: number): number[] {
  return [...view.instances.keys()].filter((i) => view.instances[i].device === device && view.instances[i].movable)
}

/** Where an instance would find least pressure; -1: nowhere. */
export function calmest(view: MigrationView, instance: MigrationInstance): number {
  let best = -1
  for (const device of instance.targets)
    if (best < 0 || pressureWith(view, instance, device) < pressureWith(view, instance, best)) best = device
  return best
}

/** A move with all its alternatives: every target by every mechanism, and staying. */
export function moveTo(
  view: MigrationView,
  index: number,
  target: number,
  reason: string,
  saw: Move['saw'],
  note: (device: number) => string,
): Move {
  const instance = view.instances[index]
  const others = instance.options.map((option): MoveCandidate => ({
    target: `${view.devices[option.target].name} by ${option.mechanism}`,
    estimateUs: option.totalUs,
    chosen: option.target === target && option.used,
    note: `${note(option.target)}, down ${(option.downtimeUs / 1000).toFixed(2)} ms`,
  }))
  const stay = { target: `stay on ${view.devices[instance.device].name}`, estimateUs: NaN, chosen: false }
  return { instance: index, target, reason, saw, candidates: [...others, { ...stay, note: note(instance.device) }] }
}
