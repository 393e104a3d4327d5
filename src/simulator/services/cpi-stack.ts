import { capture, reinstate, type Plain, type Saved } from '../engine/plain-state'

/** Columns of one instance in `counts`. */
export const Part = {
  instructions: 0,
  /** Cycles of its instructions with every access served by the caches. */
  base: 1,
  /** Cycles stalled on windows that its local memory ends, and on those that remote memory ends, on an idle rack. */
  local: 2,
  remote: 3,
  /** Cycles stalled beyond that: what others on buses, links and channels cost it. */
  queueing: 4,
  /** Misses served by local, by remote memory. */
  nearMisses: 5,
  farMisses: 6,
  /** Executions that have left their worker. */
  left: 7,
  /** Sum of (leaving - coming) over executions that have left, minus the coming of those inside, ps. */
  held: 8,
} as const

const PARTS = 9

/**
 * What an instance's instructions cost its cores, as a stack of parts that add up: cycles of the device that ran them.
 * Counted from time 0; windows are differences.
 *
 * @see Eyerman, Eeckhout, Karkhanis, Smith, A performance counter architecture for computing accurate CPI components,
 *   ASPLOS 2006: a stall belongs to the miss that ends it
 */
export class CpiStack {
  /** `PARTS` numbers an instance. */
  counts: Float64Array
  /** Most executions that an instance has held at once. */
  mostHeld: Float64Array

  constructor(private readonly instances: number) {
    this.counts = new Float64Array(instances * PARTS)
    this.mostHeld = new Float64Array(instances)
  }

  /** Instructions are issued that take so many cycles without misses. */
  computed(instance: number, instructions: number, cycles: number): void {
    this.counts[instance * PARTS] += instructions
    this.counts[instance * PARTS + Part.base] += cycles
  }

  /** Misses are issued: how many, and the stall that they make on an idle rack, by whose answer ends their windows, ps. */
  missed(instance: number, near: number, far: number, localPs: number, remotePs: number, frequencyGHz: number): void {
    const at = instance * PARTS
    this.counts[at + Part.nearMisses] += near
    this.counts[at + Part.farMisses] += far
    this.counts[at + Part.local] += (localPs * frequencyGHz) / 1000
    this.counts[at + Part.remote] += (remotePs * frequencyGHz) / 1000
  }

  /** A stall is longer than on an idle rack. */
  delayed(instance: number, ps: number, frequencyGHz: number): void {
    this.counts[instance * PARTS + Part.queueing] += (ps * frequencyGHz) / 1000
  }

  /** An execution gets a worker; so many are held now. */
  came(instance: number, held: number, now: number): void {
    this.counts[instance * PARTS + Part.held] -= now
    if (held > this.mostHeld[instance]) this.mostHeld[instance] = held
  }

  /** An execution leaves its worker. */
  went(instance: number, now: number): void {
    this.counts[instance * PARTS + Part.held] += now
    this.counts[instance * PARTS + Part.left] += 1
  }

  /** One part of every instance. */
  column(part: number): Float64Array {
    return Float64Array.from({ length: this.instances }, (_, i) => this.counts[i * PARTS + part])
  }

  save(): Saved {
    return capture(this as unknown as Record<string, Plain>, ['counts', 'mostHeld'])
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Plain>, ['counts', 'mostHeld'], saved)
  }
}
