import * as Origin from './origin'
import * as Phase from './phase'
import * as Stage from './stage'
import * as Wait from './wait'
import type { CoreWork } from './core-work'
import type { FarMemory } from './far-memory'
import type { Machine } from './machine'
import { HIDDEN, enter, settle } from './phases'

/**
 * Requests torn from an instance that is lost. What it was doing for them stops; what it had sent off (lines on their
 * way, calls, offloaded work, messages to it) runs out for nobody, as ghosts that end where they would have gone on.
 * The requests themselves stand at the door again, as if they had just been asked, with the time that they have lost.
 */
export class Losses {
  constructor(
    private readonly machine: Machine,
    private readonly cores: CoreWork,
    private readonly far: FarMemory,
  ) {}

  /** Tears all requests from an instance. Returns their executions: in work, waiting, and on their way to it. */
  tear(instance: number): readonly number[] {
    const { executions, stack, queue } = this.machine
    const lost = this.heldBy(instance)
    const ended = this.stop(instance, new Set(lost))
    for (const execution of lost) if (executions.admitted[execution] === 1) stack.went(instance, queue.clock[0])
    this.haunt(lost)
    this.machine.instances.forget(instance)
    for (const token of ended) this.end(token)
    return lost
  }

  private heldBy(instance: number): readonly number[] {
    const { executions, tokens } = this.machine
    const held: number[] = []
    executions.pool.liveMap().forEach((live, execution) => {
      if (live === 0 || executions.instance[execution] !== instance) return
      const isAnswered = tokens.stage[executions.token[execution]] === Stage.ended
      if (!isAnswered && executions.origin[execution] !== Origin.ghost) held.push(execution)
    })
    return held
  }

  /** Stops what the instance itself does. Returns the tokens that wait for nothing any more. */
  private stop(instance: number, lost: ReadonlySet<number>): readonly number[] {
    const { instances, cores, tokens } = this.machine
    const home = instances.device[instance]
    const isHere = (token: number): boolean =>
      lost.has(tokens.execution[token]) && tokens.via[token] === 0 && tokens.stage[token] !== Stage.away
    const ended = [...this.atTheDoor(instance), ...this.frozen(instance)]
    for (let token = cores.head[home], following = -1; token >= 0; token = following) {
      following = cores.jobs.behind[token]
      if (isHere(token)) ended.push(this.interrupt(token))
    }
    for (const token of this.onCores(home)) {
      if (!isHere(token)) continue
      if (tokens.flushing[token]) ended.push(this.interrupt(token))
      else this.cores.release(token) // stalled: its lines are still on their way
    }
    return ended
  }

  /** Tokens that hold a core of a device, and all that hold one elsewhere: an instance that has moved left stalled ones behind. */
  private onCores(home: number): readonly number[] {
    const { cores } = this.machine
    const first = cores.first[home]
    const here = cores.owner.subarray(first, first + cores.count[home])
    return [...new Set([...here, ...cores.owner])].filter((token) => token >= 0)
  }

  private interrupt(token: number): number {
    this.cores.interrupt(token)
    this.machine.tokens.flushing[token] = 0
    return token
  }

  /** Main tokens of those who wait for a worker. */
  private atTheDoor(instance: number): readonly number[] {
    const { instances, executions, measures, queue } = this.machine
    const workers = instances.workers[instance]
    const heads = [instances.head[instance], ...(workers?.head ?? [])]
    const waiting: number[] = []
    for (const head of heads)
      for (let execution = head; execution >= 0; execution = executions.next[execution]!) {
        waiting.push(executions.token[execution])
        measures.waits(-1, queue.clock[0])
      }
    return waiting
  }

  private frozen(instance: number): readonly number[] {
    const { instances, tokens } = this.machine
    const frozen: number[] = []
    for (let token = instances.frozenHead[instance]; token >= 0; token = tokens.next[token]!) {
      tokens.flushing[token] = 0
      frozen.push(token)
    }
    return frozen
  }

  /** Ghosts take over the tokens of executions, which get a fresh one each. */
  private haunt(lost: readonly number[]): void {
    const { tokens } = this.machine
    const ghosts = new Map<number, number>()
    for (const execution of lost) ghosts.set(execution, this.ghostOf(execution))
    tokens.pool.liveMap().forEach((live, token) => {
      const ghost = live === 1 ? ghosts.get(tokens.execution[token]) : undefined
      if (ghost !== undefined) tokens.execution[token] = ghost
    })
    for (const execution of lost) this.standAtTheDoor(execution)
  }

  /** A step that was sent away begins again; what was sent runs out for nobody. Returns the token that goes on. */
  redo(token: number): number {
    const { executions, tokens, queue, shadows } = this.machine
    settle(this.machine, token)
    const execution = tokens.execution[token]
    const fresh = tokens.twin(token, queue.clock[0])
    const ghost = this.ghostOf(execution)
    if (executions.token[execution] === token) executions.token[execution] = fresh
    executions.token[ghost] = token
    tokens.execution[token] = ghost
    tokens.parent[token] = -1
    if (tokens.choice[token] >= 0) shadows.open.close(tokens.choice[token])
    tokens.choice[token] = -1
    tokens.stage[fresh] = Stage.again
    enter(this.machine, fresh, Phase.wait, HIDDEN, -1, -1)
    return fresh
  }

  private ghostOf(execution: number): number {
    const { executions } = this.machine
    const ghost = executions.open()
    executions.copy(execution, ghost)
    executions.origin[ghost] = Origin.ghost
    executions.measured[ghost] = 0
    executions.caller[ghost] = -1
    executions.tries[ghost] = -1
    return ghost
  }

  private standAtTheDoor(execution: number): void {
    const { executions, tokens, program, queue } = this.machine
    const old = executions.token[execution]
    settle(this.machine, old)
    const operation = executions.operation[execution]
    const token = tokens.open(execution, program.entry[operation], program.end[operation], queue.clock[0])
    executions.token[execution] = token
    executions.instance[execution] = -1
    executions.worker[execution] = -1
    executions.next[execution] = -1
    executions.admitted[execution] = 0
    executions.failed[execution] = 0
    tokens.stage[token] = Stage.arriving
    this.inheritLoss(execution, old, token)
    enter(this.machine, token, Phase.wait, HIDDEN, -1, -1)
  }

  /** The time so far is what the old token has spent; what went by in callees and branches, and all waits, were for nothing. */
  private inheritLoss(execution: number, old: number, token: number): void {
    const { executions, tokens, queue } = this.machine
    const { times, waited } = tokens
    let missing = queue.clock[0] - executions.start[execution]
    for (let phase = 0; phase < 4; phase += 1) {
      times[token + phase] = times[old + phase]!
      missing -= times[old + phase]
    }
    times[token] += missing
    waited[token + Wait.downtime] = times[token]!
  }

  isGhost(token: number): boolean {
    const { executions, tokens } = this.machine
    return executions.origin[tokens.execution[token]] === Origin.ghost
  }

  /** What a ghost's token waited for has come: it ends, and with the last branch the one that forked it. */
  end(token: number): void {
    const { tokens, executions, shadows } = this.machine
    this.cores.release(token)
    this.far.forget(token)
    const parent = tokens.parent[token]
    const execution = tokens.execution[token]
    if (tokens.choice[token] >= 0) shadows.open.close(tokens.choice[token])
    tokens.close(token)
    if (parent < 0) {
      executions.close(execution)
      return
    }
    tokens.pending[parent] -= 1
    if (tokens.pending[parent] === 0) this.end(parent)
  }
}
