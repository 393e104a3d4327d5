import type { HardwareFields } from '../catalog'
import { assumption, integer, number, positive, powerAndCost } from './describe'

export const nicHardware: HardwareFields = {
  kind: 'nic',
  label: 'NIC pool',
  fields: [
    number(
      'messageNs',
      'Message latency',
      'ns',
      300,
      'Time of a message through the pipeline; messages overlap in it.',
      { maximum: 1e9 },
    ),
    positive(
      'messagesPerSecond',
      'Message rate',
      '1/s',
      30e6,
      'Messages that one device takes per second, both directions together.',
      { maximum: 1e12 },
    ),
    integer('cores', 'Cores', '', 8, 'Cores of one device; 0 for a NIC that only passes messages on.', {
      maximum: 4096,
    }),
    number('frequencyGHz', 'Clock', 'GHz', 2, 'Clock of its cores.', { minimum: 0.001, maximum: 1000 }),
    positive(
      'baseCpi',
      'Base CPI',
      'cycles/instruction',
      1.4,
      'Cycles per instruction of its cores with every access served by the caches.',
      { maximum: 1000 },
    ),
    number('speed', 'Speed', '× reference core', 1, 'Work given as time takes timeNs / speed on its cores.', {
      minimum: 0.001,
      maximum: 1000,
    }),
    positive(
      'flopsPerCycle',
      'Floating point',
      'FLOP/cycle',
      8,
      'Floating-point operations of one core per cycle, for kernels that run on it.',
      {
        maximum: 1e6,
        source: 'two 128-bit FMA units, double precision: 2 × 2 × 2 (Arm Cortex-A78 Software Optimization Guide)',
      },
    ),
    integer(
      'memoryParallelism',
      'Outstanding misses',
      '',
      6,
      'Last-level misses that one of its cores has under way at once.',
      { minimum: 1, maximum: 1024 },
    ),
    number('memoryGiB', 'Memory', 'GiB', 16, 'Memory of one device, for what runs on it.', { maximum: 1e6 }),
    number('localLatencyNs', 'Memory latency', 'ns', 110, 'Unloaded time of a miss of its cores in its own memory.', {
      maximum: 1e9,
    }),
    positive('localBandwidthGBps', 'Memory bandwidth', 'GB/s', 25.6, 'Bandwidth of the memory of one device.', {
      maximum: 1e6,
      source: 'one channel of DDR4-3200',
    }),
    number('pageFaultNs', 'Page fault', 'ns', 4000, 'Core time of a fault before a page is read over a paging path.', {
      maximum: 1e9,
    }),
    {
      name: 'engines',
      label: 'Engines',
      unit: '',
      type: 'list',
      default: [],
      source: assumption,
      summary:
        'Fixed-function engines, each with its "work" (serialization, compression or crypto) and "bandwidthGBps".',
    },
    ...powerAndCost(15, 40, 1000),
  ],
}
