import type { DrawnLink, DrawnNode } from '../../app/read-stage'
import { numberOf } from '../../app/document-path'
import type { NodeKind, Protocol } from '../../scenario/scenario'
import type { IconName } from '../widgets/Icon'

export const KIND_ICON: { readonly [kind in NodeKind]: IconName } = {
  cpu: 'cpu',
  memory: 'memory',
  gpu: 'gpu',
  nic: 'nic',
  switch: 'switch',
}
export const KIND_TINT: { readonly [kind in NodeKind]: 'compute' | 'memory' | 'accel' | 'network' | 'switch' } = {
  cpu: 'compute',
  memory: 'memory',
  gpu: 'accel',
  nic: 'network',
  switch: 'switch',
}
const KIND_NAME: { readonly [kind in NodeKind]: string } = {
  cpu: 'CPU',
  memory: 'Memory',
  gpu: 'GPU',
  nic: 'NIC',
  switch: 'Switch',
}
const PLAIN_ID: { readonly [kind in NodeKind]: readonly string[] } = {
  cpu: ['cpu'],
  memory: ['mem', 'memory'],
  gpu: ['gpu'],
  nic: ['nic'],
  switch: [],
}
export const PROTOCOL_NAME: { readonly [protocol in Protocol]: string } = {
  cxl: 'CXL',
  rdma: 'RDMA',
  ethernet: 'Ethernet',
  pcie: 'PCIe',
  nvlink: 'NVLink',
  ideal: 'Ideal',
}

const figures = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 })
const show = (value: unknown): string => figures.format(numberOf(typeof value === 'number' ? value : undefined, 0))

/** `100 k`, `1.2 M`: a count that need not be exact. */
function shortCount(value: number): string {
  if (value >= 1e9) return `${figures.format(value / 1e9)} G`
  if (value >= 1e6) return `${figures.format(value / 1e6)} M`
  return value >= 1e4 ? `${figures.format(value / 1e3)} k` : figures.format(value)
}

/** What a card is called: its label, its kind when its id says no more, else its id. */
export const cardTitle = (node: DrawnNode): string =>
  node.label !== '' ? node.label : PLAIN_ID[node.kind].includes(node.id) ? KIND_NAME[node.kind] : node.id

/** The fact at the right end of a card's head. */
export function cardFact({ kind, fields }: DrawnNode): string {
  switch (kind) {
    case 'cpu':
      return `${show(fields.cores)} ${fields.cores === 1 ? 'core' : 'cores'} · ${show(fields.frequencyGHz)} GHz`
    case 'memory':
      return `${show(fields.capacityGiB)} GiB`
    case 'gpu':
      return `${show(fields.streams)} ${fields.streams === 1 ? 'stream' : 'streams'}`
    case 'nic':
      return `${shortCount(numberOf(fields.messagesPerSecond, 0))} messages/s`
    case 'switch':
      return `${show(fields.latencyNs)} ns`
  }
}

/** Room of a card's head from the title to the right edge, and what a character takes there at most, px. */
const head = { room: 186, title: 7.6, count: 7.2, fact: 5.9 }

/** As many parts of the fact as the title and the count leave room for. */
export function fittingFact(title: string, count: number, fact: string): string {
  const taken = title.length * head.title + (String(count).length + 1) * head.count
  const parts = fact.split(' · ')
  while (parts.length > 0 && taken + parts.join(' · ').length * head.fact > head.room) parts.pop()
  return parts.join(' · ')
}

/** The fact at the right end of a device's row, while building. */
export function deviceFact({ kind, fields }: DrawnNode): string {
  switch (kind) {
    case 'cpu':
      return `${show(fields.localMemoryGiB)} GiB local`
    case 'memory':
      return `${show(numberOf(fields.channels, 0) * numberOf(fields.channelBandwidthGBps, 0))} GB/s`
    case 'gpu':
      return `${show(fields.memoryGiB)} GiB`
    case 'nic':
    case 'switch':
      return ''
  }
}

export const channelFact = ({ fields }: DrawnNode): string =>
  `${show(fields.channels)} ${fields.channels === 1 ? 'channel' : 'channels'} × ${show(fields.channelBandwidthGBps)}`

/** The line at a card's foot. */
export function footerFact(node: DrawnNode): string {
  if (node.kind === 'gpu')
    return `${show(node.fields.peakTflops)} TFLOP/s, ${show(node.fields.memoryBandwidthGBps)} GB/s each`
  return node.sources
    .map((source) => (source.rate === null ? source.id : `${source.id} ${shortCount(source.rate)}/s`))
    .join(' · ')
}

/** `CXL 256 Gb/s`, and what stands under it. */
export function linkTexts(link: DrawnLink): readonly [string, string] {
  const rate = link.bandwidthGbps === null ? '' : ` ${figures.format(link.bandwidthGbps)} Gb/s`
  const lanes = link.lanes > 1 ? ` ×${link.lanes}` : ''
  return [`${PROTOCOL_NAME[link.protocol]}${rate}${lanes}`, `${figures.format(link.propagationNs)} ns, one per device`]
}

/** A node's name for readers. */
export function nodeName(node: DrawnNode, links: number): string {
  const what = { cpu: 'CPU pool', memory: 'Memory pool', gpu: 'GPU pool', nic: 'NIC pool', switch: 'Switch' }[node.kind]
  const label = node.label === '' ? node.id : `${node.id}, ${node.label}`
  const count = node.kind === 'switch' ? '' : `, ${node.count} ${node.count === 1 ? 'device' : 'devices'}`
  return `${what} ${label}${count}, ${cardFact(node)}, ${links} ${links === 1 ? 'link' : 'links'}`
}

export const linkName = (link: DrawnLink): string =>
  `${linkTexts(link)[0]} link ${link.id} from ${link.from} to ${link.to}`
