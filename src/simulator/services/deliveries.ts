import * as Origin from './origin'
import * as Purpose from './purpose'
import type { Calls } from './calls'
import type { ComputeSteps } from './compute-steps'
import type { CoreWork } from './core-work'
import type { Kernels } from './kernels'
import type { Losses } from './losses'
import type { Machine } from './machine'
import type { Offloads } from './offloads'

/** What works on a token when a message for it has come. */
interface Receivers {
  readonly cores: CoreWork
  readonly calls: Calls
  readonly offloads: Offloads
  readonly kernels: Kernels
  readonly losses: Losses
  readonly computes: ComputeSteps
  wake(token: number): void
}

/** Messages for tokens, at the device where they have come. */
export class Deliveries {
  private readonly drawWork: (token: number, arg: number) => number

  constructor(
    private readonly machine: Machine,
    private readonly to: Receivers,
    private readonly callReturned: (token: number) => void,
  ) {
    this.drawWork = (token, arg) => to.computes.draw(token, arg)
  }

  /** A message for a token is at a device. */
  take(purpose: number, token: number, at: number): void {
    const { tokens, executions, instances } = this.machine
    const execution = tokens.execution[token]
    switch (purpose) {
      case Purpose.request:
      case Purpose.offloadBack:
      case Purpose.kernelBack: {
        const instance = executions.instance[execution]
        if (this.follow(token, instance, at, purpose, executions.requestBytes[execution])) return
        if (purpose === Purpose.offloadBack) this.to.offloads.home(token)
        if (purpose === Purpose.kernelBack) this.to.kernels.home(token)
        tokens.device[token] = instances.device[instance]!
        this.to.wake(token)
        return
      }
      case Purpose.response: {
        if (executions.origin[execution] === Origin.orphan) {
          this.to.calls.complete(execution)
          return
        }
        const caller = tokens.execution[executions.caller[execution]]
        if (this.follow(token, executions.instance[caller], at, purpose, executions.responseBytes[execution])) return
        this.callReturned(token)
        return
      }
      case Purpose.leave:
        this.to.calls.leave(token)
        return
      case Purpose.rpc:
        this.to.calls.rpc.goOn(token)
        return
      case Purpose.kernelIn:
        this.to.kernels.arrive(token)
        return
      case Purpose.offloadOut:
        this.to.offloads.arrive(token, this.to.cores, this.drawWork)
        return
      default:
        throw new RangeError(`no such purpose: ${purpose}`)
    }
  }

  /** A message for an instance that has moved away meanwhile goes after it. */
  private follow(token: number, instance: number, at: number, purpose: number, bytes: number): boolean {
    const { instances, executions, tokens } = this.machine
    const home = instances.device[instance]
    if (home === at || instances.stopped[instance]) return false
    const to = purpose === Purpose.response ? executions.caller[tokens.execution[token]] : token
    if (this.to.losses.isGhost(to)) return false
    this.to.calls.transfer(at, home, bytes, purpose, token)
    return true
  }
}
