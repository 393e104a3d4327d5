import * as Stage from './stage'
import { BatchState } from './batches'
import type { Kernels } from './kernels'
import type { Machine } from './machine'
import { isOwn } from './own-kernels'

/**
 * Kernels of an instance on its own GPU, which it leaves. A launch cannot be stopped, so that what runs runs to its end; what
 * waits is taken back, goes on at the target, and its input goes there with the instance.
 */
export class KernelRecall {
  constructor(
    private readonly machine: Machine,
    private readonly kernels: Kernels,
  ) {}

  /** Takes back all kernels of an instance that do not run, in order: those at the streams, those that gather, those that wait for room. */
  recall(instance: number): void {
    const { batches, instances, gpus } = this.machine
    const device = instances.device[instance]
    const waiting: number[] = []
    batches.pool.liveMap().forEach((live, batch) => {
      const state = batches.state[batch]
      const isThere = live === 1 && batches.device[batch] === device
      if (isThere && (state === BatchState.gathers || state === BatchState.waits)) waiting.push(batch)
    })
    const withdrawn = waiting.flatMap((batch) => this.withdraw(batch, instance))
    const outside = this.withdrawHeld(device, instance)
    gpus.queue.add(device, -withdrawn.length - outside.length, this.machine.queue.clock[0])
    for (const token of withdrawn) this.kernels.takeBack(token, true)
    for (const token of outside) this.kernels.takeBack(token, false)
    this.kernels.admit(device)
  }

  /** Takes the kernels of an instance out of a batch that does not run. */
  private withdraw(batch: number, instance: number): readonly number[] {
    const { batches, tokens, program } = this.machine
    const code = program.kernels[batches.kernel[batch]]
    const { mine, head, tail } = this.part(batches.head[batch], instance)
    batches.head[batch] = head
    batches.tail[batch] = tail
    batches.count[batch] -= mine.length
    batches.flops[batch] -= mine.length * code.flops
    batches.bytes[batch] -= mine.length * (code.bytes - code.sharedBytes)
    if (head < 0) this.dissolve(batch)
    for (const token of mine) tokens.next[token] = -1
    return mine
  }

  /** An empty batch: nobody waits for its window or for a stream any more. */
  private dissolve(batch: number): void {
    const { batches, gpus } = this.machine
    const device = batches.device[batch]
    const kernel = batches.kernel[batch]
    if (batches.acceptingAt(device, kernel) === batch) batches.accept(device, kernel, -1)
    if (batches.state[batch] === BatchState.waits) gpus.remove(device, batch)
    batches.state[batch] = BatchState.runs
    batches.close(batch)
  }

  private withdrawHeld(device: number, instance: number): readonly number[] {
    const { batches } = this.machine
    const { mine, head, tail } = this.part(batches.heldHead[device], instance)
    batches.heldHead[device] = head
    batches.heldTail[device] = tail
    return mine
  }

  /** Parts a list of tokens into those of an instance and the others, which stay linked. */
  private part(first: number, instance: number): { mine: number[]; head: number; tail: number } {
    const { tokens } = this.machine
    const mine: number[] = []
    let [head, tail] = [-1, -1]
    for (let token = first, following = -1; token >= 0; token = following) {
      following = tokens.next[token]!
      if (isOwn(this.machine, token, instance)) {
        mine.push(token)
        continue
      }
      tokens.next[token] = -1
      if (tail < 0) head = token
      else tokens.next[tail] = token
      tail = token
    }
    return { mine, head, tail }
  }

  /** When the last launch ends that runs for an instance on its own GPU, ps; -1: none runs. */
  runsUntil(instance: number): number {
    const { batches, gpus, instances, tokens } = this.machine
    const device = instances.device[instance]
    let until = -1
    for (const batch of gpus.running(device))
      for (let token = batches.head[batch]; token >= 0; token = tokens.next[token]!)
        if (isOwn(this.machine, token, instance)) until = Math.max(until, batches.end[batch])
    return until
  }

  /** Input of the kernels that were taken back and wait for the end of the move, bytes. */
  inputBytes(instance: number): number {
    const { instances, tokens, program } = this.machine
    let sum = 0
    for (let token = instances.frozenHead[instance]; token >= 0; token = tokens.next[token]!)
      if (tokens.stage[token] === Stage.recalled) sum += program.kernels[program.arg[tokens.pc[token]]].inputBytes
    return sum
  }
}
