import * as EventKind from '../engine/event-kind'
import { mix32 } from '../engine/random'
import type { Saved } from '../engine/plain-state'
import type { Machine } from './machine'
import type { OffloadChoice, OffloadChooser, OffloadView } from '../policies/offload/offload-policy'
import type { Candidate, OffloadListener } from './offload-choice'
import type { OffloadEstimates } from './offload-estimates'
import type { OpenChoices } from './open-choices'

const PS_PER_US = 1e6

/** A step whose place is decided: the address of its draws, its name, its number among them. */
interface Deciding {
  readonly path: number
  readonly name: string
  readonly chooses: number
}

/** The view of one decision, filled anew for each. */
export class DecisionView implements OffloadView {
  timePs = 0
  step = ''
  index = 0
  decisions = 0
  readonly candidates: Candidate[] = []
  token = 0
  code: Deciding | null = null
  private readonly spare: Candidate[] = []

  constructor(
    private readonly machine: Machine,
    private readonly key: number,
  ) {}

  begin(token: number, code: Deciding, decisions: number): void {
    this.timePs = this.machine.queue.clock[0]
    this.step = code.name
    this.index = code.chooses
    this.decisions = decisions
    this.token = token
    this.code = code
    this.candidates.length = 0
  }

  add(): Candidate {
    const at = this.candidates.length
    if (at === this.spare.length) this.spare.push(blank())
    this.candidates.push(this.spare[at])
    return this.spare[at]
  }

  uniform(which: number): number {
    const { streams, tokens, executions, measures } = this.machine
    const execution = tokens.execution[this.token]
    return streams.uniform(
      this.key,
      executions.request[execution],
      measures.sourceHash[executions.source[execution]],
      mix32(executions.lineage[execution], this.code!.path),
      which,
    )
  }
}

/** Asks the policy where a step runs, remembers what it expected, and finds out what came of it and of the other places. */
export class OffloadDecider {
  private readonly open: OpenChoices
  private readonly view: DecisionView
  /** Decisions so far per deciding step, and how many of them left it where it was. */
  private counts: Float64Array
  private stayed: Float64Array
  private readonly stays = (chooses: number): number =>
    this.counts[chooses] === 0 ? 1 : this.stayed[chooses] / this.counts[chooses]

  constructor(
    private readonly machine: Machine,
    private readonly chooser: OffloadChooser | null,
    readonly estimates: OffloadEstimates,
    private readonly listener: OffloadListener,
  ) {
    this.open = machine.shadows.open
    this.view = new DecisionView(machine, machine.streams.key('offload'))
    this.counts = new Float64Array(machine.program.deciding)
    this.stayed = new Float64Array(machine.program.deciding)
  }

  begin(token: number, code: Deciding): DecisionView {
    this.view.begin(token, code, this.counts[code.chooses])
    return this.view
  }

  /** The policy chooses among the candidates of the view. Returns the candidate. */
  choose(token: number): Candidate {
    const { view } = this
    const { tokens } = this.machine
    const choice = this.chooser!.choose(view)
    const chosen = view.candidates[choice.candidate]
    this.counts[view.index] += 1
    if (chosen.isHome) this.stayed[view.index] += 1
    const decision = this.listener.decided({
      step: view.step,
      from: tokens.device[token],
      to: chosen.device,
      reason: choice.reason,
      busy: '',
      view,
      candidate: choice.candidate,
    })
    this.remember(token, choice, chosen, decision)
    return chosen
  }

  private remember(token: number, choice: OffloadChoice, chosen: Candidate, decision: number): void {
    const { open, machine } = this
    const slot = open.open(decision, machine.queue.clock[0], chosen.estimateUs * PS_PER_US, chosen.device)
    open.memo[slot] = choice.memo ?? 0
    open.work[slot] = chosen.runUs * PS_PER_US
    open.rest[slot] = chosen.isHome ? this.estimates.followingPs(token, this.stays) : 0
    open.learns[slot] = choice.memo === undefined ? 0 : 1
    open.seen[slot] = this.view.candidates.length > 1 ? 1 : 0
    machine.tokens.choice[token] = slot
  }

  /** A step that leaves by the map, or by necessity: only how long it takes is remembered. */
  note(token: number, decision: number, to: number): void {
    const { tokens, queue } = this.machine
    tokens.choice[token] = this.open.open(decision, queue.clock[0], NaN, to)
  }

  /** A shadow of the step goes to a place that was not chosen. @param runPs its work there, with what is drawn for it */
  follow(
    token: number,
    device: number,
    server: number,
    engine: number,
    runPs: number,
    inPs: number,
    outPs: number,
  ): void {
    const { tokens, queue } = this.machine
    const shadow = this.machine.shadows.send(tokens.choice[token], device, server, engine, runPs, outPs)
    queue.schedule(queue.clock[0] + Math.round(inPs), EventKind.shadow, shadow, 0, 0)
  }

  /** What another place would have taken that needs no waiting: a core that the step holds. */
  known(token: number, device: number, ps: number): void {
    this.open.other(this.machine.tokens.choice[token], device, ps)
  }

  /** The token's step has ended. A shadow that has not started by now would have been later, so that the best is known. */
  end(token: number): void {
    const { open, machine } = this
    const slot = machine.tokens.choice[token]
    if (slot < 0) return
    machine.tokens.choice[token] = -1
    const actualPs = machine.queue.clock[0] - open.since[slot]
    if (open.learns[slot]) this.chooser!.learn?.(open.memo[slot], actualPs / PS_PER_US)
    const isOther = open.bestPs[slot] < actualPs
    const seen = open.seen[slot] === 1
    this.listener.ended({
      decision: open.decision[slot],
      since: open.since[slot],
      estimatePs: open.estimate[slot],
      actualPs,
      best: !seen ? -1 : isOther ? open.best[slot] : open.device[slot],
      bestPs: !seen ? NaN : isOther ? open.bestPs[slot] : actualPs,
    })
    open.close(slot)
  }

  /** The token's step begins again elsewhere: nothing is found out of what was chosen. */
  giveUp(token: number): void {
    const { open, machine } = this
    const slot = machine.tokens.choice[token]
    if (slot >= 0) open.close(slot)
    machine.tokens.choice[token] = -1
  }

  save(): Saved {
    return {
      shadows: this.machine.shadows.save(),
      bound: this.estimates.bound.slice(),
      counts: this.counts.slice(),
      stayed: this.stayed.slice(),
      chooser: this.chooser?.save() ?? {},
    }
  }

  restore(saved: Saved): void {
    this.machine.shadows.restore(saved['shadows'] as Saved)
    this.estimates.bound = (saved['bound'] as Int32Array).slice()
    this.counts = (saved['counts'] as Float64Array).slice()
    this.stayed = (saved['stayed'] as Float64Array).slice()
    this.chooser?.restore(saved['chooser'] as never)
  }
}

function blank(): Candidate {
  return {
    target: '',
    device: -1,
    pool: -1,
    kind: '',
    isHome: false,
    servers: 0,
    busy: 0,
    waiting: 0,
    distanceUs: 0,
    holds: true,
    firstUseUs: 0,
    transferUs: 0,
    queueUs: 0,
    runUs: 0,
    estimateUs: 0,
  }
}
