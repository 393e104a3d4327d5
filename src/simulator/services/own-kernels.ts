import * as Origin from './origin'
import { BatchState } from './batches'
import type { Machine } from './machine'

/** Stream time of a batch up to now counts for the instances of its kernels, shared evenly. */
export function creditBatch({ batches, tokens, executions }: Machine, batch: number, now: number): void {
  const share = (now - batches.since[batch]) / batches.count[batch]
  for (let token = batches.head[batch]; token >= 0; token = tokens.next[token]!)
    batches.streamPs[executions.instance[tokens.execution[token]]] += share
  batches.since[batch] = now
}

/** Launches still going on count up to now; those that stand still on a device that is down have ended already. */
export function creditStreams(machine: Machine, now: number): void {
  for (const batch of machine.gpus.owner)
    if (batch >= 0 && machine.batches.state[batch] === BatchState.runs) creditBatch(machine, batch, now)
}

/** Whether a kernel works for an instance on its own GPU, and for no ghost. */
export function isOwn({ tokens, executions }: Machine, token: number, instance: number): boolean {
  const execution = tokens.execution[token]
  return executions.instance[execution] === instance && executions.origin[execution] !== Origin.ghost
}

/** Whether a kernel that would run once more is on the GPU of an instance that stands still. */
export function isLeaving({ tokens, executions, instances }: Machine, token: number): boolean {
  const execution = tokens.execution[token]
  if (executions.origin[execution] === Origin.ghost) return false
  const instance = executions.instance[execution]
  return instances.stopped[instance] === 1 && instances.device[instance] === tokens.device[token]
}
