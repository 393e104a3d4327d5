import type { Machine } from './machine'

/** What an execution waits for by itself, without its callees: four numbers a token. */
export const Wait = {
  /** A worker of its instance. */
  worker: 0,
  /** A core of its device. */
  core: 1,
  /** The end of a downtime. */
  downtime: 2,
  /** Outside work: `delay` steps. */
  outside: 3,
} as const

/** A token has waited until now since it joined. */
export function noteWait(machine: Machine, token: number, kind: number, ps: number): void {
  machine.tokens.waited[token * 4 + kind] += ps
}

/** Of parallel branches the one that ended last counts. */
export function inheritWaits(machine: Machine, heir: number, from: number): void {
  const { waited } = machine.tokens
  for (let kind = 0; kind < 4; kind += 1) waited[heir * 4 + kind] += waited[from * 4 + kind]
}
