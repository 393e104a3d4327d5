import type { Citation, PresetInfo } from '../catalog'
import { cite, preset } from './describe'
import { copperCable, fiveNsPerMeter, fourMeters } from './sources'

type Values = PresetInfo['values']

/** The protocol is what the link is, not a figure that needs a source; the rate follows from the standard named. */
const link = (
  name: string,
  label: string,
  summary: string,
  values: Values,
  cited: readonly Citation[],
  assumed: readonly string[] = [],
): PresetInfo => preset({ name, label, summary, values, cited, assumed })

const inRack = cite(fourMeters, 'propagationNs')
const onCable = cite(copperCable, 'propagationNs')

/** PCI Express up to generation 5: transfers × lanes × 128/130; 5 ns for a meter on the board. */
const pcie = (generation: number, gts: number, lanes: number, bandwidthGbps: number): PresetInfo =>
  link(
    `pcie-gen${generation}-x${lanes}`,
    `PCIe ${generation} x${lanes}`,
    `${bandwidthGbps / 8} GB/s in each direction.`,
    { protocol: 'pcie', bandwidthGbps, propagationNs: 5 },
    [cite(`${gts} GT/s × ${lanes}, 128/130 coding`, 'protocol', 'bandwidthGbps')],
    ['propagationNs'],
  )

const pcie6Flit =
  'PCIe 6.0: 256-byte flits of 236 bytes for packets; a packet of 256 bytes with its 16-byte header takes 272 × 256/236 = 295 bytes'

/** PCI Express 6 sends flits: 1b/1b coding, the rest of each flit counted with the header. */
const pcie6 = (lanes: number): PresetInfo =>
  link(
    `pcie-gen6-x${lanes}`,
    `PCIe 6 x${lanes}`,
    `${8 * lanes} GB/s in each direction, in flits of 256 bytes.`,
    { protocol: 'pcie', bandwidthGbps: 64 * lanes, propagationNs: 5, payloadBytes: 256, headerBytes: 39 },
    [cite(`64 GT/s × ${lanes}; ${pcie6Flit}`, 'protocol', 'bandwidthGbps', 'payloadBytes', 'headerBytes')],
    ['propagationNs'],
  )

const cxl = (lanes: number, bandwidthGbps: number): PresetInfo =>
  link(
    `cxl-gen5-x${lanes}`,
    `CXL on PCIe 5 x${lanes}`,
    `${bandwidthGbps / 8} GB/s in each direction over 1.5 m of copper.`,
    { protocol: 'cxl', bandwidthGbps, propagationNs: 7.5 },
    [cite(`32 GT/s × ${lanes}, 128/130 coding`, 'protocol', 'bandwidthGbps'), onCable],
  )

const cxl3 = (lanes: number): PresetInfo =>
  link(
    `cxl-gen6-x${lanes}`,
    `CXL 3 on PCIe 6 x${lanes}`,
    `${8 * lanes} GB/s in each direction in flits of 256 bytes: 240 of slots, 16 of header, checksum and error correction.`,
    { protocol: 'cxl', bandwidthGbps: 64 * lanes, propagationNs: 7.5, payloadBytes: 240, headerBytes: 16 },
    [cite(`64 GT/s × ${lanes}`, 'protocol', 'bandwidthGbps'), onCable],
    ['payloadBytes', 'headerBytes'],
  )

const roce = (gbps: number): PresetInfo =>
  link(
    `roce-${gbps}g`,
    `RoCE ${gbps} Gb/s`,
    `RDMA over ${gbps} Gb/s Ethernet, 4 m within the rack.`,
    { protocol: 'rdma', bandwidthGbps: gbps, propagationNs: 20 },
    [cite('RoCEv2 over Ethernet of that rate', 'protocol', 'bandwidthGbps'), inRack],
  )

const infiniband = (name: string, gbps: number): PresetInfo =>
  link(
    `infiniband-${name.toLowerCase()}`,
    `InfiniBand ${name}`,
    `${gbps} Gb/s InfiniBand with an MTU of 4 KiB, 4 m within the rack.`,
    { protocol: 'rdma', bandwidthGbps: gbps, propagationNs: 20, payloadBytes: 4096, headerBytes: 26 },
    [
      cite(
        `InfiniBand ${name}, four lanes; local route header 8, base transport header 12, checksums 6 bytes: InfiniBand architecture specification`,
        'protocol',
        'bandwidthGbps',
        'payloadBytes',
        'headerBytes',
      ),
      inRack,
    ],
  )

