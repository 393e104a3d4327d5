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
    what: 'Packets in trains, and up to 32 windows of cache misses together; with memory steps window by window. The default.',
  },
  {
    id: 'fluid',
    name: 'fluid',
    what: 'Memory latency follows from the load of each moment, without an event per line; messages, and runs with memory steps, as in burst. The fastest.',
  },
]
