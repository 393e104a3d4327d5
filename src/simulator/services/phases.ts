import * as Phase from './phase'
import type { Machine } from './machine'
import { HIDDEN, SHOWN, SINCE, TIMES } from './tokens'

export { HIDDEN } from './tokens'

/** A token goes over to another phase: the time since the last change is counted, and shown if somebody watches. */
export function enter(
  machine: Machine,
  token: number,
  phase: number,
  kind: number,
  place: number,
  detail: number,
): void {
  settle(machine, token)
  const { shown } = machine.tokens
  const at = token * SHOWN
  shown[at] = phase
  shown[at + 1] = kind
  shown[at + 2] = place
  shown[at + 3] = detail
}

/** Counts the time that a token has spent in its phase until now. */
export function settle(machine: Machine, token: number): void {
  const { times, shown } = machine.tokens
  const now = machine.queue.clock[0]
  const at = token * TIMES
  const since = times[at + SINCE]
  if (now === since) return
  const phase = shown[token * SHOWN]
  if (phase !== Phase.elsewhere) times[at + phase] += now - since
  if (machine.log.on && shown[token * SHOWN + 1] !== HIDDEN) showSegment(machine, token, now)
  times[at + SINCE] = now
}

/** Writes the segment that a token is in, up to `end`; nothing where there is nothing to show. */
export function showSegment(machine: Machine, token: number, end: number): void {
  const { tokens, executions, log } = machine
  const at = token * SHOWN
  if (tokens.shown[at + 1] === HIDDEN) return
  const execution = tokens.execution[token]
  log.emit(
    tokens.times[token * TIMES + SINCE],
    end,
    tokens.shown[at + 1],
    executions.rootOperation[execution],
    requestName(machine, execution),
    tokens.shown[at + 2],
    tokens.shown[at + 3],
  )
}

/** One number for a root request over all sources: request × sources + source. */
export function requestName(machine: Machine, execution: number): number {
  const { executions, measures } = machine
  return executions.request[execution] * measures.sources + executions.source[execution]
}

/** Adds what a finished token has spent to the one that waited for it. */
export function inherit(machine: Machine, heir: number, from: number): void {
  const { times } = machine.tokens
  const to = heir * TIMES
  const at = from * TIMES
  times[to] += times[at]
  times[to + 1] += times[at + 1]
  times[to + 2] += times[at + 2]
  times[to + 3] += times[at + 3]
}
