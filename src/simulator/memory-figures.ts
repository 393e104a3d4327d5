import { GIB } from '../units/data'
import type { Run } from './run'

/**
 * Memory that nobody has any use of: pool capacity beyond whole slabs, free slabs that no device that runs services can
 * reach, and slabs that are leased by an instance which does not need them.
 */
export function strandedGib(run: Run): number {
  const { slabs, fabric, cores, devices } = run.machine
  const { nodes } = run.scenario.topology
  const users = [...cores.count.keys()].filter((i) => cores.count[i] > 0 && !slabs.devices[i])
  let stranded = 0
  slabs.devices.forEach((memory, i) => {
    if (!memory) return
    const node = nodes[devices.node[i]]
    if (node.kind === 'memory') stranded += node.spec.capacityGiB * GIB - memory.slabs * memory.slabBytes
    if (!users.some((user) => fabric.routes.reaches(user, i))) stranded += slabs.free[i] * memory.slabBytes
  })
  return (stranded + leased(run).unused) / GIB
}

/** What instances lease beyond their need, bytes: whole slabs, and what rounding up to slabs adds. */
function leased({ machine: { instances, slabs } }: Run): { readonly unused: number; readonly rounding: number } {
  let [unused, rounding] = [0, 0]
  for (let i = 0; i < instances.count; i += 1) {
    const leases = instances.leases[i]
    if (leases.length === 0) continue
    const whole = slabs.spareBytes(leases, instances.farNeed[i])
    unused += whole
    rounding += Math.max(0, slabs.bytesOf(leases) - whole - instances.farNeed[i]) // it may lack some
  }
  return { unused, rounding }
}

/** Figures of runs in which memory is given back or changes places, beside those of every run. */
export function memoryFigures(run: Run, length: number): readonly (readonly [string, number])[] {
  return [...givenBack(run, length), ...tiered(run), ...copied(run), ...relieved(run)]
}

function tiered({ tiering }: Run): readonly (readonly [string, number])[] {
  if (!tiering.isOn) return []
  const gibs = tiering.copied[0] / GIB // pages change places: as many go as come
  return [
    ['memory_promoted_gib', gibs],
    ['memory_demoted_gib', gibs],
  ]
}

function copied({ machine: { copies, slabs } }: Run): readonly (readonly [string, number])[] {
  if (copies.wanted === 1 && !copies.backed) return []
  const [switches, rebuilt, restored] = copies.counts
  const held = copies.held.flat(2)
  const slabBytes = slabs.devices.find((device) => device !== null)?.slabBytes ?? 0
  const sum = (isThere: boolean): number =>
    held.reduce((bytes, copy) => bytes + (copy.device >= 0 === isThere ? copy.slabs * slabBytes : 0), 0)
  return [
    ['memory_copies_gib', sum(true) / GIB],
    ['memory_lacking_gib', sum(false) / GIB],
    ['memory_switches', switches],
    ['memory_rebuilt_gib', rebuilt / GIB],
    ['memory_restored_gib', restored / GIB],
  ]
}

function relieved({ reclaiming }: Run): readonly (readonly [string, number])[] {
  return reclaiming.isOn ? [['memory_relieved_gib', reclaiming.moved[0] / GIB]] : []
}

function givenBack(run: Run, length: number): readonly (readonly [string, number])[] {
  const { account } = run.keeper
  if (!account.isOn) return []
  const { unused, rounding } = leased(run)
  return [
    ['memory_unused_gib', unused / GIB],
    ['memory_fragmented_gib', rounding / GIB],
    ['memory_reclaimed_gib', (run.keeper.reclaimed[0] + run.reclaiming.takenBack[0]) / GIB],
    ...account.figures(run.isDone ? run.shape.endPs : run.now, length),
  ]
}
