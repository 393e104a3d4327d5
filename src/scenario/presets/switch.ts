import type { HardwareInfo } from '../catalog'
import { choice, number, positive, powerAndCost } from './describe'

const assumed = ['bufferKiB', 'forwarding', 'idleWatts', 'busyWatts', 'costUsd']

export const switchHardware: HardwareInfo = {
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
  presets: [
    {
      name: 'infiniband-hdr',
      label: 'InfiniBand HDR switch',
      summary: '130 ns from port to port; the real one cuts through.',
      values: { latencyNs: 130, idleWatts: 250, busyWatts: 650, costUsd: 20000 },
      source: 'NVIDIA QM8790 product brief: 130 ns port to port',
      assumed,
    },
    {
      name: 'ethernet-tor',
      label: 'Ethernet top-of-rack switch',
      summary: '400 ns from port to port, the usual class of data-center switches; real ones cut through.',
      values: { latencyNs: 400, bufferKiB: 1024, idleWatts: 300, busyWatts: 800 },
      source: 'Vendor data sheets: below 300 ns (Arista, Mellanox) to below 1000 ns (Cisco Nexus 93180YC-FX)',
      assumed: ['latencyNs', ...assumed],
    },
    {
      name: 'nexus-93180yc-fx',
      label: 'Nexus 93180YC-FX',
      summary: 'A 25 Gb/s Ethernet leaf switch, below 1 µs from port to port.',
      values: { latencyNs: 1000, bufferKiB: 768, idleWatts: 210, busyWatts: 450, costUsd: 12000 },
      source: 'Cisco Nexus 93180YC-FX data sheet: latency below 1 µs',
      assumed,
    },
    {
      name: 'gao-rack',
      label: 'Switch of Gao et al.',
      summary: '240 ns a switch, as in the study of what disaggregation asks of networks.',
      values: { latencyNs: 240 },
      source: 'Gao et al., Network Requirements for Resource Disaggregation, OSDI 2016',
      assumed: ['latencyNs', ...assumed],
    },
  ],
}
