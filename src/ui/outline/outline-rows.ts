import { isList, isObject, numberOf, objectsAt, textOf } from '../../app/document-path'
import { rateOf } from '../../app/read-stage'
import type { JsonObject } from '../../app/document-path'
import type { ScenarioDocument } from '../../scenario/scenario'
import type { Selection } from '../../stores/view-store'
import type { IconName } from '../widgets/Icon'
import { faultText, faultTime, orderText } from '../../app/event-text'

/** What can be done with a row besides selecting it. */
export type RowAction =
  | 'add-pool'
  | 'add-service'
  | 'add-operation'
  | 'add-source'
  | 'add-order'
  | 'add-fault'
  | 'link'
  | 'rename'
  | 'duplicate'
  | 'delete'

/** One line of the outline. */
export interface OutlineRow {
  readonly key: string
  readonly level: number
  readonly text: string
  readonly detail: string
  readonly icon: IconName | null
  /** null for headings. */
  readonly selection: Selection | null
  readonly isParent: boolean
  readonly actions: readonly RowAction[]
  readonly isMuted?: boolean
}

const KIND_ICONS: { readonly [kind: string]: IconName } = {
  cpu: 'cpu',
  memory: 'memory',
  gpu: 'gpu',
  nic: 'nic',
  switch: 'switch',
}
const PROTOCOLS: { readonly [protocol: string]: string } = {
  cxl: 'CXL',
  rdma: 'RDMA',
  ethernet: 'Ethernet',
  pcie: 'PCIe',
  nvlink: 'NVLink',
  ideal: 'Ideal',
}
const compact = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** `100 k/s` */
export function rateText(source: JsonObject): string {
  const rate = rateOf(source)
  if (rate === null) {
    const process = isObject(source.arrivals) ? textOf(source.arrivals.process) : ''
    return process === 'closed' && isObject(source.arrivals) ? `${numberOf(source.arrivals.users, 0)} users` : process
  }
  return rate >= 1e4 ? `${compact.format(rate / 1e3)} k/s` : `${compact.format(rate)}/s`
}

/** The whole document as lines, parents before children; `closed` parents hide theirs. */
export function outlineRows(
  document: ScenarioDocument,
  closed: ReadonlySet<string>,
  living: ReadonlyMap<string, readonly string[]>,
): OutlineRow[] {
  return [
    ...topologyRows(document, closed, living),
    ...linkRows(document, closed),
    ...serviceRows(document, closed),
    ...sourceRows(document, closed),
    ...eventRows(document, closed),
  ]
}

const heading = (key: string, text: string, detail: string, actions: readonly RowAction[]): OutlineRow => ({
  key,
  level: 1,
  text,
  detail,
  icon: null,
  selection: null,
  isParent: true,
  actions,
})

function topologyRows(
  document: ScenarioDocument,
  closed: ReadonlySet<string>,
  living: ReadonlyMap<string, readonly string[]>,
): OutlineRow[] {
  const nodes = objectsAt(document, ['topology', 'nodes'])
  const racks = objectsAt(document, ['topology', 'racks'])
  const rackIds = new Set(racks.map((rack) => textOf(rack.id)))
  const rows: OutlineRow[] = []
  for (const rack of racks) {
    const id = textOf(rack.id)
    const members = nodes.filter((node) => node.rack === id)
    if (members.length === 0) continue
    const key = `rack:${id}`
    rows.push({
      key,
      level: 1,
      text: textOf(rack.label, id),
      detail: '',
      icon: null,
      selection: { type: 'rack', id },
      isParent: true,
      actions: ['add-pool', 'rename', 'delete'],
    })
    if (!closed.has(key)) rows.push(...members.flatMap((node) => nodeRows(node, 2, closed, living)))
  }
  const free = nodes.filter((node) => !rackIds.has(textOf(node.rack)))
  return [...rows, ...free.flatMap((node) => nodeRows(node, 1, closed, living))]
}

function nodeRows(
  node: JsonObject,
  level: number,
  closed: ReadonlySet<string>,
  living: ReadonlyMap<string, readonly string[]>,
): OutlineRow[] {
  const id = textOf(node.id)
  const key = `node:${id}`
  const kind = textOf(node.kind)
  const inside = living.get(id) ?? []
  const row: OutlineRow = {
    key,
    level,
    text: id,
    detail: kind === 'switch' ? '' : `×${numberOf(node.count, 1)}`,
    icon: KIND_ICONS[kind] ?? 'info',
    selection: { type: 'node', id },
    isParent: inside.length > 0,
    actions: ['link', 'rename', 'duplicate', 'delete'],
  }
  if (closed.has(key)) return [row]
  return [
    row,
    ...inside.map((text): OutlineRow => ({
      key: `${key} ${text}`,
      level: level + 1,
      text,
      detail: '',
      icon: null,
      selection: { type: 'node', id },
      isParent: false,
      actions: [],
      isMuted: true,
    })),
  ]
}

