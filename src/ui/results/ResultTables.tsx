import { useState, type ReactNode } from 'react'
import { indexSeries } from '../../app/series-index'
import type { RunResult, ServiceRow } from '../../simulator/result'
import { Sparkline } from '../charts/Sparkline'
import { bytesText, countText, numberText, percentText } from '../charts/quantity-text'
import { Dialog } from '../widgets/Dialog'
import { tabPanelId, Tabs } from '../widgets/Tabs'
import { requestCounts } from './latency-rows'
import { cpiParts, waitParts } from './service-parts'

interface ResultTablesProps {
  readonly result: RunResult
  readonly onClose: () => void
}

const tabs = [
  { id: 'operations', label: 'Operations' },
  { id: 'services', label: 'Services' },
  { id: 'devices', label: 'Devices' },
  { id: 'links', label: 'Links' },
] as const
type Tab = (typeof tabs)[number]['id']

/** The numbers behind the pictures, as real tables. */
export function ResultTables({ result, onClose }: ResultTablesProps) {
  const [tab, setTab] = useState<Tab>('operations')
  return (
    <Dialog title="Results" onClose={onClose} className="wide">
      <p className="dialog-note">{countsLine(result)}</p>
      <Tabs name="results" tabs={tabs} current={tab} onChange={setTab} />
      <div id={tabPanelId('results')} role="tabpanel" tabIndex={0} className="table-scroll scroll-shade">
        {tab === 'operations' && <OperationTable result={result} />}
        {tab === 'services' && <ServiceTable result={result} />}
        {tab === 'devices' && <DeviceTable result={result} />}
        {tab === 'links' && <LinkTable result={result} />}
      </div>
    </Dialog>
  )
}

/** Requests in and out, which add up. */
function countsLine(result: RunResult): string {
  const { offered, completed, failed, inFlight } = requestCounts(result)
  return `${countText(offered)} requests offered = ${countText(completed)} completed + ${countText(failed)} failed + ${countText(inFlight)} in flight`
}

interface Column<Row> {
  readonly name: string
  readonly cell: (row: Row) => ReactNode
  readonly isText?: boolean
}

function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
}) {
  return (
    <table className="rows">
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col" className={column.isText === true ? '' : 'num'}>
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <td key={column.name} className={column.isText === true ? '' : 'num'}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type OperationRow = RunResult['operations'][number]

const operationColumns: readonly Column<OperationRow>[] = [
  { name: 'operation', isText: true, cell: (row) => `${row.service}.${row.operation}` },
  { name: 'completed', cell: (row) => countText(row.completed) },
  { name: 'failed', cell: (row) => countText(row.failed) },
  { name: 'mean, µs', cell: (row) => numberText(row.meanUs) },
  { name: 'p50', cell: (row) => numberText(row.p50Us) },
  { name: 'p90', cell: (row) => numberText(row.p90Us) },
  { name: 'p99', cell: (row) => numberText(row.p99Us) },
  { name: 'p99.9', cell: (row) => numberText(row.p999Us) },
  { name: 'max', cell: (row) => numberText(row.maxUs) },
  { name: 'wait', cell: (row) => numberText(row.waitMeanUs) },
  { name: 'for a worker', cell: (row) => numberText(row.workerWaitMeanUs) },
  { name: 'for a core', cell: (row) => numberText(row.coreWaitMeanUs) },
  { name: 'compute', cell: (row) => numberText(row.computeMeanUs) },
  { name: 'memory', cell: (row) => numberText(row.memoryMeanUs) },
  { name: 'network', cell: (row) => numberText(row.networkMeanUs) },
]

function OperationTable({ result }: { readonly result: RunResult }) {
  return (
    <Table
      caption="Latency per operation, µs"
      columns={operationColumns}
      rows={result.operations}
      keyOf={(row) => `${row.service}.${row.operation}`}
    />
  )
}

const serviceColumns: readonly Column<ServiceRow>[] = [
  { name: 'service', isText: true, cell: (row) => row.service },
  { name: 'completed', cell: (row) => countText(row.completed) },
  { name: 'failed', cell: (row) => countText(row.failed) },
  { name: 'instructions', cell: (row) => countText(row.instructions) },
  ...cpiParts.map((part) => ({ name: `CPI, ${part.name}`, cell: (row: ServiceRow) => numberText(part.of(row)) })),
  { name: 'CPI', cell: (row) => numberText(row.cpiTotal) },
  { name: 'core time, µs', cell: (row) => numberText(row.coreMeanUs) },
  { name: 'cores busy', cell: (row) => numberText(row.coresMean) },
  { name: 'local hits', cell: (row) => percentText(row.hitRatio) },
  ...waitParts.map((part) => ({
    name: `wait, ${part.name}, µs`,
    cell: (row: ServiceRow) => numberText(part.of(row)),
  })),
  { name: 'threads, mean', cell: (row) => numberText(row.threadsMean) },
  { name: 'threads, most', cell: (row) => countText(row.threadsMax) },
  { name: 'cache share, MiB', cell: (row) => numberText(row.llcMeanMib) },
]

function ServiceTable({ result }: { readonly result: RunResult }) {
  return <Table caption="Services" columns={serviceColumns} rows={result.services} keyOf={(row) => row.service} />
}

type DeviceRow = RunResult['devices'][number]

function DeviceTable({ result }: { readonly result: RunResult }) {
  const series = indexSeries(result.timeline)
  const id = (row: DeviceRow) => (row.kind === 'switch' ? row.node : `${row.node}.${row.device}`)
  const columns: readonly Column<DeviceRow>[] = [
    { name: 'device', isText: true, cell: id },
    { name: 'kind', isText: true, cell: (row) => row.kind },
    {
      name: 'over time',
      isText: true,
      cell: (row) => <Sparkline series={series.find('device', id(row), 'utilization')} most={1} />,
    },
    { name: 'utilization', cell: (row) => percentText(row.utilization) },
    { name: 'queue, mean', cell: (row) => numberText(row.meanQueue) },
    { name: 'queue, max', cell: (row) => countText(row.maxQueue) },
    { name: 'completed', cell: (row) => countText(row.completed) },
    { name: 'memory, GiB', cell: (row) => numberText(row.memoryUsedGib) },
    { name: 'local bus', cell: (row) => percentText(row.localBusUtilization) },
    { name: 'energy, J', cell: (row) => numberText(row.energyJoules) },
  ]
  return <Table caption="Devices" columns={columns} rows={result.devices} keyOf={id} />
}

type LinkRow = RunResult['links'][number]

const linkColumns: readonly Column<LinkRow>[] = [
  { name: 'link', isText: true, cell: (row) => `${row.link}/${row.lane}` },
  { name: 'direction', isText: true, cell: (row) => row.direction.replace('>', ' → ') },
  { name: 'bytes', cell: (row) => bytesText(row.bytes) },
  { name: 'packets', cell: (row) => countText(row.packets) },
  { name: 'utilization', cell: (row) => percentText(row.utilization) },
  { name: 'queue, mean B', cell: (row) => numberText(row.meanQueueBytes) },
  { name: 'queue, max B', cell: (row) => countText(row.maxQueueBytes) },
  { name: 'dropped', cell: (row) => countText(row.dropped) },
]

function LinkTable({ result }: { readonly result: RunResult }) {
  return (
    <Table
      caption="Links, by direction"
      columns={linkColumns}
      rows={result.links}
      keyOf={(row) => `${row.link}/${row.lane} ${row.direction}`}
    />
  )
}
