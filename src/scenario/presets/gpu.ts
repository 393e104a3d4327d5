import type { HardwareInfo } from '../catalog'
import { integer, number, positive, powerAndCost } from './describe'

export const gpuHardware: HardwareInfo = {
  kind: 'gpu',
  label: 'GPU pool',
  fields: [
    positive('peakTflops', 'Peak compute', 'TFLOP/s', 60, 'Highest rate of floating-point operations.', {
      maximum: 1e9,
    }),
    number('memoryGiB', 'Memory', 'GiB', 80, 'Memory of one device.', { maximum: 1e6 }),
    positive(
      'memoryBandwidthGBps',
      'Memory bandwidth',
      'GB/s',
      2000,
      'Rate at which kernels read and write device memory.',
      { maximum: 1e9 },
    ),
    number('launchUs', 'Kernel launch', 'µs', 6, 'Time from the call to the start of a kernel.', { maximum: 1e9 }),
    integer('streams', 'Streams', '', 4, 'Kernels that run at once.', { minimum: 1, maximum: 1024 }),
    ...powerAndCost(60, 400, 15000),
  ],
  presets: [
    {
      name: 'h100-sxm',
      label: 'H100 SXM',
      summary: '989 TFLOP/s in BF16, 80 GB of HBM3 at 3.35 TB/s, 700 W.',
      values: {
        peakTflops: 989,
        memoryGiB: 80,
        memoryBandwidthGBps: 3350,
        launchUs: 5,
        idleWatts: 80,
        busyWatts: 700,
        costUsd: 30000,
      },
      source: 'NVIDIA H100 data sheet (700 W as quoted by tomshardware.com)',
      assumed: ['peakTflops', 'memoryBandwidthGBps', 'launchUs', 'streams', 'idleWatts', 'costUsd'],
    },
    {
      name: 'a100-sxm',
      label: 'A100 SXM',
      summary: '312 TFLOP/s in BF16, 80 GB of HBM2e at 2.04 TB/s, 400 W.',
      values: {
        peakTflops: 312,
        memoryGiB: 80,
        memoryBandwidthGBps: 2039,
        launchUs: 5,
        idleWatts: 60,
        busyWatts: 400,
        costUsd: 15000,
      },
      source: 'NVIDIA A100 data sheet',
      assumed: ['peakTflops', 'memoryBandwidthGBps', 'launchUs', 'streams', 'idleWatts', 'busyWatts', 'costUsd'],
    },
  ],
}
