import type { Machine } from './machine'
import { Phase } from './tokens'

/** Nothing to show. */
export const HIDDEN = 255

/** A token goes over to another phase: the time since the last change is counted, and shown if somebody watches. */
export function enter(
  machine: Machine,
  token: number,
  phase: number,
  shown: number,
  place: number,
  detail: number,
): void {
  const { tokens } = machine
  settle(machine, token)
  tokens.phase[token] = phase
  tokens.shown[token] = shown
  tokens.place[token] = place
  tokens.detail[token] = detail
}

/** Counts the time that a token has spent in its phase until now. */
export function settle(machine: Machine, token: number): void {
  const { tokens, log, queue } = machine
  const now = queue.clock[0]
  const since = tokens.since[token]
  const phase = tokens.phase[token]
  if (phase !== Phase.elsewhere) tokens.spent[token * 4 + phase] += now - since
  if (log.on && tokens.shown[token] !== HIDDEN && now > since) showSegment(machine, token, now)
  tokens.since[token] = now
}

/** Writes the segment that a token is in, up to `end`. */
export function showSegment(machine: Machine, token: number, end: number): void {
  const { tokens, executions, log } = machine
  const execution = tokens.execution[token]
  log.emit(
    tokens.since[token],
    end,
    tokens.shown[token],
    executions.rootOperation[execution],
    requestName(machine, execution),
    tokens.place[token],
    tokens.detail[token],
  )
}

/** One number for a root request over all sources: request × sources + source. */
export function requestName(machine: Machine, execution: number): number {
  const { executions, measures } = machine
  return executions.request[execution] * measures.sources + executions.source[execution]
}

/** Adds what a finished token has spent to the one that waited for it. */
export function inherit(machine: Machine, heir: number, from: number): void {
  const { spent } = machine.tokens
  for (let phase = 0; phase < 4; phase += 1) spent[heir * 4 + phase] += spent[from * 4 + phase]
}
