import type { HardwareFields } from '../catalog'
import { integer, loadedFit, loadedPole, number, positive, powerAndCost } from './describe'
import { mlcLogs } from './sources'

export const cpuHardware: HardwareFields = {
  kind: 'cpu',
  label: 'CPU pool',
  fields: [
    integer('cores', 'Cores', '', 16, 'Cores of one device.', { minimum: 1, maximum: 4096 }),
    number('frequencyGHz', 'Clock', 'GHz', 2.5, 'Clock of every core; clocked work starts on its edges.', {
      minimum: 0.001,
      maximum: 1000,
    }),
    positive(
      'baseCpi',
      'Base CPI',
      'cycles/instruction',
      0.7,
      'Cycles per instruction with every access served by the caches.',
      { maximum: 1000 },
    ),
    number('speed', 'Speed', '× reference core', 1, 'Work given as time takes timeNs / speed here.', {
      minimum: 0.001,
      maximum: 1000,
    }),
    positive(
      'flopsPerCycle',
      'Floating point',
      'FLOP/cycle',
      16,
      'Floating-point operations of one core per cycle, for kernels that run on it.',
      {
        maximum: 1e6,
        source: 'two 256-bit FMA units, double precision: 2 × 4 × 2 (Intel 64 Optimization Reference Manual, AVX2)',
      },
    ),
    number(
      'llcMiB',
      'Last-level cache',
      'MiB',
      32,
      'Last-level cache of one device, divided among the instances whose services have a `cache`.',
      { maximum: 1e6 },
    ),
    integer(
      'memoryParallelism',
      'Outstanding misses',
      '',
      10,
      'Last-level misses that one core has under way at once.',
      { minimum: 1, maximum: 1024 },
    ),
    number('localMemoryGiB', 'Local memory', 'GiB', 32, 'DRAM of one device, for the local part of footprints.', {
      maximum: 1e6,
    }),
    number('localLatencyNs', 'Local latency', 'ns', 90, 'Unloaded time of a miss served by local DRAM.', {
      maximum: 1e9,
      source: mlcLogs,
    }),
    positive('localBandwidthGBps', 'Local bandwidth', 'GB/s', 100, 'Bandwidth of the local DRAM of one device.', {
      maximum: 1e6,
    }),
    number(
      'loadedLatencyNs',
      'Loaded latency',
      'ns',
      0,
      'a in a × u / (c - u), what a miss of local DRAM takes longer at utilization u, where that is more than the wait for the bus; 0 for none.',
      { maximum: 1e6, source: loadedFit },
    ),
    loadedPole,
    positive('quantumUs', 'Time slice', 'µs', null, 'Longest run on a core before others take their turn.', {
      nullMeans: 'run to completion',
      maximum: 1e9,
    }),
    number(
      'contextSwitchNs',
      'Context switch',
      'ns',
      0,
      'Core time lost when a core changes from one job to another.',
      { maximum: 1e9 },
    ),
    number('pageFaultNs', 'Page fault', 'ns', 4000, 'Core time of a fault before a page is read over a paging path.', {
      maximum: 1e9,
    }),
    ...powerAndCost(60, 220, 8000),
    number('sleepWatts', 'Sleep power', 'W', null, 'Power of one device while no instance is on it or bound for it.', {
      nullMeans: 'it stays awake',
    }),
    number(
      'wakeMs',
      'Waking',
      'ms',
      0,
      'From asleep to in use, for an instance that starts there or moves there; it draws idle power meanwhile.',
      { maximum: 1e6 },
    ),
  ],
}
