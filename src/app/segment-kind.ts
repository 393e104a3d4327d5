import type { SegmentKind } from '../simulator/display'

/** The simulator's segment kinds, repeated here so that nothing of it is loaded into the page; the compiler compares. */
export const Kind = {
  portQueue: 0,
  link: 1,
  nic: 2,
  workerQueue: 3,
  coreQueue: 4,
  core: 5,
  memoryStall: 6,
  pageWait: 7,
  memoryLink: 8,
  memoryService: 9,
  bulkLink: 10,
  delay: 11,
  frozen: 12,
  kernelQueue: 13,
  kernelBatch: 14,
  kernel: 15,
  engine: 16,
} as const satisfies typeof SegmentKind

/** Phases in the order of the stage bar. */
export const phases = ['wait', 'compute', 'memory', 'network', 'accel'] as const

/** Index into `phases` per kind; 5: outside work; 6: not a request but something that it caused. */
const phaseOfKind = [3, 3, 3, 0, 0, 1, 2, 2, 6, 6, 6, 5, 0, 0, 0, 4, 4]

/**
 * What a request does in a segment of this kind.
 *
 * @param onAccelerator the device is a GPU
 * @returns an index into `phases`, 5 for work outside, 6 for memory trains and memory that moves (no request is there)
 */
export function phaseIndex(kind: number, onAccelerator: boolean): number {
  if (kind === Kind.core && onAccelerator) return 4
  return phaseOfKind[kind] ?? 6
}