function linkRows(document: ScenarioDocument, closed: ReadonlySet<string>): OutlineRow[] {
  const links = objectsAt(document, ['topology', 'links'])
  if (links.length === 0) return []
  const head = heading('links', 'Links', String(links.length), [])
  if (closed.has('links')) return [head]
  return [
    head,
    ...links.map((link): OutlineRow => {
      const id = textOf(link.id)
      const rate = typeof link.bandwidthGbps === 'number' ? ` ${compact.format(link.bandwidthGbps)}` : ''
      return {
        key: `link:${id}`,
        level: 2,
        text: id,
        detail: `${PROTOCOLS[textOf(link.protocol, 'cxl')] ?? ''}${rate}`,
        icon: 'link',
        selection: { type: 'link', id },
        isParent: false,
        actions: ['rename', 'delete'],
      }
    }),
  ]
}

function serviceRows(document: ScenarioDocument, closed: ReadonlySet<string>): OutlineRow[] {
  const services = objectsAt(document, ['application', 'services'])
  const head = heading('services', 'Services', String(services.length), ['add-service'])
  if (closed.has('services')) return [head]
  return [
    head,
    ...services.flatMap((service): OutlineRow[] => {
      const id = textOf(service.id)
      const key = `service:${id}`
      const operations = objectsAt(service, ['operations'])
      const row: OutlineRow = {
        key,
        level: 2,
        text: id,
        detail: `×${numberOf(service.replicas, 1)}`,
        icon: 'service',
        selection: { type: 'service', id },
        isParent: operations.length > 0,
        actions: ['add-operation', 'rename', 'delete'],
      }
      if (closed.has(key)) return [row]
      return [
        row,
        ...operations.map((operation): OutlineRow => {
          const name = `${id}.${textOf(operation.id)}`
          const steps = isList(operation.steps) ? operation.steps.length : 0
          return {
            key: `operation:${name}`,
            level: 3,
            text: textOf(operation.id),
            detail: steps === 1 ? '1 step' : `${steps} steps`,
            icon: 'step',
            selection: { type: 'operation', id: name },
            isParent: false,
            actions: ['rename', 'delete'],
          }
        }),
      ]
    }),
  ]
}

function sourceRows(document: ScenarioDocument, closed: ReadonlySet<string>): OutlineRow[] {
  const sources = objectsAt(document, ['workload', 'sources'])
  const head = heading('sources', 'Sources', String(sources.length), ['add-source'])
  if (closed.has('sources')) return [head]
  return [
    head,
    ...sources.map((source): OutlineRow => {
      const id = textOf(source.id)
      return {
        key: `source:${id}`,
        level: 2,
        text: id,
        detail: rateText(source),
        icon: 'source',
        selection: { type: 'source', id },
        isParent: false,
        actions: ['rename', 'delete'],
      }
    }),
  ]
}

/** Orders and faults, where there are some. */
function eventRows(document: ScenarioDocument, closed: ReadonlySet<string>): OutlineRow[] {
  const rows: OutlineRow[] = []
  const orders = objectsAt(document, ['policies', 'orders'])
  const faults = objectsAt(document, ['faults'])
  if (orders.length > 0) {
    rows.push(heading('orders', 'Orders', String(orders.length), ['add-order']))
    if (!closed.has('orders'))
      rows.push(
        ...orders.map((order, i): OutlineRow => ({
          key: `order:${i}`,
          level: 2,
          text: orderText(order),
          detail: `${numberOf(order.atSeconds, 0)} s`,
          icon: 'migrate',
          selection: { type: 'order', id: String(i) },
          isParent: false,
          actions: ['delete'],
        })),
      )
  }
  if (faults.length > 0) {
    rows.push(heading('faults', 'Faults', String(faults.length), ['add-fault']))
    if (!closed.has('faults'))
      rows.push(
        ...faults.map((fault, i): OutlineRow => ({
          key: `fault:${i}`,
          level: 2,
          text: faultText(fault),
          detail: faultTime(fault),
          icon: 'fault',
          selection: { type: 'fault', id: String(i) },
          isParent: false,
          actions: ['delete'],
        })),
      )
  }
  return rows
}
