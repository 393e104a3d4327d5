import type { HardwareFields } from '../catalog'
import { choice, number, positive, powerAndCost } from './describe'

export const switchHardware: HardwareFields = {
  kind: 'switch',
  label: 'Switch',
  fields: [
    number('latencyNs', 'Latency', 'ns', 250, 'Added to every packet; packets overlap in it.', { maximum: 1e9 }),
    positive('bufferKiB', 'Buffer', 'KiB per port', 512, 'Buffer of each output port.', { maximum: 1e9 }),
    choice(
      'forwarding',
      'Forwarding',
      ['store-and-forward', 'cut-through'],
      'Whether a packet is sent on when it is in, or when its header is.',
    ),
    ...powerAndCost(150, 300, 15000),
  ],
}
