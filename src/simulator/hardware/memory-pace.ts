import type { MemoryDevice } from './memory'

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
