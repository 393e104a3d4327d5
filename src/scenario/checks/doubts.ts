import type { Link, Service, TopologyNode } from '../scenario'
import type { Complain, Draft, Names } from './draft'
import { copiesOf, doubtfulCopies, isBacked } from './copies'
import { checkCrowding } from './crowding'
import { Hosts, localGiBOf } from './hosts'
import { doubtWatermarks } from './watermarks'

/** Warns of what is allowed but rarely meant. Wants a topology without errors. */
export function checkDoubts(draft: Draft, names: Names, warn: Complain): void {
  if (draft.workload.sources.length === 0) warn('workload.sources', 'nothing arrives, as there are no sources')
  lateOrders(draft, warn)
  for (const [index, link] of draft.topology.links.entries())
    largePackets(`topology.links[${index}]`, link, names, warn)
  const nodes = draft.topology.nodes.filter((node) => node !== null)
  const hosts = new Hosts(nodes, names.nodes)
  for (const [index, service] of draft.application.services.entries()) {
    largeFootprint(`application.services[${index}]`, service, hosts.of(service), warn)
    nobodyWaits(`application.services[${index}]`, service, warn)
  }
  checkCrowding(draft.application.services, hosts, warn)
  poolsTooSmall(draft, nodes, warn)
  doubtfulCopies(draft, warn)
  nothingToScale(draft, warn)
  nothingToTakeBack(draft, warn)
  doubtWatermarks(draft, nodes, warn)
}

/** Rules for those who wait for a worker, where nobody does. */
function nobodyWaits(path: string, { threads, queueLimit, shedAfterMs }: Service, warn: Complain): void {
  if (threads !== null) return
  if (queueLimit !== null) warn(`${path}.queueLimit`, 'it limits nothing, as without "threads" no request waits')
  if (shedAfterMs !== undefined)
    warn(
      `${path}.shedAfterMs`,
      `nothing is shed after ${shedAfterMs} ms, as without "threads" no request waits for a worker`,
    )
}

/** A term on leases, and nobody who comes to need less than it leases. */
function nothingToTakeBack({ application: { services }, policies }: Draft, warn: Complain): void {
  const { leaseMs } = policies.memory
  if (typeof leaseMs === 'number' && services.every((service) => service.footprintPhases === undefined))
    warn(
      'policies.memory.leaseMs',
      `a term of ${leaseMs} ms takes nothing back: without footprintPhases an instance needs all it leases until it ends; to take memory from idle instances let the service scale to zero, or set highWatermark`,
    )
}

/** Policies that scale, and services that let them. */
function nothingToScale({ application, policies }: Draft, warn: Complain): void {
  const { use } = policies.scaling
  const isElastic = ({ replicas, minReplicas, maxReplicas }: Service): boolean =>
    (minReplicas ?? replicas) < replicas || (maxReplicas ?? replicas) > replicas
  const elastic = application.services.findIndex(isElastic)
  if (use === 'fixed' && elastic >= 0)
    warn(`application.services[${elastic}]`, 'its number of instances stays, as the scaling policy is "fixed"')
  if (use !== 'fixed' && elastic < 0 && application.services.length > 0)
    warn(
      'policies.scaling.use',
      `${JSON.stringify(use)} changes nothing, as no service has minReplicas or maxReplicas other than replicas`,
    )
}

function lateOrders(draft: Draft, warn: Complain): void {
  const end = draft.run.warmupSeconds + draft.run.durationSeconds
  const late = (path: string, atSeconds: number): void => {
    if (atSeconds >= end) warn(path, `it never comes to ${atSeconds} s, as the run ends at ${end} s`)
  }
  for (const [index, order] of draft.policies.orders.entries())
    late(`policies.orders[${index}].atSeconds`, order.atSeconds)
  for (const [index, fault] of draft.faults.entries()) late(`faults[${index}].atSeconds`, fault.atSeconds)
  for (const [index, { arrivals }] of draft.workload.sources.entries()) {
    if (arrivals.process !== 'trace') continue
    const after = arrivals.timesSeconds.filter((time) => time >= end).length
    if (after > 0)
      warn(
        `workload.sources[${index}].arrivals.timesSeconds`,
        `${after} of ${arrivals.timesSeconds.length} arrivals come after the end of the run, ${end} s`,
      )
  }
}

function largePackets(path: string, link: Link, names: Names, warn: Complain): void {
  if (link.payloadBytes === null) return
  const packet = link.payloadBytes + link.headerBytes
  for (const end of ['from', 'to'] as const) {
    const node = names.nodes.get(link[end])
    if (node?.kind !== 'switch' || packet <= node.spec.bufferKiB * 1024) continue
    warn(
      `${path}.payloadBytes`,
      `a packet of ${packet} bytes does not fit into the buffers of switch "${node.id}", ${node.spec.bufferKiB} KiB`,
    )
  }
}

function largeFootprint(path: string, service: Service, hosts: readonly TopologyNode[], warn: Complain): void {
  const localMiB = service.footprintMiB * service.localShare
  if (localMiB === 0 || hosts.length === 0) return
  const largest = hosts.reduce((most, host) => Math.max(most, localGiBOf(host) * 1024), 0)
  if (localMiB <= largest) return
  warn(
    `${path}.footprintMiB`,
    `${localMiB} MiB of it are local, more than the ${largest} MiB of any device that can run it`,
  )
}

/** Memory is leased in whole slabs: an instance takes at least as many of the smallest as its share needs. */
function poolsTooSmall(draft: Draft, nodes: readonly TopologyNode[], warn: Complain): void {
  const pools = nodes.flatMap((node) => (node.kind === 'memory' ? [node] : []))
  if (pools.length === 0) return
  const smallest = pools.reduce((least, { spec }) => Math.min(least, spec.slabMiB), Infinity)
  const remoteMiB = draft.application.services.reduce((sum, { replicas, footprintMiB, localShare }) => {
    const far = footprintMiB * (isBacked(draft) ? 1 : 1 - localShare)
    return sum + replicas * Math.ceil(far / smallest - 1e-9) * smallest
  }, 0)
  const pooledMiB = pools.reduce(
    (sum, { count, spec }) => sum + count * Math.floor((spec.capacityGiB * 1024) / spec.slabMiB) * spec.slabMiB,
    0,
  )
  if (remoteMiB > pooledMiB)
    warn(
      'application.services',
      `they ask for ${remoteMiB} MiB of memory pools in whole slabs, which have ${pooledMiB} MiB`,
    )
  else if (remoteMiB * copiesOf(draft) > pooledMiB)
    warn(
      'policies.memory.copies',
      `${copiesOf(draft)} copies of ${remoteMiB} MiB are more than the ${pooledMiB} MiB of all memory pools: some slabs will lack one`,
    )
}
