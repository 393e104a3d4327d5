import type { NodeKind, Protocol } from '../scenario'

/** A figure that no device of today has: above `most` or below `least`, and what is known of real ones. */
export interface Doubt {
  readonly field: string
  readonly unit: string
  readonly most?: number
  /** 0 is never doubted: somebody who writes it means an ideal device. */
  readonly least?: number
  readonly known: string
}

const clock: Doubt = {
  field: 'frequencyGHz',
  unit: 'GHz',
  most: 6,
  least: 0.1,
  known: 'cores of today run at 0.8 to 6 GHz',
}
const cpi: Doubt = {
  field: 'baseCpi',
  unit: 'cycles an instruction',
  least: 0.15,
  known: 'the widest cores retire 6 to 8 instructions a cycle, so 0.15 at best',
}
const misses: Doubt = {
  field: 'memoryParallelism',
  unit: 'outstanding misses',
  most: 64,
  known: 'cores have 10 to 16 buffers for misses of their first cache, 48 of their second',
}

/** Of cores; a device without any is not asked. */
export const ofCores: readonly Doubt[] = [clock, cpi, misses]

/** In the order of the fields of each kind. */
export const doubts: Readonly<Record<NodeKind, readonly Doubt[]>> = {
  cpu: [
    ...ofCores,
    { field: 'cores', unit: 'cores', most: 1024, known: 'a socket has up to 288 cores' },
    { field: 'speed', unit: 'times a reference core', most: 20, known: 'cores of one time differ by a few times' },
    {
      field: 'llcMiB',
      unit: 'MiB',
      most: 2304,
      known: 'an EPYC 9684X has 1152 MiB of last-level cache, the most of all',
    },
    { field: 'localMemoryGiB', unit: 'GiB', most: 65_536, known: 'the largest memory servers hold 32 TiB' },
    { field: 'quantumUs', unit: 'µs', least: 0.5, known: 'schedulers give slices of 5 µs to some ms' },
    {
      field: 'contextSwitchNs',
      unit: 'ns',
      most: 1e6,
      known: 'a switch takes 1 to 5 µs, cold caches included some tens',
    },
    { field: 'busyWatts', unit: 'W', most: 10_000, known: 'a host without GPUs draws up to 2 kW' },
    {
      field: 'localLatencyNs',
      unit: 'ns',
      least: 40,
      known: 'DRAM answers in 62 to 115 ns, on-package caches in 10 to 40',
    },
    {
      field: 'localBandwidthGBps',
      unit: 'GB/s',
      most: 1300,
      known: '12 channels of DDR5-8800 carry 845 GB/s, of MRDIMM-12800 1229 GB/s',
    },
  ],
  memory: [
    ...ofCores,
    {
      field: 'channelBandwidthGBps',
      unit: 'GB/s a channel',
      most: 110,
      known: 'a channel of DDR5-8800 carries 70.4 GB/s, of HBM3E 76.8, of MRDIMM-12800 102.4; more need more channels',
    },
    { field: 'capacityGiB', unit: 'GiB', most: 65_536, known: 'the largest memory servers hold 32 TiB' },
  ],
  gpu: [
    { field: 'peakTflops', unit: 'TFLOP/s', most: 5000, least: 0.1, known: 'a B200 has 2250 in BF16, 4500 in FP8' },
    { field: 'memoryBandwidthGBps', unit: 'GB/s', most: 10_000, known: 'HBM3E of a B200 carries 8000 GB/s' },
    { field: 'memoryGiB', unit: 'GiB', most: 1024, known: 'GPUs carry up to 288 GB' },
    { field: 'launchUs', unit: 'µs', least: 0.5, known: 'a launch takes 2.5 to 20 µs' },
  ],
  nic: [
    ...ofCores,
    { field: 'messageNs', unit: 'ns', least: 20, known: 'a message takes a few hundred ns through a NIC' },
    { field: 'messagesPerSecond', unit: 'messages/s', most: 1e9, known: 'a ConnectX-7 takes about 330 million' },
    { field: 'localBandwidthGBps', unit: 'GB/s', most: 600, known: 'a BlueField-3 has about 80 GB/s' },
    { field: 'cores', unit: 'cores', most: 256, known: 'a BlueField-3 has 16 cores' },
    { field: 'memoryGiB', unit: 'GiB', most: 512, known: 'a BlueField-3 has 16 or 32 GB' },
  ],
  switch: [
    {
      field: 'latencyNs',
      unit: 'ns',
      least: 50,
      known: 'switches take 100 ns (CXL, InfiniBand) to 1000 ns (Ethernet)',
    },
    { field: 'bufferKiB', unit: 'KiB a port', most: 1_048_576, known: 'the deepest buffers hold some 100 MiB a port' },
  ],
}

/** Protocols whose frames are never dropped for want of room. */
export const neverDrops: readonly Protocol[] = ['cxl', 'pcie', 'nvlink']

/** What one lane of a link carries at most in each direction, Gb/s, and how far it reaches, ns at 5 ns a meter. */
export const reach: Readonly<
  Record<Protocol, { readonly gbps: number; readonly known: string; readonly ns: number } | null>
> = {
  cxl: { gbps: 1024, known: 'CXL 3 on PCIe 6 x16 carries 1024 Gb/s, 121 GB/s of it inside flits', ns: 500 },
  pcie: { gbps: 1024, known: 'PCIe 6 x16 carries 1024 Gb/s, 121 GB/s of it inside flits', ns: 500 },
  nvlink: { gbps: 7200, known: 'NVLink 5 carries 900 GB/s, 7200 Gb/s, for a whole GPU', ns: 500 },
  rdma: { gbps: 800, known: 'InfiniBand XDR and RoCE carry 800 Gb/s; several links are "lanes"', ns: 500_000 },
  ethernet: { gbps: 800, known: 'Ethernet carries 800 Gb/s; several links are "lanes"', ns: 500_000 },
  ideal: null,
}
