import { decisionsUpTo, migrationSpan } from '../../app/decision-pick'
import type { OccupancyChange } from '../../simulator/display'
import type { DecisionRow, MigrationRow } from '../../simulator/result'

/** Where every instance is at one instant: the last change up to it, per instance. */
export function occupancyAt(changes: readonly OccupancyChange[], timePs: number): ReadonlyMap<number, OccupancyChange> {
  const places = new Map<number, OccupancyChange>()
  for (const change of changes) {
    if (change.timePs > timePs) break
    places.set(change.instance, change)
  }
  return places
}

/** Slabs of memory devices by device that hold what is local to the instances on their own cores. */
export function ownSlabs(
  { devices }: { readonly devices: readonly ({ readonly slabBytes: number } | null)[] },
  places: ReadonlyMap<number, OccupancyChange>,
): ReadonlyMap<number, number> {
  const slabBytes = (device: number): number => devices[device]?.slabBytes ?? 0
  const bytes = new Map<number, number>()
  for (const { device, localBytes } of places.values())
    if (slabBytes(device) > 0) bytes.set(device, (bytes.get(device) ?? 0) + localBytes)
  return new Map([...bytes].map(([device, sum]) => [device, Math.ceil(sum / slabBytes(device))]))
}

export interface RunningMigration {
  readonly migration: MigrationRow
  /** `kv.1` */
  readonly instance: string
  /** 0-based round at work; the number of rounds when it stands still for its last copy. */
  readonly round: number
  /** 0..1 of what is sent up to now of everything that was sent in the end. */
  readonly share: number
  readonly isStopped: boolean
}

/** Migrations at work at an instant. */
export function migrationsAt(migrations: readonly MigrationRow[], timePs: number, knownPs: number): RunningMigration[] {
  return migrations
    .filter((migration) => {
      const span = migrationSpan(migration, knownPs)
      return span.startPs <= timePs && timePs < span.endPs && migration.outcome !== 'refused'
    })
    .map((migration) => describe(migration, timePs))
}

function describe(migration: MigrationRow, timePs: number): RunningMigration {
  const begun = migration.detail.filter((round) => round.startPs <= timePs)
  const total = migration.detail.reduce((sum, round) => sum + round.bytes, 0)
  const sent = begun.reduce((sum, round) => {
    const length = round.endPs - round.startPs
    return sum + round.bytes * (length > 0 ? Math.min(1, (timePs - round.startPs) / length) : 1)
  }, 0)
  return {
    migration,
    instance: `${migration.service}.${migration.instance}`,
    round: Math.max(0, begun.length - 1),
    share: total > 0 ? sent / total : 0,
    isStopped: timePs >= migration.stopPs && !(timePs >= migration.resumePs),
  }
}

export interface OffloadFlow {
  /** Lowest devices of the two pools that took part. */
  readonly from: string
  readonly to: string
  /** Pool that the steps went to. */
  readonly pool: string
  readonly subject: string
  /** Share of this way among the steps of this subject decided in the last stretch. */
  readonly share: number
}

/** Offloads decided in (timePs - spanPs, timePs], one entry per step and pair of pools. */
export function offloadsNear(decisions: readonly DecisionRow[], timePs: number, spanPs: number): OffloadFlow[] {
  const last = decisionsUpTo(decisions, timePs)
  const flows = new Map<string, { from: string; to: string; pool: string; subject: string; count: number }>()
  const perSubject = new Map<string, number>()
  for (let at = last - 1; at >= 0; at -= 1) {
    const row = decisions[at]
    if (row === undefined || row.timePs <= timePs - spanPs) break
    if (row.kind !== 'offload') continue
    perSubject.set(row.subject, (perSubject.get(row.subject) ?? 0) + 1)
    if (row.from === row.to) continue
    const pool = poolOf(row.to)
    const key = `${row.subject} ${poolOf(row.from)} ${pool}`
    const flow = flows.get(key) ?? { from: row.from, to: row.to, pool, subject: row.subject, count: 0 }
    flow.count += 1
    flow.from = lower(flow.from, row.from)
    flow.to = lower(flow.to, row.to)
    flows.set(key, flow)
  }
  return [...flows.values()].map(({ count, ...flow }) => ({
    ...flow,
    share: count / (perSubject.get(flow.subject) ?? 1),
  }))
}

/** `nic` of `nic.1`. */
const poolOf = (device: string): string => device.slice(0, device.lastIndexOf('.'))

/** The one with the lower number of two devices of one pool. */
function lower(a: string, b: string): string {
  const number = (device: string): number => Number(device.slice(device.lastIndexOf('.') + 1))
  return number(b) < number(a) ? b : a
}
