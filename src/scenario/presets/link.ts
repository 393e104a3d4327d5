import type { HardwareFields, ProtocolInfo } from '../catalog'
import { boolean, choice, integer, number, positive } from './describe'

/** Payload and header follow from the frame layouts of the standards; rate and length are what a rack has today. */
export const protocols: readonly ProtocolInfo[] = [
  {
    name: 'cxl',
    payloadBytes: 64,
    headerBytes: 4,
    lossless: true,
    access: 'loadstore',
    bandwidthGbps: 256,
    propagationNs: 10,
    source: 'CXL 2.0: 68-byte flits of 64 bytes of payload',
  },
  {
    name: 'rdma',
    payloadBytes: 4096,
    headerBytes: 82,
    lossless: true,
    access: 'paging',
    bandwidthGbps: 100,
    propagationNs: 10,
    source: 'RoCEv2 over Ethernet with an MTU of 4 KiB',
  },
  {
    name: 'ethernet',
    payloadBytes: 1460,
    headerBytes: 78,
    lossless: false,
    access: 'paging',
    bandwidthGbps: 100,
    propagationNs: 10,
    source: 'TCP over IPv4, MTU 1500, with preamble and gap between frames',
  },
  {
    name: 'pcie',
    payloadBytes: 256,
    headerBytes: 24,
    lossless: true,
    access: 'loadstore',
    bandwidthGbps: 256,
    propagationNs: 10,
    source: 'PCI Express: transaction packets of 256 bytes',
  },
  {
    name: 'nvlink',
    payloadBytes: 256,
    headerBytes: 16,
    lossless: true,
    access: 'loadstore',
    bandwidthGbps: 3600,
    propagationNs: 10,
    source: 'NVLink: packets of up to 16 data flits and one header flit of 16 bytes',
  },
  {
    name: 'ideal',
    payloadBytes: null,
    headerBytes: 0,
    lossless: true,
    access: 'loadstore',
    bandwidthGbps: null,
    propagationNs: 0,
    source: 'For experiments: no limit and no overhead',
  },
]

export const linkHardware: HardwareFields = {
  kind: 'link',
  label: 'Link',
  fields: [
    choice(
      'protocol',
      'Protocol',
      protocols.map((protocol) => protocol.name),
      'Gives the figures below unless the link says otherwise.',
    ),
    positive('bandwidthGbps', 'Bandwidth', 'Gb/s', 256, 'Rate of one lane in each direction, headers included.', {
      nullMeans: 'unlimited',
      maximum: 1e9,
    }),
    number('propagationNs', 'Propagation', 'ns', 10, 'Time on the wire, 5 ns a meter.', { maximum: 1e12 }),
    integer('lanes', 'Lanes', '', 1, 'Parallel links; a flow stays on one of them.', { minimum: 1, maximum: 1024 }),
    integer('payloadBytes', 'Payload', 'B', 64, 'Most payload of one packet.', {
      minimum: 1,
      maximum: 1_073_741_824,
      nullMeans: 'unlimited',
    }),
    integer('headerBytes', 'Header', 'B', 4, 'On top of every packet.', { maximum: 1_048_576 }),
    boolean(
      'lossless',
      'Lossless',
      true,
      'Whether a full buffer holds the sender back by credits; otherwise packets are dropped and sent again.',
    ),
    choice(
      'access',
      'Memory access',
      ['loadstore', 'paging'],
      'How remote memory is reached over it: lines of 64 bytes, or pages of 4 KiB after a fault.',
    ),
    number('retransmitUs', 'Time-out', 'µs', 200, 'How long a sender waits before it sends again what was lost here.', {
      maximum: 1e9,
    }),
  ],
}
