import * as EventKind from '../engine/event-kind'
import { mix32 } from '../engine/random'
import { roundHalfUp } from '../../units/time'
import * as Failure from './failure'
import type { Machine } from './machine'
import * as Origin from './origin'
import * as Stage from './stage'
import * as Wait from './wait'

/** What event `attempt` is about. */
const Due = { timeout: 0, hedge: 1, retry: 2, hedgeTimeout: 3 } as const
/** A wait before a retry is this much shorter or longer, at most, as gRPC does it. */
const JITTER = 0.2

/** What attempts need of the calls. */
export interface Asking {
  /** Sends an execution that has just been opened as its first attempt was. */
  ask(execution: number): void
  /** An execution is over, whoever asked. */
  complete(execution: number): void
  /** A `call` step has its answer, that of the execution of this token. */
  returned(token: number): void
}

/**
 * Requests and calls that are asked more than once: again after a failure or a time-out, or a second time beside the
 * first when that is slow (a hedge). The first good answer counts. What was asked in vain runs on as an orphan: it uses
 * what it uses, its answer is not sent. An attempt draws its own work: its place in the random streams has its number.
 *
 * @see Dean and Barroso, The Tail at Scale, CACM 56(2), 2013; retry budgets as in Finagle and gRPC (A6)
 */
export class Attempts {
  private readonly jitterKey: number

  constructor(
    private readonly machine: Machine,
    private readonly asking: Asking,
  ) {
    this.jitterKey = machine.streams.key('attempts')
  }

  /** The first attempt is about to be sent. */
  begin(execution: number, rule: number): void {
    const { executions, attempts } = this.machine
    const model = executions.open()
    executions.copy(execution, model)
    executions.token[model] = -1
    const record = attempts.open(rule, model, execution)
    executions.tries[execution] = record
    this.arm(record)
  }

  private arm(record: number): void {
    const { attempts, queue } = this.machine
    const { timeoutPs, hedgePs } = attempts.rules[attempts.rule[record]]
    const now = queue.clock[0]
    attempts.generation[record] += 1
    const round = attempts.generation[record]
    if (timeoutPs < Infinity) queue.schedule(now + timeoutPs, EventKind.attempt, record, round, Due.timeout)
    if (hedgePs < timeoutPs) queue.schedule(now + hedgePs, EventKind.attempt, record, round, Due.hedge)
  }

  /** Event `attempt`. */
  due(record: number, round: number, what: number): void {
    const { attempts } = this.machine
    if (attempts.generation[record] !== round) return
    if (what === Due.hedge) this.hedge(record)
    else if (what === Due.retry) this.retry(record)
    else this.giveUp(record, what === Due.timeout ? attempts.first : attempts.second)
  }

  private hedge(record: number): void {
    const { attempts, measures, queue } = this.machine
    const rule = attempts.rule[record]
    if (!attempts.spend(rule)) return
    if (this.isMeasured(record)) measures.counts.hedges += 1
    const late = queue.clock[0] + attempts.rules[rule].timeoutPs
    if (late < Infinity) queue.schedule(late, EventKind.attempt, record, attempts.generation[record], Due.hedgeTimeout)
    this.launch(record, true)
  }

  private retry(record: number): void {
    if (this.isMeasured(record)) this.machine.measures.counts.retries += 1
    this.arm(record)
    this.launch(record, false)
  }

  /** An attempt under way, if there still is one, has been out for too long. */
  private giveUp(record: number, column: Int32Array): void {
    const { attempts, measures } = this.machine
    if (column[record] < 0) return
    if (this.isMeasured(record)) measures.counts.timeouts += 1
    this.abandon(column[record])
    column[record] = -1
    if (attempts.isUnderWay(record)) return
    if (!this.tryAgain(record)) this.fail(record, Failure.timedOut)
  }

  private isMeasured(record: number): boolean {
    const { attempts, executions } = this.machine
    return executions.measured[attempts.model[record]] === 1
  }

  private launch(record: number, beside: boolean): void {
    const { attempts, executions, tokens, program, queue } = this.machine
    const model = attempts.model[record]
    const execution = executions.open()
    executions.copy(model, execution)
    executions.start[execution] = queue.clock[0]!
    executions.lineage[execution] = mix32(executions.lineage[model], attempts.made[record])
    executions.tries[execution] = record
    const operation = executions.operation[model]
    const token = tokens.open(execution, program.entry[operation], program.end[operation], queue.clock[0])
    executions.token[execution] = token
    tokens.stage[token] = Stage.arriving
    attempts.made[record] += 1
    if (beside) attempts.second[record] = execution
    else attempts.first[record] = execution
    this.asking.ask(execution)
  }

