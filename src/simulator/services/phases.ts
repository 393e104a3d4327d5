import * as Phase from './phase'
import type { Machine } from './machine'
import { HIDDEN, SINCE } from './tokens'

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
  shown[token] = phase
  shown[token + 1] = kind
  shown[token + 2] = place
  shown[token + 3] = detail
}

/** Counts the time that a token has spent in its phase until now. */
export function settle(machine: Machine, token: number): void {
  const { times, shown } = machine.tokens
  const now = machine.queue.clock[0]
  const since = times[token + SINCE]
  if (now === since) return
  const phase = shown[token]
  if (phase !== Phase.elsewhere) times[token + phase] += now - since
  if (machine.log.on && shown[token + 1] !== HIDDEN) showSegment(machine, token, now)
  times[token + SINCE] = now
}

/** Writes the segment that a token is in, up to `end`; nothing where there is nothing to show. */
export function showSegment(machine: Machine, token: number, end: number): void {
  const { tokens, executions, log } = machine
  if (tokens.shown[token + 1] === HIDDEN) return
  const execution = tokens.execution[token]
  log.emit(
    tokens.times[token + SINCE],
    end,
    tokens.shown[token + 1],
    executions.rootOperation[execution],
    requestName(machine, execution),
    tokens.shown[token + 2],
    tokens.shown[token + 3],
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
  times[heir] += times[from]
  times[heir + 1] += times[from + 1]
  times[heir + 2] += times[from + 2]
  times[heir + 3] += times[from + 3]
}
