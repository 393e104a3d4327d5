import type { PresetInfo } from '../catalog'
import { cite, preset } from './describe'

const powerAndPrice = ['idleWatts', 'busyWatts', 'costUsd']

export const switchPresets: readonly PresetInfo[] = [
  preset({
    name: 'infiniband-hdr',
    label: 'InfiniBand HDR switch',
    summary: '130 ns from port to port; the real one cuts through.',
    values: { latencyNs: 130, idleWatts: 250, busyWatts: 650, costUsd: 20000 },
    cited: [cite('NVIDIA QM8790 product brief, quoted by reading notes', 'latencyNs')],
    assumed: powerAndPrice,
  }),
  preset({
    name: 'ethernet-tor',
    label: 'Ethernet top-of-rack switch',
    summary: '400 ns from port to port, the usual class of data-center switches; real ones cut through.',
    values: { latencyNs: 400, bufferKiB: 1024, idleWatts: 300, busyWatts: 800 },
    cited: [],
    assumed: ['latencyNs', 'bufferKiB', 'idleWatts', 'busyWatts'],
    remark:
      'vendor data sheets, quoted by reading notes: below 300 ns (Arista, Mellanox) to below 1000 ns (Cisco Nexus 93180YC-FX)',
  }),
  preset({
    name: 'nexus-93180yc-fx',
    label: 'Nexus 93180YC-FX',
    summary: 'A 25 Gb/s Ethernet leaf switch, below 1 µs from port to port.',
    values: { latencyNs: 1000, bufferKiB: 768, idleWatts: 210, busyWatts: 450, costUsd: 12000 },
    cited: [cite('Cisco Nexus 93180YC-FX data sheet (below 1 µs), quoted by reading notes', 'latencyNs')],
    assumed: ['bufferKiB', ...powerAndPrice],
  }),
  preset({
    name: 'gao-rack',
    label: 'Switch of Gao et al.',
    summary: '240 ns a switch, as in the study of what disaggregation asks of networks.',
    values: { latencyNs: 240 },
    cited: [],
    assumed: ['latencyNs'],
    remark: 'after Gao et al., Network Requirements for Resource Disaggregation, OSDI 2016, from memory',
  }),
]
