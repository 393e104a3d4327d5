import type { Machine } from './machine'
import { SINCE } from './tokens'

/** A token has waited until now since it joined. */
export function noteWait(machine: Machine, token: number, kind: number, ps: number): void {
  machine.tokens.waited[token + kind] += ps
}

/** Of parallel branches the one that ended last counts. */
export function inheritWaits(machine: Machine, heir: number, from: number): void {
  const { waited } = machine.tokens
  waited[heir] += waited[from]
  waited[heir + 1] += waited[from + 1]
  waited[heir + 2] += waited[from + 2]
  waited[heir + 3] += waited[from + 3]
  waited[heir + 4] += waited[from + 4]
  waited[heir + 5] += waited[from + 5]
  waited[heir + 6] += waited[from + 6]
}

/** Since when a token is in its present phase, ps. */
export function waitsSince(machine: Machine, token: number): number {
  return machine.tokens.times[token + SINCE]
}
