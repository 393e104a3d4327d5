import type { Fault, Order, PolicyKind, Scenario } from '../scenario/scenario'
import { PS_PER_SECOND, roundHalfUp } from '../units/time'
import { changedPolicies, eventKey } from './branch-rules'
import * as EventKind from './engine/event-kind'
import type { SavedEventQueue } from './engine/event-queue'
import type { Plain, Saved } from './engine/plain-state'
import { Run } from './run'

/** Where the policies of a kind keep what they have learned and what they wait for, in the saved state of a run. */
const memories: Readonly<Partial<Record<PolicyKind, readonly (readonly string[])[]>>> = {
  migration: [['control', 'watch']],
  placement: [['placing', 'chooser']],
  scaling: [['scaling', 'watch']],
}

/** What only the scaling policy has asked for. */
const ofScaling: readonly number[] = [EventKind.scaling, EventKind.expired, EventKind.prewarm]
/** What only the memory policy has asked for. */
const ofMemory: readonly number[] = [EventKind.tiering, EventKind.reclaimLook]

/**
 * A run of another scenario that goes on where `run` stands: the same rack in the same state, the same requests in it, the
 * same draws to come. A policy that differs begins without memory; the others keep theirs.
 *
 * @param atPs how far `run` has been advanced
 */
export function branchOff(run: Run, changed: Scenario, atPs: number): Run {
  const branch = new Run(changed, run.seed)
  if (branch.shape.instances.length !== run.shape.instances.length)
    throw new Error(
      `a branch cannot have ${branch.shape.instances.length} instances where the run has ${run.shape.instances.length}`,
    )
  if (atPs === 0) return branch
  const kinds = changedPolicies(run.scenario.policies, changed.policies)
  const fresh = branch.save()
  const state = kinds
    .flatMap((kind) => memories[kind] ?? [])
    .reduce((saved, path) => withValue(saved, path, valueAt(fresh, path)), run.save())
  const orders = matched(run.scenario.policies.orders, changed.policies.orders, atPs)
  const faults = matched(run.scenario.faults, changed.faults, atPs)
  const strikes = matchedStrikes(run, branch, faults)
  const isNewScaling = kinds.includes('scaling')
  const isNewMemory = kinds.includes('memory')
  const isNewRecovery = kinds.includes('recovery')
  const isNewRhythm = branch.control.rhythmPs !== run.control.rhythmPs
  const coming = comingEvents(state['queue'] as unknown as SavedEventQueue, (event) => {
    if (event.kind === EventKind.order) return renumbered(event, orders)
    if (event.kind === EventKind.fault) return renumbered(event, strikes)
    if (isNewScaling && ofScaling.includes(event.kind)) return null
    if (isNewMemory && ofMemory.includes(event.kind)) return null
    if (isNewRecovery && event.kind === EventKind.writeBack) return null
    return event.kind === EventKind.control && isNewRhythm ? null : event
  })
  const added = [...faultStarts(strikes.added, branch, atPs), ...orderStarts(orders.added, changed)]
  branch.restore({
    ...state,
    faults: strikesState(state['faults'] as Saved, strikes, branch.faults.strikes.length),
    queue: savedQueue(state['queue'] as unknown as SavedEventQueue, inOrder(coming, added)),
  })
  if (isNewRhythm) branch.control.takeUp(atPs)
  if (isNewScaling) branch.scaling.takeUp(atPs)
  if (isNewMemory) branch.tiering.start(atPs)
  if (isNewMemory) branch.reclaiming.start(atPs)
  if (isNewRecovery) branch.copying.restoring.takeUp(atPs)
  return branch
}

/** Strikes by the faults that they belong to: those of a fault that stays, and those of one that is new. */
function matchedStrikes(run: Run, branch: Run, faults: Matched): Matched {
  const { strikes } = branch.faults
  return {
    indexOf: run.faults.strikes.map(({ fault, unit }) =>
      strikes.findIndex((other) => other.fault === faults.indexOf[fault] && other.unit === unit),
    ),
    added: [...strikes.keys()].filter((i) => faults.added.includes(strikes[i].fault)),
  }
}

