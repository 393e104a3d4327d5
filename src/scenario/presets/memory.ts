import type { HardwareInfo } from '../catalog'
import { integer, number, positive, powerAndCost } from './describe'

const power = ['idleWatts', 'busyWatts', 'costUsd']

export const memoryHardware: HardwareInfo = {
  kind: 'memory',
  label: 'Memory pool',
  fields: [
    positive('capacityGiB', 'Capacity', 'GiB', 512, 'Memory of one device.'),
    integer('channels', 'Channels', '', 4, 'Memory channels of one device; each serves one access at a time.', {
      minimum: 1,
      maximum: 1024,
    }),
    integer('banksPerChannel', 'Banks per channel', '', 16, 'Banks whose row buffers are kept apart.', {
      minimum: 1,
      maximum: 1024,
      unsupported: true,
    }),
    positive('channelBandwidthGBps', 'Channel bandwidth', 'GB/s', 38.4, 'Data rate of one channel.', {
      maximum: 1e6,
      source: 'DDR5-4800, 8 bytes wide',
    }),
    number('rowHitNs', 'Row hit', 'ns', 15, 'Access time when the row is open.', { maximum: 1e6 }),
    number('rowMissNs', 'Row miss', 'ns', 30, 'Access time when no row is open.', { maximum: 1e6 }),
    number('rowConflictNs', 'Row conflict', 'ns', 45, 'Access time when another row is open.', {
      maximum: 1e6,
      unsupported: true,
    }),
    number(
      'rowHitRatio',
      'Row hit ratio',
      '',
      0.5,
      'Share of accesses that find their row open; the others are row misses.',
      { maximum: 1 },
    ),
    number('controllerNs', 'Controller', 'ns', 20, 'Latency that the controller adds to every access.', {
      maximum: 1e6,
    }),
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
  presets: [
    {
      name: 'cxl-direct-asic',
      label: 'CXL expander, ASIC',
      summary:
        'A CXL 2.0 E3.S x8 expander of 96 GB: a read over a direct link takes 250 ns unloaded, 17.8 GB/s of reads.',
      values: {
        capacityGiB: 96,
        channels: 1,
        channelBandwidthGBps: 17.8,
        controllerNs: 200,
        idleWatts: 10,
        busyWatts: 28,
        costUsd: 1200,
      },
      source:
        'intel/CacheLib wiki, OCP demo configuration (Xeon 8470); the controller time is what is left of the 250 ns',
      assumed: power,
    },
    {
      name: 'cxl-fpga',
      label: 'CXL expander, FPGA',
      summary: 'An FPGA expander with DDR4: a read over a direct link takes 394 ns unloaded, 20 GB/s.',
      values: {
        capacityGiB: 64,
        channels: 1,
        channelBandwidthGBps: 20,
        controllerNs: 345,
        idleWatts: 30,
        busyWatts: 60,
        costUsd: 5000,
      },
      source:
        'Melody, ASPLOS 2025 (doi 10.1145/3676641.3715987): 394 ns is among the latencies studied, bandwidths of 18 to 52 GB/s',
      assumed: ['capacityGiB', 'channelBandwidthGBps', ...power],
    },
    {
      name: 'cxl-mhd-pool-8',
      label: 'CXL pool of 8 sockets',
      summary: 'A multi-headed device shared by 8 sockets, estimated at 155 ns a read over a direct link.',
      values: { capacityGiB: 1024, channels: 8, controllerNs: 105, idleWatts: 80, busyWatts: 200, costUsd: 10000 },
      source:
        'Pond, ASPLOS 2023: 70 to 90 ns above local memory for pools of 8 to 16 sockets (an estimate of its authors)',
      assumed: ['capacityGiB', 'channels', ...power],
    },
    {
      name: 'cxl-pool-switched',
      label: 'CXL pool behind a switch, measured class',
      summary: 'Gives about 600 ns a read through one CXL switch of 100 ns, the class measured today.',
      values: { capacityGiB: 1024, channels: 8, controllerNs: 310, idleWatts: 80, busyWatts: 200, costUsd: 10000 },
      source: 'Melody, ASPLOS 2025, figure 1: about 600 ns for expanders behind a switch',
      assumed: ['capacityGiB', 'channels', 'controllerNs', ...power],
    },
    {
      name: 'ddr5-server',
      label: 'Memory server, DDR5',
      summary: 'A server that lends its DRAM over RDMA: 8 channels of DDR5-4800.',
      values: { capacityGiB: 512, channels: 8, controllerNs: 70, idleWatts: 90, busyWatts: 180, costUsd: 6000 },
      source:
        'Local DRAM at about 95 ns: Intel Memory Latency Checker logs in gjbex/Code-optimization (Sapphire Rapids); 38.4 GB/s a channel by the DDR5-4800 standard',
      assumed: ['capacityGiB', ...power],
    },
  ],
}
