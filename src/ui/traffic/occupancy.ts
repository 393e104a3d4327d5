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
  readonly from: string
  readonly to: string
  readonly subject: string
  /** Steps sent this way among those of this subject decided in the last stretch. */
  readonly count: number
  readonly share: number
}

/** Offloads decided in (timePs - spanPs, timePs], one entry per way. */
export function offloadsNear(decisions: readonly DecisionRow[], timePs: number, spanPs: number): OffloadFlow[] {
  const last = decisionsUpTo(decisions, timePs)
  const flows = new Map<string, { from: string; to: string; subject: string; count: number }>()
  const perSubject = new Map<string, number>()
  for (let at = last - 1; at >= 0; at -= 1) {
    const row = decisions[at]
    if (row === undefined || row.timePs <= timePs - spanPs) break
    if (row.kind !== 'offload') continue
    perSubject.set(row.subject, (perSubject.get(row.subject) ?? 0) + 1)
    const key = `${row.subject} ${row.from} ${row.to}`
    const flow = flows.get(key) ?? { from: row.from, to: row.to, subject: row.subject, count: 0 }
    flow.count += 1
    flows.set(key, flow)
  }
  return [...flows.values()]
    .filter((flow) => flow.from !== flow.to)
    .map((flow) => ({ ...flow, share: flow.count / (perSubject.get(flow.subject) ?? 1) }))
}
