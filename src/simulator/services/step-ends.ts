import * as Stage from './stage'
import { mix32 } from '../engine/random'
import type { CoreWork } from './core-work'
import type { Machine } from './machine'
import type { Draw } from './draw'

/** The token is done with its step and goes to the next. */
export function advance(machine: Machine, token: number): true {
  const { tokens } = machine
  tokens.stage[token] = Stage.fresh
  tokens.pc[token] += 1
  return true
}

/** What is gathered of a step that was decided on is done at once, so that its end is known. */
export function endHere(machine: Machine, cores: CoreWork, token: number): boolean {
  const { tokens } = machine
  if (tokens.choice[token] < 0) return advance(machine, token)
  tokens.stage[token] = Stage.doneHere
  return !cores.flush(token)
}

/** A random figure of a step, at the address of its execution. */
export function sampleFor(machine: Machine, token: number, code: Draw): number {
  const { tokens, executions, streams, measures } = machine
  const execution = tokens.execution[token]
  return code.sampler.sample(
    streams,
    code.key,
    executions.request[execution],
    measures.sourceHash[executions.source[execution]],
    mix32(executions.lineage[execution], code.path),
  )
}

/** The token's execution has failed: it goes to its end, or to its branch's. */
export function failToken(machine: Machine, token: number, why: number): void {
  const { tokens, executions } = machine
  executions.failed[tokens.execution[token]] = why
  tokens.failed[token] = 1
  tokens.pc[token] = tokens.exit[token]!
  tokens.stage[token] = Stage.fresh
}
