import type { OffloadPolicy } from './offload-policy'

interface Entry {
  readonly operation: string
  readonly step: number
  readonly to: string
}

/** Steps named in a map run on the pool named there. */
export const staticMap: OffloadPolicy = {
  name: 'static',
  summary: 'The steps in the map run on the pools in the map.',
  target(operation, step, parameters) {
    const map = (parameters['map'] ?? []) as readonly Entry[]
    return map.find((entry) => entry.operation === operation && entry.step === step)?.to ?? null
  },
}
