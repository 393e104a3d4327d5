import type { TopologyNode } from '../scenario'
import type { Complain, Draft } from './draft'

const PATH = 'policies.memory'

/** The marks as numbers; null: not given. */
function marksOf({ policies: { memory } }: Draft): { readonly high: number | null; readonly low: number | null } {
  const { highWatermark, lowWatermark } = memory
  return {
    high: typeof highWatermark === 'number' ? highWatermark : null,
    low: typeof lowWatermark === 'number' ? lowWatermark : null,
  }
}

/** Reports a low watermark that is not below the high one. */
export function checkWatermarks(draft: Draft, complain: Complain): void {
  const { high, low } = marksOf(draft)
  if (high !== null && low !== null && low >= high)
    complain(`${PATH}.lowWatermark`, `must be less than highWatermark, ${high}; got ${low}`)
}

/** Warns of watermarks that change nothing or that cannot be kept. */
export function doubtWatermarks(draft: Draft, nodes: readonly TopologyNode[], warn: Complain): void {
  const { high, low } = marksOf(draft)
  if (high === null) {
    if (low !== null) warn(`${PATH}.lowWatermark`, `${low} changes nothing without "highWatermark"`)
    return
  }
  const pools = nodes.filter((node) => node.kind === 'memory')
  const count = pools.reduce((sum, node) => sum + node.count, 0)
  if (high === 1) warn(`${PATH}.highWatermark`, '1 is never exceeded: no more than all slabs can be leased')
  if (count === 0) warn(`${PATH}.highWatermark`, `${high} changes nothing, as there are no memory devices`)
  const copies = Number(draft.policies.memory['copies'] ?? 1)
  if (count === 1)
    warn(`${PATH}.highWatermark`, 'with one memory device no slab can leave it: only what nobody needs is taken back')
  else if (count > 0 && count <= copies)
    warn(
      `${PATH}.highWatermark`,
      `with ${copies} copies on ${count} memory devices no slab can leave one: only what nobody needs is taken back`,
    )
  for (const { id, spec } of pools) apart(id, Math.floor((spec.capacityGiB * 1024) / spec.slabMiB), high, low, warn)
  slowCopies(draft, pools, warn)
}

/** Marks between which there is no slab are one: what is taken back or copied away is soon to be again. */
function apart(id: string, slabs: number, high: number, low: number | null, warn: Complain): void {
  const [most, left] = [high, low ?? Math.max(0, high - 0.1)].map((mark) => Math.floor(slabs * mark + 1e-9))
  if (slabs > 0 && most === left && (low ?? 0) < high)
    warn(
      `${PATH}.${low === null ? 'highWatermark' : 'lowWatermark'}`,
      `both watermarks are ${most} of the ${slabs} slabs of a device of "${id}": a slab leased and given back comes and goes each time`,
    )
}

function slowCopies(
  { policies, run }: Draft,
  pools: readonly (TopologyNode & { kind: 'memory' })[],
  warn: Complain,
): void {
  const rate = policies.memory['reclaimMiBps']
  const end = run.warmupSeconds + run.durationSeconds
  const smallest = pools.reduce((least, { spec }) => Math.min(least, spec.slabMiB), Infinity)
  if (typeof rate === 'number' && smallest < Infinity && smallest / rate > end)
    warn(
      `${PATH}.reclaimMiBps`,
      `a slab of ${smallest} MiB takes ${Number((smallest / rate).toPrecision(3))} s to copy at ${rate} MiB/s, and the run ends at ${end} s`,
    )
}
