/** Size of the CPU pool that traces are put on. */
export interface RackSize {
  readonly devices: number
  readonly coresPerDevice: number
}

export type NodeDocument = {
  id: string
  kind: string
  count: number
  label: string
  spec: Readonly<Record<string, number>>
}
export type LinkDocument = {
  id: string
  from: string
  to: string
  protocol: string
  bandwidthGbps: number
  propagationNs: number
}
export type TopologyDocument = { nodes: readonly NodeDocument[]; links: readonly LinkDocument[] }

const coresPerDevice = 16
/** Utilization that the busiest moment should not exceed. */
export const targetUtilization = 0.6
const mostDevices = 1000
/** About ten meters of cable at 5 ns each. */
const propagationNs = 50
const bandwidthGbps = 100

/** @param busiestCores cores that the measured work keeps busy in its busiest moment */
export function rackSize(busiestCores: number): RackSize {
  const needed = Math.ceil(busiestCores / targetUtilization / coresPerDevice)
  return { devices: Math.min(mostDevices, Math.max(1, needed)), coresPerDevice }
}

/** Instances that a service needs so that one of them fits on one device. */
export function replicasFor(busiestCores: number, hosts: number, size: RackSize): number {
  const needed = Math.ceil(busiestCores / (targetUtilization * size.coresPerDevice))
  return Math.max(1, hosts, Math.min(needed, size.devices))
}

/** One CPU pool, one NIC pool, one switch, RDMA links between them. */
export function defaultTopology(size: RackSize): TopologyDocument {
  return {
    nodes: [
      { id: 'nic', kind: 'nic', count: 1, label: 'NIC pool', spec: {} },
      { id: 'tor', kind: 'switch', count: 1, label: 'Top-of-rack switch', spec: {} },
      {
        id: 'cpu',
        kind: 'cpu',
        count: size.devices,
        label: 'CPU pool',
        spec: { cores: size.coresPerDevice, speed: 1 },
      },
    ],
    links: ['nic', 'cpu'].map((pool) => ({
      id: `${pool}-tor`,
      from: pool,
      to: 'tor',
      protocol: 'rdma',
      bandwidthGbps,
      propagationNs,
    })),
  }
}
