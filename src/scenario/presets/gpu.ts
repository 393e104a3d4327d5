import type { HardwareFields } from '../catalog'
import { integer, number, positive, powerAndCost } from './describe'

export const gpuHardware: HardwareFields = {
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
}