/** What faults keep, under the numbers that their strikes have in the changed scenario. */
function strikesState(saved: Saved, { indexOf }: Matched, count: number): Saved {
  const begun = new Int32Array(count)
  ;(saved['begun'] as Int32Array).forEach((times, i) => {
    if (indexOf[i] >= 0) begun[indexOf[i]] = times
  })
  return { ...saved, begun, active: (saved['active'] as readonly number[]).map((index) => indexOf[index]) }
}

function renumbered(event: Event, { indexOf }: Matched): Event | null {
  const a = indexOf[event.a]
  return a < 0 ? null : { ...event, a }
}

function valueAt(saved: Plain, path: readonly string[]): Plain {
  return path.reduce((at, key) => (at as Saved)[key], saved)
}

function withValue(saved: Saved, [key, ...rest]: readonly string[], value: Plain): Saved {
  return { ...saved, [key]: rest.length === 0 ? value : withValue(saved[key] as Saved, rest, value) }
}

/** What is scheduled, each event as `change` has it; null leaves it out. */
function comingEvents(queue: SavedEventQueue, change: (event: Event) => Event | null): Event[] {
  return Array.from(queue.time, (time, i) =>
    change({ time, kind: queue.kind[i], a: queue.a[i], b: queue.b[i], c: queue.c[i] }),
  ).filter((event) => event !== null)
}

/** At one instant what a scenario brings comes before what happens in the run, as it is scheduled first. */
function inOrder(coming: readonly Event[], added: readonly Event[]): Event[] {
  const isFirst = (event: Event): boolean => event.kind === EventKind.warmup
  return [...coming.filter(isFirst), ...added, ...coming.filter((event) => !isFirst(event))]
}

function savedQueue(queue: SavedEventQueue, events: readonly Event[]): Saved {
  return {
    ...(queue as unknown as Saved),
    time: Float64Array.from(events, (event) => event.time),
    kind: Uint8Array.from(events, (event) => event.kind),
    a: Int32Array.from(events, (event) => event.a),
    b: Int32Array.from(events, (event) => event.b),
    c: Int32Array.from(events, (event) => event.c),
  }
}

interface Event {
  readonly time: number
  readonly kind: number
  readonly a: number
  readonly b: number
  readonly c: number
}

interface Matched {
  /** Which of the new list each of the old one is; -1: none, it is left out. */
  readonly indexOf: readonly number[]
  /** Those of the new list that are not in the old one. */
  readonly added: readonly number[]
}

function matched<T extends Order | Fault>(before: readonly T[], after: readonly T[], atPs: number): Matched {
  const free = new Map<string, number[]>()
  after.forEach((event, i) => free.set(eventKey(event), [...(free.get(eventKey(event)) ?? []), i]))
  const indexOf = before.map((event) => free.get(eventKey(event))?.shift() ?? -1)
  const added = [...after.keys()].filter((i) => startOf(after[i]) >= atPs && !indexOf.includes(i))
  return { indexOf, added }
}

function orderStarts(indices: readonly number[], { policies }: Scenario): Event[] {
  return indices.map((a) => ({ time: startOf(policies.orders[a]), kind: EventKind.order, a, b: 0, c: 0 }))
}

/** A new fault begins when it says, and warns before, but not before the branch. */
function faultStarts(indices: readonly number[], branch: Run, atPs: number): Event[] {
  return indices.flatMap((a) => {
    const fault = branch.scenario.faults[branch.faults.strikes[a].fault]
    return branch.faults.eventsOf(a, startOf(fault), atPs)
  })
}

function startOf(event: Order | Fault): number {
  return roundHalfUp(event.atSeconds * PS_PER_SECOND)
}
