import type { PolicyUse } from '../../scenario/scenario'
import { hashString32, type RandomStreams } from '../engine/random'
import { readyRule, type CustomKind, type ReadyRule } from './rules'

const TWO_32 = 4294967296
const PS_PER_MS = 1e9

/** One rule of one run: asks it, keeps its state, and says what went wrong where something does. */
export class Asking {
  /** What the rule remembers, JSON text. */
  state = '{}'
  private readonly rule: ReadyRule
  private readonly stream: number

  constructor(
    private readonly kind: CustomKind,
    policy: PolicyUse,
    private readonly streams: RandomStreams,
  ) {
    this.rule = readyRule(kind, policy)
    this.stream = streams.key(`custom ${kind}`)
  }

  /** A rule that takes the place of another policy has nothing to go on with. */
  restore(state: unknown): void {
    this.state = typeof state === 'string' && state !== '' ? state : '{}'
  }

  /**
   * @param args plain data
   * @param subject what it decides about; the same subject at the same time draws the same
   * @param own tells apart what happens to the same subject at the same time
   * @param read makes the decision of the answer, or says what is wrong with it by `WrongAnswer`
   */
  ask<T>(
    args: readonly unknown[],
    subject: string,
    timePs: number,
    read: (answer: unknown, sort: string) => T,
    own = 0,
  ): T {
    this.streams.block(this.stream, timePs % TWO_32, Math.floor(timePs / TWO_32), hashString32(subject), own)
    try {
      const { answer, sort, state } = this.rule.decide(args, this.state, this.streams.out)
      this.state = state
      return read(answer, sort)
    } catch (error) {
      throw new Error(stopped(this.kind, error, subject, timePs))
    }
  }
}

/** `the placement policy of this scenario stopped at line 3 of its code: … (about kv.1 at 0.2 ms)` */
function stopped(kind: CustomKind, error: unknown, subject: string, timePs: number): string {
  const said = error instanceof Error ? error.message : String(error)
  return `${stoppedAt(kind, lineOf(error))}: ${said} (about ${subject} at ${timePs / PS_PER_MS} ms)`
}

/** How every message about a rule begins; the page finds the line in it. */
function stoppedAt(kind: CustomKind, line: number | null): string {
  return `the ${kind} policy of this scenario stopped${line === null ? '' : ` at line ${line} of its code`}`
}

/** The line that an error of a sandbox names. */
function lineOf(error: unknown): number | null {
  return error instanceof Error && 'line' in error && typeof error.line === 'number' ? error.line : null
}