const ethernet = (gbps: number): PresetInfo =>
  link(
    `ethernet-${gbps}g`,
    `Ethernet ${gbps} Gb/s`,
    `TCP over ${gbps} Gb/s Ethernet, 4 m within the rack.`,
    { protocol: 'ethernet', bandwidthGbps: gbps, propagationNs: 20 },
    [cite('IEEE 802.3 rate', 'protocol', 'bandwidthGbps'), inRack],
  )

const nvlink = (generation: string, label: string, summary: string, gigabytes: number, source: string): PresetInfo =>
  link(
    `nvlink-${generation}`,
    label,
    summary,
    { protocol: 'nvlink', bandwidthGbps: gigabytes * 8, propagationNs: 5 },
    [cite(source, 'protocol', 'bandwidthGbps')],
    ['propagationNs'],
  )

const wan = (name: string, label: string, summary: string, gbps: number, km: number): PresetInfo =>
  link(
    `wan-${name}`,
    label,
    summary,
    { protocol: 'ethernet', bandwidthGbps: gbps, propagationNs: km * 5000 },
    [cite(`${km} km of fiber at ${fiveNsPerMeter}`, 'propagationNs')],
    ['protocol', 'bandwidthGbps'],
  )

export const linkPresets: readonly PresetInfo[] = [
  cxl(4, 126),
  cxl(8, 252),
  cxl(16, 504),
  cxl3(8),
  cxl3(16),
  pcie(4, 16, 4, 63),
  pcie(4, 16, 8, 126),
  pcie(4, 16, 16, 252),
  pcie(5, 32, 4, 126),
  pcie(5, 32, 8, 252),
  pcie(5, 32, 16, 504),
  pcie6(4),
  pcie6(8),
  pcie6(16),
  roce(100),
  roce(200),
  roce(400),
  roce(800),
  infiniband('EDR', 100),
  infiniband('HDR', 200),
  infiniband('NDR', 400),
  infiniband('XDR', 800),
  ethernet(10),
  ethernet(25),
  ethernet(100),
  ethernet(200),
  ethernet(400),
  ethernet(800),
  link(
    'ethernet-100g-jumbo',
    'Ethernet 100 Gb/s, jumbo frames',
    'TCP over 100 Gb/s Ethernet with an MTU of 9000, 4 m within the rack.',
    { protocol: 'ethernet', bandwidthGbps: 100, propagationNs: 20, payloadBytes: 8960, headerBytes: 78 },
    [
      cite('IEEE 802.3 rate', 'protocol', 'bandwidthGbps'),
      cite('MTU 9000 less 40 bytes of IPv4 and TCP; frame, preamble and gap', 'payloadBytes', 'headerBytes'),
      inRack,
    ],
  ),
  nvlink(
    '3',
    'NVLink 3',
    '300 GB/s in each direction, as one A100 has.',
    300,
    'NVIDIA A100: 12 links, 600 GB/s both directions together, quoted by alpha-one-index',
  ),
  nvlink(
    '4',
    'NVLink 4',
    '450 GB/s in each direction, as one H100 has.',
    450,
    'NVIDIA H100: 900 GB/s, both directions together',
  ),
  nvlink(
    '5',
    'NVLink 5',
    '900 GB/s in each direction, as one B200 has.',
    900,
    'NVIDIA Blackwell: 18 links of 100 GB/s, 1.8 TB/s both directions together, quoted by catalogone.com',
  ),
  nvlink(
    'c2c',
    'NVLink-C2C',
    '450 GB/s in each direction between a Grace CPU and its GPU.',
    450,
    'NVIDIA developer blog, Grace CPU Superchip Architecture In Depth: 900 GB/s both directions together',
  ),
  wan('metro', 'Metro fiber', 'Between sites of one city: 50 km of fiber, 0.25 ms, 100 Gb/s.', 100, 50),
  wan('region', 'Regional fiber', 'Between an edge site and a region: 1000 km of fiber, 5 ms, 10 Gb/s.', 10, 1000),
]
