import type { DecisionRow, MigrationRow } from '../simulator/result'
import { speedStops, type SlowSpan } from './playback-speed'

/** Where a run is opened, and what is to be seen there. */
export interface FirstStop {
  readonly timePs: number
  /** Index of the decision; -1: none. */
  readonly decision: number
  readonly sentence: string
  /** ps per second of wall time at which it can be watched. */
  readonly speed: number
}

export interface FirstStopInput {
  readonly decisions: readonly DecisionRow[]
  readonly migrations: readonly MigrationRow[]
  readonly warmupPs: number
  readonly endPs: number
  /** A usual latency, ps; NaN if unknown. */
  readonly latencyPs: number
}

/** The first migration, else the first offload, else the first decision after the start, else traffic after warm-up. */
export function pickFirstStop(input: FirstStopInput): FirstStop {
  const { decisions, warmupPs } = input
  const find = (test: (decision: DecisionRow) => boolean) => decisions.findIndex((row) => row.timePs > 0 && test(row))
  const settled = (kind: string) => {
    const later = find((row) => row.kind === kind && row.timePs >= warmupPs)
    return later >= 0 ? later : find((row) => row.kind === kind)
  }
  const index = [settled('migration'), settled('offload'), find(() => true)].find((each) => each >= 0) ?? -1
  const decision = decisions[index]
  if (decision === undefined) return trafficStop(input)
  return {
    timePs: justBefore(decision.timePs),
    decision: index,
    sentence: describe(decision),
    speed: decisionSpeed(decision, input),
  }
}

function trafficStop({ warmupPs, endPs, latencyPs }: FirstStopInput): FirstStop {
  const timePs = Math.floor(warmupPs + (endPs - warmupPs) * 0.1)
  const sentence = 'Requests come in, wait, compute and leave. Press Play.'
  return { timePs, decision: -1, sentence, speed: stopFor(latencyPs, 3) }
}

/** A migration in about ten seconds, a step in about three; from a rare decision to the next in about seven. */
function decisionSpeed(decision: DecisionRow, input: FirstStopInput): number {
  const { migrations, endPs, latencyPs } = input
  const migration = migrations[decision.migration]
  if (migration === undefined) {
    const step = stopFor(decision.estimateUs > 0 ? decision.estimateUs * 1e6 : latencyPs, 3)
    return isRare(decision) ? Math.max(step, speedToNext(decision, input)) : step
  }
  const span = migrationSpan(migration, endPs)
  return stopFor(span.endPs - span.startPs, 10)
}

/** The speed that comes to what is next worth slowing down for in about seven seconds; 0 where nothing is. */
function speedToNext({ timePs }: DecisionRow, { decisions, migrations, endPs }: FirstStopInput): number {
  const next = slowSpans(decisions, migrations, endPs).find((span) => span.startPs > timePs + momentPs)
  if (next === undefined) return 0
  return Math.min(speedStops.at(-1) ?? 0, Number(((next.startPs - timePs) / 7).toPrecision(1)))
}

/** The speed stop at which a span lasts about so many seconds. */
function stopFor(spanPs: number, seconds: number): number {
  if (!(spanPs > 0)) return 20e6
  const wanted = Math.log10(spanPs / seconds)
  const distance = (stop: number) => Math.abs(Math.log10(stop) - wanted)
  return speedStops.reduce((best, stop) => (distance(stop) < distance(best) ? stop : best))
}

function describe(decision: DecisionRow): string {
  if (decision.kind === 'migration') {
    return `${decision.subject} is about to move from ${decision.from} to ${decision.to}. Press Play.`
  }
  if (decision.kind === 'offload') return `A step of ${decision.subject} is about to run on ${decision.to}. Press Play.`
  return `A decision is near: ${decision.kind} of ${decision.subject}. Press Play.`
}

/** One picosecond earlier: everything that led to it is there, its effect is not. */
export const justBefore = (timePs: number) => Math.max(0, timePs - 1)

/**
 * The neighboring decision in time, skipping those of other kinds and several at one instant.
 *
 * @param kind '' for all kinds
 * @returns its index, or -1
 */
export function neighborDecision(
  decisions: readonly DecisionRow[],
  timePs: number,
  direction: 1 | -1,
  kind = '',
): number {
  const fits = (row: DecisionRow) => kind === '' || row.kind === kind
  if (direction === 1) return decisions.findIndex((row) => fits(row) && justBefore(row.timePs) > timePs)
  const last = decisions.findLastIndex((row) => fits(row) && justBefore(row.timePs) < timePs)
  const found = decisions[last]
  return found === undefined ? -1 : decisions.findIndex((row) => fits(row) && row.timePs === found.timePs)
}

/** How many decisions are taken up to this instant. */
export function decisionsUpTo(decisions: readonly DecisionRow[], timePs: number): number {
  let low = 0
  let high = decisions.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((decisions[middle]?.timePs ?? Infinity) <= timePs) low = middle + 1
    else high = middle
  }
  return low
}

/** When a migration began and when it was over, ps; without an end it lasts to the end of what is known. */
export function migrationSpan(migration: MigrationRow, knownPs: number): SlowSpan {
  const total = Number.isFinite(migration.totalUs) ? migration.startPs + migration.totalUs * 1e6 : knownPs
  return { startPs: migration.startPs, endPs: Math.max(migration.startPs + 1, total) }
}

/** How long a decision without an estimate is looked at, ps. */
const momentPs = 100e6

const isRare = ({ kind }: DecisionRow) => kind === 'scaling' || kind === 'recovery' || kind === 'fault'

/** Stretches to slow down in: migrations, and single rare decisions for as long as they were estimated to take. */
export function slowSpans(
  decisions: readonly DecisionRow[],
  migrations: readonly MigrationRow[],
  endPs: number,
): SlowSpan[] {
  const moves = migrations.map((migration) => migrationSpan(migration, endPs))
  const rare = decisions.filter((row) => row.timePs > 0 && isRare(row))
  const moments = rare.map(({ timePs, estimateUs }) => ({
    startPs: timePs,
    endPs: timePs + (estimateUs > 0 ? estimateUs * 1e6 : momentPs),
  }))
  return [...moves, ...moments].sort((a, b) => a.startPs - b.startPs)
}
