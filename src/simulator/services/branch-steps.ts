import * as Phase from './phase'
import { mix32 } from '../engine/random'
import type { CoreWork } from './core-work'
import type { Machine } from './machine'
import { HIDDEN, enter, inherit, settle } from './phases'
import { failToken } from './step-ends'
import { inheritWaits } from './waits'

/** Steps at which a token's way splits: parallel branches, their end, and choices. */
export class BranchSteps {
  constructor(
    private readonly machine: Machine,
    private readonly cores: CoreWork,
    private readonly run: (token: number) => void,
    private readonly wake: (token: number) => void,
  ) {}

  fork(token: number, arg: number): boolean {
    const { tokens, program, queue } = this.machine
    if (this.cores.flush(token)) return false
    this.cores.release(token)
    const { branches, joins, after } = program.forks[arg]
    tokens.pc[token] = after
    if (branches.length === 0) return true
    tokens.pending[token] = branches.length
    enter(this.machine, token, Phase.elsewhere, HIDDEN, -1, -1)
    for (let i = 0; i < branches.length; i += 1) {
      const branch = tokens.open(tokens.execution[token], branches[i], joins[i], queue.clock[0])
      tokens.parent[branch] = token
      tokens.device[branch] = tokens.device[token]!
      enter(this.machine, branch, Phase.wait, HIDDEN, -1, -1)
      this.run(branch)
    }
    return false
  }

  join(token: number): boolean {
    const { tokens, executions } = this.machine
    if (this.cores.flush(token)) return false
    this.cores.release(token)
    const parent = tokens.parent[token]
    settle(this.machine, token)
    tokens.pending[parent] -= 1
    if (tokens.failed[token] === 1) tokens.failed[parent] = 1
    const last = tokens.pending[parent] === 0
    if (last) {
      inherit(this.machine, parent, token)
      inheritWaits(this.machine, parent, token)
    }
    tokens.close(token)
    if (!last) return false
    enter(this.machine, parent, Phase.wait, HIDDEN, -1, -1)
    if (tokens.failed[parent] === 1) failToken(this.machine, parent, executions.failed[tokens.execution[parent]])
    this.wake(parent)
    return false
  }

  choose(token: number, arg: number): boolean {
    const { tokens, program, executions, streams, measures } = this.machine
    const code = program.chooses[arg]
    const execution = tokens.execution[token]
    const uniform = streams.uniform(
      code.key,
      executions.request[execution],
      measures.sourceHash[executions.source[execution]],
      mix32(executions.lineage[execution], code.path),
      0,
    )
    let option = 0
    while (option < code.cumulative.length - 1 && uniform >= code.cumulative[option]) option += 1
    tokens.pc[token] = code.targets[option]!
    return true
  }
}
