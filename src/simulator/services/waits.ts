import type { Machine } from './machine'
import { SINCE, TIMES } from './tokens'
import * as Wait from './wait'

/** A token has waited until now since it joined. */
export function noteWait(machine: Machine, token: number, kind: number, ps: number): void {
  machine.tokens.waited[token * Wait.COUNT + kind] += ps
}

/** Of parallel branches the one that ended last counts. */
export function inheritWaits(machine: Machine, heir: number, from: number): void {
  const { waited } = machine.tokens
  const to = heir * Wait.COUNT
  const at = from * Wait.COUNT
  waited[to] += waited[at]
  waited[to + 1] += waited[at + 1]
  waited[to + 2] += waited[at + 2]
  waited[to + 3] += waited[at + 3]
  waited[to + 4] += waited[at + 4]
  waited[to + 5] += waited[at + 5]
  waited[to + 6] += waited[at + 6]
}

/** Since when a token is in its present phase, ps. */
export function waitsSince(machine: Machine, token: number): number {
  return machine.tokens.times[token * TIMES + SINCE]
}
