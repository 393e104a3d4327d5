import { roundHalfUp } from '../../units/time'

export const LINE_BYTES = 64

/** A memory device as the machine is built; times in ps. */
export interface MemoryDevice {
  readonly channels: number
  /** Per channel. */
  readonly banks: number
  /** Bus time of one 64-byte line on one channel. */
  readonly linePs: number
  /** Controller and array of an access that finds its bank idle. */
  readonly latencyPs: number
  /** Of that, how long the bank is busy; and how long when the access had to wait for the bank. */
  readonly accessPs: number
  readonly conflictPs: number
  /** Bus time lost between a read and a write. */
  readonly turnaroundPs: number
  /** Loaded latency of the controller, `a * u / (c - u)` at bus utilization u; a = 0: none. */
  readonly loadedPs: number
  readonly loadedPole: number
  /** To the channels and back for the cores next to them. */
  readonly nearPs: number
  readonly slabBytes: number
  readonly slabs: number
}

/** @param rowMissNs mean of a miss; a hit where the row is open, by `rowHitRatio` */
export function memoryDevice(spec: {
  readonly channels: number
  readonly banksPerChannel: number
  readonly channelBandwidthGBps: number
  readonly rowHitNs: number
  readonly rowMissNs: number
  readonly rowConflictNs: number
  readonly rowHitRatio: number
  readonly controllerNs: number
  readonly turnaroundNs: number
  readonly loadedLatencyNs: number
  readonly loadedLatencyPole: number
  readonly nearLatencyNs: number
  readonly slabMiB: number
  readonly capacityGiB: number
}): MemoryDevice {
  const array = (otherNs: number): number => spec.rowHitRatio * spec.rowHitNs + (1 - spec.rowHitRatio) * otherNs
  return {
    channels: spec.channels,
    banks: spec.banksPerChannel,
    linePs: roundHalfUp((LINE_BYTES * 1000) / spec.channelBandwidthGBps),
    latencyPs: roundHalfUp((spec.controllerNs + array(spec.rowMissNs)) * 1000),
    accessPs: roundHalfUp(array(spec.rowMissNs) * 1000),
    conflictPs: roundHalfUp(array(spec.rowConflictNs) * 1000),
    turnaroundPs: roundHalfUp(spec.turnaroundNs * 1000),
    loadedPs: spec.loadedLatencyNs * 1000,
    loadedPole: spec.loadedLatencyPole,
    nearPs: roundHalfUp(spec.nearLatencyNs * 1000),
    slabBytes: spec.slabMiB * 1048576,
    slabs: Math.floor((spec.capacityGiB * 1024) / spec.slabMiB),
  }
}

/** A memory device whose buses, banks and controller take `factor` times as long; the way from its own cores does not. */
export function slowed(device: MemoryDevice, factor: number): MemoryDevice {
  if (factor === 1) return device
  const times = (ps: number): number => Math.round(ps * factor)
  return {
    ...device,
    linePs: times(device.linePs),
    latencyPs: times(device.latencyPs),
    accessPs: times(device.accessPs),
    conflictPs: times(device.conflictPs),
    turnaroundPs: times(device.turnaroundPs),
    loadedPs: device.loadedPs * factor,
  }
}
