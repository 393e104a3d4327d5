import { capture, reinstate, type Plain, type Saved } from '../engine/plain-state'
import type { Lease } from '../hardware/slabs'
import type { Instances } from './instances'

/** A run of slabs that is a further copy of as many others; one that was lost has no device (-1). */
export interface Copy extends Lease {
  /** It is being filled: what is written goes there too, but nothing can be read from it yet. */
  readonly fresh: boolean
}

const NONE: readonly (readonly Copy[])[] = []
const FIELDS = ['held', 'fetching', 'answersAt', 'knownAt', 'counts'] as const

/**
 * Further copies of far memory on other devices. An instance reads the slabs that it leases; what it writes goes to all
 * copies of them.
 */
export class Copies {
  /** Per instance and further copy: its runs of slabs, each the copy of the lease at the same place. */
  held: (readonly (readonly Copy[])[])[]
  /** When the memory of an instance answers again, as a copy is read from then on, ps. */
  answersAt: Float64Array
  /** When it is known that an instance has lost copies: not before are they made anew, ps. */
  knownAt: Float64Array
  /** 1: it starts, and what was in local memory is on its way from the pools. */
  fetching: Uint8Array
  /** Since the start: changes to a copy; bytes copied anew; bytes fetched by instances that were restored. */
  counts = new Float64Array(3)

  /**
   * @param wanted how many copies of each slab there are to be, the one that is read among them
   * @param backed whether pools hold what is in local memory too
   */
  constructor(
    private readonly instances: Instances,
    readonly wanted: number,
    readonly backed: boolean,
  ) {
    this.held = Array.from({ length: instances.count }, () => NONE)
    this.fetching = new Uint8Array(instances.count)
    this.answersAt = new Float64Array(instances.count)
    this.knownAt = new Float64Array(instances.count)
  }

  /** What an instance with so many local bytes needs in pools. */
  farBytes(footprint: number, localBytes: number): number {
    return this.backed ? footprint : Math.max(0, footprint - localBytes)
  }

  /** Where all of the footprint is local, no miss and no access goes to the pools, though they hold it too. */
  keepNear(instance: number, footprint: number, localBytes: number): void {
    if (this.backed && localBytes >= footprint) this.instances.far[instance] = 0
  }

  /** All slabs that an instance holds: those that it reads, and the copies of them. */
  all(instance: number): readonly Lease[] {
    const leases = this.instances.leases[instance]
    const held = this.held[instance]
    return held.length === 0 ? leases : [...leases, ...held.flat().filter(({ device }) => device >= 0)]
  }

  forget(instance: number): void {
    this.held[instance] = NONE
    this.fetching[instance] = 0
    this.answersAt[instance] = 0
    this.knownAt[instance] = 0
  }

  save(): Saved {
    return capture(this as unknown as Record<string, Plain>, FIELDS)
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, FIELDS, saved)
  }
}
