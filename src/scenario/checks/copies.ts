import type { TopologyNode } from '../scenario'
import type { Complain, Draft } from './draft'

type Pool = Extract<TopologyNode, { kind: 'memory' }>

/** How many copies of each slab a scenario asks for. */
export function copiesOf({ policies }: Draft): number {
  return Number(policies.memory['copies'] ?? 1)
}

/** Whether pools hold what is in local memory too. */
export function isBacked({ policies }: Draft): boolean {
  return policies.recovery.use === 'restore'
}

const poolsOf = (draft: Draft): readonly Pool[] =>
  draft.topology.nodes.filter((node): node is Pool => node !== null && node.kind === 'memory')

/** Reports what copies of slabs cannot go together with. */
export function checkCopies(draft: Draft, complain: Complain): void {
  const copies = copiesOf(draft)
  if (copies === 1) return
  const [first, ...others] = poolsOf(draft)
  const other = others.find((node) => node.spec.slabMiB !== first?.spec.slabMiB)
  if (first !== undefined && other !== undefined)
    complain(
      'policies.memory.copies',
      `${copies} copies of a slab want slabs of one size; "${first.id}" has ${first.spec.slabMiB} MiB, "${other.id}" ${other.spec.slabMiB} MiB`,
    )
}

/** Warns of copies that cannot be had, and of memory that is nowhere to be restored from. */
export function doubtfulCopies(draft: Draft, warn: Complain): void {
  const copies = copiesOf(draft)
  const pools = poolsOf(draft)
  const devices = pools.reduce((sum, node) => sum + node.count, 0)
  if (copies > Math.max(1, devices))
    warn('policies.memory.copies', `${copies} copies of each slab, but ${devices} memory devices to hold them`)
  const { services } = draft.application
  if (!isBacked(draft) || services.length === 0) return
  if (devices === 0)
    warn('policies.recovery.use', '"restore" has nothing to restore from, as there are no memory pools')
  else if (services.every((service) => service.footprintMiB === 0))
    warn('policies.recovery.use', '"restore" is "restart", as no service has a footprintMiB to be held in pools')
}
