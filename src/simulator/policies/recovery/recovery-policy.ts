import type { FieldInfo } from '../../../scenario/catalog'

/** What a recovery policy sees of an instance that a failed device, or one about to fail, holds. */
export interface RecoveryView {
  readonly instance: string
  /** The device that fails, and whether the instance runs on it, has memory there, or has moved away and left pages there. */
  readonly device: string
  readonly holds: 'instance' | 'memory' | 'pages'
  /** Every slab that it reads on the device has a copy on another that works. */
  readonly hasCopy: boolean
  /** Pools hold all of its memory, what is local too, on devices that work. */
  readonly inPools: boolean
  /** Seconds until the device fails; 0: it has failed. */
  readonly inSeconds: number
  readonly pinned: boolean
}

export interface RecoveryDecision {
  /**
   * `restart`: it is lost, and starts again elsewhere once that is noticed. `wait`: it stands still until the device is
   * back. `switch`: it reads the copies of what it had there once the failure is known. `restore`: it is lost, and starts
   * elsewhere with the memory that it has in pools, from which it fetches what was local. `move`: it migrates to another device now; only before the device fails. `leave`: nothing, until it fails.
   */
  readonly action: 'restart' | 'wait' | 'switch' | 'restore' | 'move' | 'leave'
  readonly reason: string
}

/** Decides what becomes of the instances of a failed device. */
export interface RecoveryPolicy {
  readonly name: string
  readonly summary: string
  /** Its fields in a scenario, beside `use`. */
  readonly parameters: readonly FieldInfo[]
  /** Whether steps that were sent to a failed device are begun again elsewhere; else they wait until it is back. */
  readonly beginsAgain: boolean
  decide(view: RecoveryView): RecoveryDecision
}

/** Whoever has copies of its memory reads those; the others do as the policy says. */
export function orCopies({ device, hasCopy }: RecoveryView, decision: RecoveryDecision): RecoveryDecision {
  return hasCopy ? { action: 'switch', reason: `reads the copies of what it had on ${device}` } : decision
}

/** What a failure has cost an instance. */
export function lossOf({ device, holds }: Pick<RecoveryView, 'device' | 'holds'>): string {
  if (holds === 'instance') return `${device} has failed`
  return holds === 'memory' ? `its memory on ${device} is lost` : `the pages that it had left on ${device} are lost`
}