  /** Nobody waits for it any more: it runs on by itself. */
  private abandon(execution: number): void {
    if (execution < 0) return
    const { executions } = this.machine
    executions.origin[execution] = Origin.orphan
    executions.measured[execution] = 0
    executions.caller[execution] = -1
    executions.tries[execution] = -1
  }

  /** The answer of an attempt is with whoever asked; says whether it is the one that counts. */
  answered(execution: number): boolean {
    const { executions, attempts } = this.machine
    const record = executions.tries[execution]
    const [own, other] =
      attempts.first[record] === execution ? [attempts.first, attempts.second] : [attempts.second, attempts.first]
    if (executions.failed[execution] === 0) {
      if (own === attempts.second) this.countWin(execution)
      this.abandon(other[record])
      this.settleWith(execution, record)
      return true
    }
    own[record] = -1
    if (!attempts.isUnderWay(record) && !this.tryAgain(record)) {
      this.settleWith(execution, record)
      return true
    }
    this.abandon(execution)
    this.asking.complete(execution)
    return false
  }

  /** Whoever asked for an execution learns at once that it has failed; what there is of it runs on as an orphan. */
  breakOff(execution: number, cause: number): void {
    const { executions, attempts } = this.machine
    const record = executions.tries[execution]
    const stand = executions.open()
    executions.copy(execution, stand)
    this.abandon(execution)
    if (record >= 0 && attempts.first[record] === execution) attempts.first[record] = stand
    else if (record >= 0) attempts.second[record] = stand
    this.answerFailed(stand, cause)
  }

  private countWin(execution: number): void {
    const { executions, measures } = this.machine
    if (executions.measured[execution] === 1) measures.counts.hedgesWon += 1
  }

  /** Has another attempt made after a wait; false: there is none left, or nobody who wants it. */
  private tryAgain(record: number): boolean {
    const { attempts, executions, tokens, queue } = this.machine
    const rule = attempts.rules[attempts.rule[record]]
    const caller = executions.caller[attempts.model[record]]
    if (caller >= 0 && executions.origin[tokens.execution[caller]] === Origin.ghost) return false
    if (attempts.retried[record] >= rule.retries || !attempts.spend(attempts.rule[record])) return false
    const wait = this.backoff(record, rule.backoffPs)
    attempts.retried[record] += 1
    attempts.generation[record] += 1
    queue.schedule(queue.clock[0] + wait, EventKind.attempt, record, attempts.generation[record], Due.retry)
    return true
  }

  private backoff(record: number, basePs: number): number {
    if (basePs === 0) return 0
    const { attempts, executions, streams, measures } = this.machine
    const model = attempts.model[record]
    const retried = attempts.retried[record]
    const uniform = streams.uniform(
      this.jitterKey,
      executions.request[model],
      measures.sourceHash[executions.source[model]],
      executions.lineage[model],
      retried,
    )
    let base = basePs
    for (let i = 0; i < retried; i += 1) base *= 2
    return roundHalfUp(base * (1 + JITTER * (2 * uniform - 1)))
  }

  /** An attempt's answer becomes that of the request: it has lasted since the first was made. */
  private settleWith(execution: number, record: number): void {
    const { executions, attempts } = this.machine
    const model = attempts.model[record]
    const lost = executions.start[execution] - executions.start[model]
    executions.start[execution] = executions.start[model]!
    executions.tries[execution] = -1
    if (lost > 0) this.waitedInVain(executions.token[execution], lost)
    attempts.close(record)
    executions.close(model)
  }

  private waitedInVain(token: number, ps: number): void {
    const { tokens } = this.machine
    tokens.times[token] += ps
    tokens.waited[token + Wait.attempts] += ps
  }

  /** All attempts were in vain, and none of them has an answer: the model takes the place of one. */
  private fail(record: number, cause: number): void {
    const { attempts } = this.machine
    const model = attempts.model[record]
    attempts.close(record)
    this.answerFailed(model, cause)
  }

  /** An execution without a token is answered: it has failed. */
  private answerFailed(execution: number, cause: number): void {
    const { executions, tokens, program, queue } = this.machine
    const operation = executions.operation[execution]
    const token = tokens.open(execution, program.entry[operation], program.end[operation], queue.clock[0])
    executions.token[execution] = token
    executions.failed[execution] = cause
    tokens.stage[token] = Stage.ended
    this.waitedInVain(token, queue.clock[0] - executions.start[execution])
    if (executions.origin[execution] === Origin.call) this.asking.returned(token)
    else this.asking.complete(execution)
  }
}
