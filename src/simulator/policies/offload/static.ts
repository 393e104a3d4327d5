import { mapEntries, rpc } from './parameters'
import type { OffloadPolicy } from './offload-policy'

interface Entry {
  readonly operation: string
  readonly step: number
  readonly path?: string
  readonly to: string
}

/** Steps named in a map run on the pool named there. */
export const staticMap: OffloadPolicy = {
  name: 'static',
  summary: 'The steps in the map run on the pools in the map.',
  parameters: [mapEntries, rpc],
  target(operation, path, parameters) {
    const map = (parameters['map'] ?? []) as readonly Entry[]
    return map.find((entry) => entry.operation === operation && pathOf(entry) === path)?.to ?? null
  },
}

/** `/1` for step 1, `/1.0/2` for the path "0/2" within it. */
function pathOf({ step, path }: Entry): string {
  return path === undefined ? `/${step}` : `/${step}.${path}`
}
