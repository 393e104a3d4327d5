import type { Lease } from './hardware/slabs'
import type { Copy } from './services/copies'

/** Some slabs of an instance: where they are read, and where their further copies are. */
export interface Extent {
  readonly lease: Lease
  readonly copies: readonly Copy[]
}

export function nowhere(slabs: number): Copy {
  return { device: -1, firstSlab: 0, slabs, fresh: false }
}

export function devicesOf({ lease, copies }: Extent): readonly number[] {
  return [lease.device, ...copies.map((copy) => copy.device).filter((device) => device >= 0)].sort((a, b) => a - b)
}

/** Slabs times copies that are missing. */
export function missing(extents: readonly Extent[]): number {
  return extents.reduce(
    (sum, { copies }) => sum + copies.reduce((slabs, copy) => slabs + (copy.device < 0 ? copy.slabs : 0), 0),
    0,
  )
}

/** Takes runs for a copy of an extent from a list, which it uses up; where one is shorter, the extent is cut. */
export function join(extent: Extent, level: number, runs: Copy[]): Extent[] {
  const parts: Extent[] = []
  let left = extent
  while (runs.length > 0 && left.lease.slabs > 0) {
    const count = Math.min(runs[0].slabs, left.lease.slabs)
    const run = runs[0]
    parts.push(withCopy(head(left, count), level, { ...run, slabs: count }))
    left = tail(left, count)
    if (run.slabs === count) runs.shift()
    else runs[0] = cut(run, count)
  }
  return left.lease.slabs > 0 ? [...parts, left] : parts
}

/** Takes so many slabs out of the extents that fit, those leased last first. */
export function takeLast(
  extents: readonly Extent[],
  count: number,
  fits: (extent: Extent) => boolean,
): { readonly kept: readonly Extent[]; readonly taken: readonly Extent[] } {
  const kept: Extent[] = []
  const taken: Extent[] = []
  let left = count
  for (let i = extents.length - 1; i >= 0; i -= 1) {
    const extent = extents[i]
    const gone = fits(extent) ? Math.min(left, extent.lease.slabs) : 0
    const rest = extent.lease.slabs - gone
    left -= gone
    if (rest > 0) kept.unshift(head(extent, rest))
    if (gone > 0) taken.unshift(tail(extent, rest))
  }
  return { kept, taken }
}

/** Whether slabs with a whole copy on one device can have it on another instead: none of theirs is there or being made. */
export function canMove({ lease, copies }: Extent, from: number, to: number): boolean {
  const places = [lease.device, ...copies.map(({ device }) => device)]
  return places.includes(from) && !places.includes(to) && copies.every(({ fresh }) => !fresh)
}

function withCopy({ lease, copies }: Extent, level: number, copy: Copy): Extent {
  return { lease, copies: replaced(copies, level, copy) }
}

export function replaced(copies: readonly Copy[], level: number, copy: Copy): Copy[] {
  return copies.map((other, i) => (i === level ? copy : other))
}

function head({ lease, copies }: Extent, slabs: number): Extent {
  return { lease: { ...lease, slabs }, copies: copies.map((copy) => ({ ...copy, slabs })) }
}

function tail({ lease, copies }: Extent, slabs: number): Extent {
  return { lease: cut(lease, slabs), copies: copies.map((copy) => cut(copy, slabs)) }
}

/** A run without its first slabs. */
function cut<T extends Lease>(run: T, slabs: number): T {
  return { ...run, firstSlab: run.firstSlab + (run.device < 0 ? 0 : slabs), slabs: run.slabs - slabs }
}
