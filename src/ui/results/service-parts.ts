import type { ServiceRow } from '../../simulator/result'

interface Part {
  readonly name: string
  /** One sentence, for the tooltip. */
  readonly what: string
  readonly of: (row: ServiceRow) => number
}

/** The parts of a CPI stack from left to right; they add up to its total. */
export const cpiParts: readonly (Part & { readonly look: string })[] = [
  {
    name: 'base',
    look: 'compute',
    what: 'Cycles with every access served by the caches.',
    of: (row) => row.cpiBase,
  },
  { name: 'local', look: 'local', what: 'Stalls on local memory, as on an idle rack.', of: (row) => row.cpiLocal },
  { name: 'remote', look: 'memory', what: 'Stalls on remote memory, as on an idle rack.', of: (row) => row.cpiRemote },
  {
    name: 'queue',
    look: 'wait',
    what: 'Stalls beyond those of an idle rack: misses that queue behind others.',
    of: (row) => row.cpiQueueing,
  },
]

/** What an execution waits for; they add up to its own waiting time. */
export const waitParts: readonly (Part & { readonly always: boolean })[] = [
  {
    name: 'instance',
    always: false,
    what: 'For an instance, while none of the service is in use.',
    of: (row) => row.instanceWaitMeanUs,
  },
  { name: 'worker', always: true, what: 'For a thread of the instance.', of: (row) => row.workerWaitMeanUs },
  { name: 'core', always: true, what: 'For a core of the device.', of: (row) => row.coreWaitMeanUs },
  {
    name: 'stopped',
    always: false,
    what: 'For an instance that is stopped for its migration.',
    of: (row) => row.downtimeWaitMeanUs,
  },
  {
    name: 'stream',
    always: false,
    what: 'For a stream of a GPU, for others of a batch, or for room in its memory.',
    of: (row) => row.streamWaitMeanUs,
  },
  { name: 'outside', always: false, what: 'For delays outside the rack.', of: (row) => row.outsideWaitMeanUs },
  {
    name: 'attempts',
    always: false,
    what: 'For earlier attempts that came to nothing.',
    of: (row) => row.attemptsWaitMeanUs,
  },
]

/** Cycles per instruction to two decimals, so that parts can be added by eye. */
export function cpiText(cycles: number): string {
  if (!Number.isFinite(cycles)) return '–'
  return cycles > 0 && cycles < 0.005 ? '< 0.01' : cycles.toFixed(2)
}
