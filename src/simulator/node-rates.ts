import type { Scenario } from '../scenario/scenario'

/** What the parts of a device do at most, per second; NaN where it has no such part. */

type AnyNode = Scenario['topology']['nodes'][number]

export function localBytesPerSecond(node: AnyNode): number {
  return node.kind === 'cpu' || node.kind === 'nic' ? node.spec.localBandwidthGBps * 1e9 : NaN
}

export function channelBytesPerSecond(node: AnyNode): number {
  return node.kind === 'memory' ? node.spec.channels * node.spec.channelBandwidthGBps * 1e9 : NaN
}

export function messagesPerSecond(node: AnyNode): number {
  return node.kind === 'nic' ? node.spec.messagesPerSecond : NaN
}

export function flopsPerSecond(node: AnyNode): number {
  return node.kind === 'gpu' ? node.spec.peakTflops * 1e12 : NaN
}

export function gpuBytesPerSecond(node: AnyNode): number {
  return node.kind === 'gpu' ? node.spec.memoryBandwidthGBps * 1e9 : NaN
}
