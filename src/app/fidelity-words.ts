import type { Fidelity } from '../scenario/scenario'

/** How finely traffic is simulated, in a sentence each. */
export const FIDELITIES: readonly { readonly id: Fidelity; readonly name: string; readonly what: string }[] = [
  {
    id: 'line',
    name: 'line',
    what: 'Every packet and every cache line or page on its own. The reference, and the slowest.',
  },
  {
    id: 'burst',
    name: 'burst',
    what: 'Packets and up to 32 windows of cache misses in trains; one by one where others on their way count. The default.',
  },
  {
    id: 'fluid',
    name: 'fluid',
    what: 'Memory latency of long steps follows from the load of each moment, without an event per line; all else as in burst. The fastest.',
  },
]
