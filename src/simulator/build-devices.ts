import type { CpuSpec, TopologyNode } from '../scenario/scenario'
import { GIB } from '../units/data'
import { PS_PER_MS, PS_PER_SECOND, PS_PER_US, roundHalfUp } from '../units/time'
import { firstDevices, listDevices } from './build-network'
import type { CoreSpec } from './hardware/cores'
import type { GpuDevice } from './hardware/gpu'
import type { LocalMemory } from './hardware/local-memory'
import type { NicDevice } from './hardware/nic'
import type { DeviceTable } from './services/device-table'

export function deviceTable(nodes: readonly TopologyNode[]): DeviceTable {
  const list = listDevices(nodes)
  const faultNs = (node: TopologyNode): number =>
    node.kind === 'cpu' || node.kind === 'nic' ? node.spec.pageFaultNs : 0
  const parallelism = (node: TopologyNode): number =>
    node.kind === 'gpu' || node.kind === 'switch' ? 1 : node.spec.memoryParallelism
  return {
    names: list.map((device) => device.id),
    kinds: list.map((device) => device.kind),
    node: Int32Array.from(list, (device) => device.node),
    nodeFirst: firstDevices(nodes),
    parallelism: Int32Array.from(list, (device) => parallelism(nodes[device.node])),
    flopsPerCycle: Float64Array.from(list, (device) => {
      const node = nodes[device.node]
      return node.kind === 'cpu' || node.kind === 'nic' ? node.spec.flopsPerCycle : 1
    }),
    llcMib: Float64Array.from(list, (device) => llcMib(nodes[device.node])),
    pageFaultPs: Float64Array.from(list, (device) => roundHalfUp(faultNs(nodes[device.node]) * 1000)),
  }
}

export function coreSpec(node: TopologyNode): CoreSpec {
  const plain = { quantumPs: Infinity, switchPs: 0 }
  if (node.kind === 'gpu' || node.kind === 'switch')
    return { cores: 0, frequencyGHz: 1, baseCpi: 1, speed: 1, ...plain }
  const { cores, frequencyGHz, baseCpi, speed } = node.spec
  return { cores, frequencyGHz, baseCpi, speed, ...(node.kind === 'cpu' ? slicing(node.spec) : plain) }
}

function llcMib(node: TopologyNode): number {
  return node.kind === 'cpu' ? node.spec.llcMiB : -1
}

function slicing({ quantumUs, contextSwitchNs }: CpuSpec): Pick<CoreSpec, 'quantumPs' | 'switchPs'> {
  const quantumPs = quantumUs === null ? Infinity : Math.max(1, roundHalfUp(quantumUs * PS_PER_US))
  return { quantumPs, switchPs: roundHalfUp(contextSwitchNs * 1000) }
}

export function localMemory(node: TopologyNode): LocalMemory | null {
  if (node.kind === 'gpu')
    return {
      latencyPs: 0,
      linePs: 64000 / node.spec.memoryBandwidthGBps,
      capacityBytes: node.spec.memoryGiB * GIB,
      loadedPs: 0,
      loadedPole: 2,
    }
  if (node.kind !== 'cpu' && node.kind !== 'nic') return null
  const { localLatencyNs, localBandwidthGBps } = node.spec
  return {
    latencyPs: roundHalfUp(localLatencyNs * 1000),
    linePs: 64000 / localBandwidthGBps,
    loadedPs: (node.kind === 'cpu' ? node.spec.loadedLatencyNs : 0) * 1000,
    loadedPole: node.kind === 'cpu' ? node.spec.loadedLatencyPole : 2,
    capacityBytes: (node.kind === 'cpu' ? node.spec.localMemoryGiB : node.spec.memoryGiB) * GIB,
  }
}

export function gpuDevice(node: TopologyNode): GpuDevice | null {
  if (node.kind !== 'gpu') return null
  return {
    flopsPerPs: node.spec.peakTflops,
    bytesPerPs: node.spec.memoryBandwidthGBps / 1000,
    launchPs: roundHalfUp(node.spec.launchUs * PS_PER_US),
    streams: node.spec.streams,
  }
}

/** NaN: it never sleeps. */
export function wakePs(node: TopologyNode): number {
  if (node.kind !== 'cpu' || node.spec.sleepWatts === null) return NaN
  return roundHalfUp(node.spec.wakeMs * PS_PER_MS)
}

export function nicDevice(node: TopologyNode): NicDevice | null {
  if (node.kind !== 'nic') return null
  return {
    messagePs: roundHalfUp(node.spec.messageNs * 1000),
    gapPs: roundHalfUp(PS_PER_SECOND / node.spec.messagesPerSecond),
  }
}
