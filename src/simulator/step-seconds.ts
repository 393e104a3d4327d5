import type { KernelStep, MemorySpec, MemoryStep, Step, TopologyNode } from '../scenario/scenario'
import { pow } from './engine/exact-math'
import type { Gpus } from './hardware/gpu'
import { LINE_BYTES, PAGE_BYTES } from './hardware/memory'
import { eachExpected, meanOf, type OfferedOperation } from './offered-rates'
import type { RpcCosts } from './services/machine'

/** Of the misses of a step: the share that goes to memory pools, how much of that as pages, and what a line takes unloaded, s. */
export interface Far {
  readonly share: number
  readonly pageShare: number
  readonly seconds: number
}
export const nothingFar: Far = { share: 0, pageShare: 0, seconds: 0 }

/** Last-level misses of an execution of a step, on average. */
export function missesOf(step: Step & { do: 'compute' }): number {
  return step.instructions === undefined ? 0 : (meanOf(step.instructions) * step.missesPerKiloInstruction) / 1000
}

/** Lines, or pages, of an execution of a memory step. */
export function accessesOf(step: MemoryStep, isPaged: boolean): number {
  return Math.ceil(step.bytes / (isPaged ? PAGE_BYTES : LINE_BYTES))
}

/** Core seconds of a memory step on an idle device, stalls included, before it is known where its memory lies. */
export function accessSeconds(step: MemoryStep, node: TopologyNode, far: Far, faultSeconds: number): number {
  if (node.kind === 'switch' || node.kind === 'gpu') return 0
  const windows = Math.ceil(accessesOf(step, false) / node.spec.memoryParallelism)
  return far.pageShare * accessesOf(step, true) * faultSeconds + (1 - far.pageShare) * windows * far.seconds
}

/**
 * Core seconds of a compute step on an idle device, stalls included.
 *
 * @param faultSeconds core time of a page fault there
 * @param windowsOf windows of its misses, by how many are under way at once; all are full unless given
 */
export function computeSeconds(
  step: Step & { do: 'compute' },
  node: TopologyNode,
  far: Far,
  faultSeconds: number,
  windowsOf?: (width: number) => number,
): number {
  if (node.kind === 'switch' || node.kind === 'gpu') return 0
  const { spec } = node
  if (step.timeNs !== undefined) return (meanOf(step.timeNs) * 1e-9) / spec.speed
  const instructions = step.instructions === undefined ? 0 : meanOf(step.instructions)
  const misses = missesOf(step)
  const local = (node.kind === 'memory' ? nearWindowNs(node.spec) : node.spec.localLatencyNs) * 1e-9
  const work = (instructions * spec.baseCpi) / (spec.frequencyGHz * 1e9)
  const faults = misses * far.share * far.pageShare * faultSeconds
  if (far.pageShare === 1) return work + faults
  const width = spec.memoryParallelism
  const windows = windowsOf?.(width) ?? misses / width
  if (windows === 0) return work + faults
  const together = windowsOf === undefined ? width : misses / windows
  const hasFar = 1 - pow(1 - far.share * (1 - far.pageShare), together)
  return work + faults + windows * (hasFar * Math.max(far.seconds, local) + (1 - hasFar) * local)
}

/** A full window of misses of a memory device's own cores on its idle channels. */
function nearWindowNs(spec: MemorySpec): number {
  const array = spec.rowHitRatio * spec.rowHitNs + (1 - spec.rowHitRatio) * spec.rowMissNs
  const busNs = (Math.ceil(spec.memoryParallelism / spec.channels) * LINE_BYTES) / spec.channelBandwidthGBps
  return spec.nearLatencyNs + spec.controllerNs + array + busNs
}

/** Whether a kernel runs on a core of its instance's device, where that is no GPU and no map sends it elsewhere. */
export function runsOnCore(step: KernelStep): boolean {
  return step.offload.includes('cpu') || !step.offload.includes('gpu')
}

export function runsOf(step: KernelStep): number {
  return typeof step.repeat === 'number' ? step.repeat : meanOf(step.repeat)
}

/** Core seconds of a kernel on a core, by the roofline. */
export function coreKernelSeconds(step: KernelStep, node: TopologyNode): number {
  if (node.kind !== 'cpu' && node.kind !== 'nic') return 0
  const { flopsPerCycle, frequencyGHz, localBandwidthGBps } = node.spec
  return (
    runsOf(step) * Math.max(step.flops / (flopsPerCycle * frequencyGHz * 1e9), step.bytes / (localBandwidthGBps * 1e9))
  )
}

/** Stream seconds of one kernel in a full batch on a GPU: the launch and what the batch shares are paid once. */
export function batchedSeconds(step: KernelStep, gpus: Gpus, device: number): number {
  const n = step.batchSize
  const bytes = n * (step.bytes - step.sharedBytes) + step.sharedBytes
  return (gpus.kernelPs(device, n * step.flops, bytes) * 1e-12) / n
}

/** Bytes that one kernel in a full batch moves. */
export function batchedBytes({ bytes, sharedBytes, batchSize }: KernelStep): number {
  return bytes - sharedBytes + sharedBytes / batchSize
}

/** Cycles an execution spends on its own messages. */
export function rpcCycles(rpc: RpcCosts, operation: OfferedOperation): number {
  let cycles = 0
  eachMessage(operation, (bytes, count) => (cycles += count * (rpc.cyclesPerMessage + rpc.cyclesPerByte * bytes)))
  return cycles
}

/** The messages of an execution, by size, with how many there are: those it takes and answers, those it sends and gets back. */
export function eachMessage(
  { inflows, steps, perSecond }: OfferedOperation,
  visit: (bytes: number, count: number) => void,
): void {
  for (const flow of inflows) {
    if (flow.kind === 'direct') continue
    visit(flow.requestBytes, flow.perSecond / perSecond)
    if (flow.answered) visit(flow.responseBytes, flow.perSecond / perSecond)
  }
  eachExpected(steps, (step, weight) => {
    if (step.do !== 'call' && step.do !== 'send') return
    visit(step.requestBytes, weight)
    if (step.do === 'call') visit(step.responseBytes, weight)
  })
}
