import type { HardwareFields } from '../catalog'
import { integer, loadedFit, loadedPole, number, positive, powerAndCost } from './describe'

export const memoryHardware: HardwareFields = {
  kind: 'memory',
  label: 'Memory pool',
  fields: [
    positive('capacityGiB', 'Capacity', 'GiB', 512, 'Memory of one device.'),
    integer('channels', 'Channels', '', 4, 'Memory channels of one device; each serves one access at a time.', {
      minimum: 1,
      maximum: 1024,
    }),
    integer(
      'banksPerChannel',
      'Banks per channel',
      '',
      16,
      'Banks of one channel; each has a row buffer and serves one access at a time.',
      { minimum: 1, maximum: 1024 },
    ),
    positive('channelBandwidthGBps', 'Channel bandwidth', 'GB/s', 38.4, 'Data rate of one channel.', {
      maximum: 1e6,
      source: 'DDR5-4800, 8 bytes wide',
    }),
    number('rowHitNs', 'Row hit', 'ns', 15, 'Access time when the row is open.', { maximum: 1e6 }),
    number('rowMissNs', 'Row miss', 'ns', 30, 'Access time when no row is open.', { maximum: 1e6 }),
    number(
      'rowConflictNs',
      'Row conflict',
      'ns',
      45,
      'Access time when another row is open, which is so where an access had to wait for its bank.',
      { maximum: 1e6 },
    ),
    number(
      'rowHitRatio',
      'Row hit ratio',
      '',
      0.5,
      'Share of accesses that find their row open; the others are row misses, or conflicts where they had to wait.',
      { maximum: 1 },
    ),
    number('controllerNs', 'Controller', 'ns', 20, 'Latency that the controller adds to every access.', {
      maximum: 1e6,
    }),
    number(
      'turnaroundNs',
      'Bus turnaround',
      'ns',
      0,
      'Bus time of a channel that is lost between a read and a write, in either order.',
      { maximum: 1e6 },
    ),
    number(
      'loadedLatencyNs',
      'Loaded latency',
      'ns',
      0,
      'a in a × u / (c - u), what the controller adds at utilization u of its channels, where that is more than the wait for them; 0 for none.',
      { maximum: 1e6, source: loadedFit },
    ),
    loadedPole,
    integer('slabMiB', 'Slab', 'MiB', 1024, 'Memory is lent in whole slabs of this size.', {
      minimum: 1,
      source: 'Infiniswap, NSDI 2017: slabs of 1 GB',
    }),
    integer('cores', 'Near-memory cores', '', 0, 'Cores next to the data, for offloaded steps; 0 for none.', {
      maximum: 4096,
    }),
    number('frequencyGHz', 'Clock', 'GHz', 2, 'Clock of the near-memory cores.', {
      minimum: 0.001,
      maximum: 1000,
      source: 'assumed',
    }),
    positive(
      'baseCpi',
      'Base CPI',
      'cycles/instruction',
      1.4,
      'Cycles per instruction of the near-memory cores with every access served by their caches.',
      { maximum: 1000, source: 'assumed' },
    ),
    number('speed', 'Speed', '× reference core', 1, 'Work given as time takes timeNs / speed on near-memory cores.', {
      minimum: 0.001,
      maximum: 1000,
    }),
    integer(
      'memoryParallelism',
      'Outstanding misses',
      '',
      6,
      'Last-level misses that one near-memory core has under way at once.',
      { minimum: 1, maximum: 1024, source: 'assumed' },
    ),
    number(
      'nearLatencyNs',
      'Near latency',
      'ns',
      10,
      'What a miss of a near-memory core takes to the channels next to it and back, besides their own time.',
      { maximum: 1e6, source: 'assumed' },
    ),
    ...powerAndCost(20, 60, 4000),
  ],
}
