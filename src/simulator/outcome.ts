import type { TopologyNode } from '../scenario/scenario'
import { GIB } from '../units/data'
import { PS_PER_SECOND, PS_PER_US } from '../units/time'
import { deviceJoules, energyFigures, sleepFigures, switchedPackets, switchUtilization } from './energy'
import { gapPercent } from './placement-yardstick'
import type { DeviceRow, LatencyHistogram, LinkRow, MigrationRow, OperationRow, ServiceRow } from './result'
import { memoryFigures, strandedGib } from './memory-figures'
import type { Run } from './run'
import { binEdges, type OperationMeasure } from './services/measures'
import * as Failure from './services/failure'
import * as Wait from './services/wait'
import { serviceRows } from './service-rows'
import { difference, totals, type Totals } from './window'

/** What one replication gives: rows as in the files, and the figures of the summary by name. */
export interface Outcome {
  readonly figures: ReadonlyMap<string, number>
  readonly operations: readonly OperationRow[]
  readonly services: readonly ServiceRow[]
  readonly devices: readonly DeviceRow[]
  readonly links: readonly LinkRow[]
  readonly migrations: readonly MigrationRow[]
  readonly histograms: readonly LatencyHistogram[]
}

/** Reads a run's results: of the whole window when it is done, of the part simulated so far before. */
export function outcomeOf(run: Run): Outcome {
  const now = run.isDone ? run.shape.endPs : run.now
  const all = totals(run.machine, now)
  const window = run.warm ? difference(all, run.warm) : all
  const length = Math.max(1, now - (run.warm ? run.shape.warmupPs : 0))
  const devices = deviceRows(run, window, length)
  const migrations = run.migrations.list.map((_, i) => migrationRow(run, i))
  return {
    figures: figures(run, window, devices, migrations, length),
    operations: run.machine.measures.operations.map((measure, i) => operationRow(run, measure, i)),
    services: serviceRows(run, window, length),
    devices,
    links: linkRows(run, window, length),
    migrations,
    histograms: histograms(run),
  }
}

function operationRow(run: Run, measure: OperationMeasure, index: number): OperationRow {
  const [service, operation] = run.shape.operations[index].split('.') as [string, string]
  const { latency, spent, waited, completed, failed } = measure
  const us = (ps: number): number => ps / PS_PER_US
  const mean = (phase: number): number => (completed === 0 ? NaN : us(spent[phase].mean(completed)))
  const percentile = (share: number): number => us(latency.percentile(share))
  return {
    service,
    operation,
    completed,
    failed,
    meanUs: us(latency.mean()),
    p50Us: percentile(0.5),
    p90Us: percentile(0.9),
    p99Us: percentile(0.99),
    p999Us: percentile(0.999),
    maxUs: completed === 0 ? NaN : us(latency.max),
    waitMeanUs: mean(0),
    computeMeanUs: mean(1),
    memoryMeanUs: mean(2),
    networkMeanUs: mean(3),
    workerWaitMeanUs: us(waited[Wait.worker].mean(completed)),
    coreWaitMeanUs: us(waited[Wait.core].mean(completed)),
  }
}

function deviceRows(run: Run, window: Totals, length: number): DeviceRow[] {
  const { nodes } = run.scenario.topology
  return run.shape.devices.map((device, i): DeviceRow => {
    const node = nodes[device.node]
    const used = usage(run, node, i, window, length)
    return {
      node: node.id,
      device: device.device,
      kind: device.kind,
      ...used,
      localBusUtilization: run.machine.local.devices[i] === null ? NaN : window.localWork[i] / length,
      energyJoules: deviceJoules(node, used.utilization, length, window.deviceAsleep[i]),
    }
  })
}

type Usage = Pick<DeviceRow, 'utilization' | 'meanQueue' | 'maxQueue' | 'completed' | 'memoryUsedGib'>

/** A NIC's utilization is that of its pipeline or of its cores, a memory device's of its channels or cores, whichever is more. */
function usage(run: Run, node: TopologyNode, i: number, window: Totals, length: number): Usage {
  const { cores, memory, nics, engines, gpus, local, slabs } = run.machine
  const coreUse = cores.count[i] === 0 ? 0 : window.busyCores[i] / (cores.count[i] * length)
  const coreQueue = { meanQueue: window.coreQueue[i] / length, maxQueue: cores.queue.maxOf(i) }
  switch (node.kind) {
    case 'cpu':
      return {
        utilization: coreUse,
        ...coreQueue,
        completed: window.visits[i],
        memoryUsedGib: (local.used[i] + local.held[i]) / GIB,
      }
    case 'memory':
      return {
        utilization: Math.max(coreUse, window.memoryWork[i] / (memory.devices[i]!.channels * length)),
        ...(cores.count[i] === 0 ? { meanQueue: NaN, maxQueue: NaN } : coreQueue),
        completed: window.memoryServed[i],
        memoryUsedGib: slabs.usedBytes(i) / GIB,
      }
    case 'nic':
      return {
        utilization: Math.max(
          coreUse,
          window.nicWork[i] / length,
          window.engineWork[i] / (Math.max(1, engines.count(i)) * length),
        ),
        meanQueue: coreQueue.meanQueue + (window.nicWaited[i] + window.engineWaited[i]) / length,
        maxQueue: Math.max(coreQueue.maxQueue, nics.mostWaiting[i]),
        completed: window.nicServed[i] + window.visits[i] + window.engineServed[i],
        memoryUsedGib: (local.used[i] + local.held[i]) / GIB,
      }
    case 'gpu':
      return {
        utilization: window.busyStreams[i] / (node.spec.streams * length),
        meanQueue: window.kernelQueue[i] / length,
        maxQueue: gpus.queue.maxOf(i),
        completed: window.kernels[i],
        memoryUsedGib: (local.used[i] + local.held[i]) / GIB,
      }
    case 'switch':
      return {
        utilization: switchUtilization(run, i, window, length),
        meanQueue: NaN,
        maxQueue: NaN,
        completed: switchedPackets(run, i, window),
        memoryUsedGib: NaN,
      }
  }
}

function linkRows(run: Run, window: Totals, length: number): LinkRow[] {
  const { channels, devices } = run.shape
  const { queueBytes } = run.machine.fabric.ports
  return channels.map((channel, i): LinkRow => ({
    link: run.scenario.topology.links[channel.link].id,
    lane: channel.lane,
    direction: `${devices[channel.from].id}>${devices[channel.to].id}`,
    bytes: window.bytes[i],
    packets: window.packets[i],
    utilization: window.portWork[i] / length,
    meanQueueBytes: window.portQueue[i] / length,
    maxQueueBytes: queueBytes.maxOf(i),
    dropped: window.dropped[i],
  }))
}

/** A move as a row; while it goes on its times are not known. */
export function migrationRow(run: Run, index: number): MigrationRow {
  const move = run.migrations.list[index]
  const { instances, devices } = run.machine
  const us = (ps: number): number => ps / PS_PER_US
  return {
    service: instances.spec(move.instance).id,
    instance: move.instance - instances.first[instances.service[move.instance]],
    from: move.from < 0 ? '' : devices.names[move.from],
    to: devices.names[move.to],
    mechanism: move.mechanism,
    startS: move.start / PS_PER_SECOND,
    startPs: move.start,
    totalUs: us(move.end - move.start),
    downtimeUs: us(move.resume - move.stop),
    bytes: move.bytes,
    rounds: move.rounds,
    outcome: move.outcome,
    detail: move.detail.map((round) => ({ ...round })),
    stopPs: move.stop,
    resumePs: move.resume,
  }
}

function figures(
  run: Run,
  window: Totals,
  devices: readonly DeviceRow[],
  migrations: readonly MigrationRow[],
  length: number,
): Map<string, number> {
  const { measures } = run.machine
  const { requests } = measures
  const us = (ps: number): number => ps / PS_PER_US
  const moved = migrations.filter((row) => row.outcome !== 'refused')
  return new Map([
    ['requests_offered', measures.offeredCount],
    ['requests_completed', requests.completed],
    ['requests_failed', requests.failed],
    ['requests_in_flight', measures.offeredCount - requests.completed - requests.failed],
    ['throughput_per_second', (requests.completed * PS_PER_SECOND) / length],
    ['latency_mean_us', us(requests.latency.mean())],
    ['latency_p50_us', us(requests.latency.percentile(0.5))],
    ['latency_p90_us', us(requests.latency.percentile(0.9))],
    ['latency_p99_us', us(requests.latency.percentile(0.99))],
    ['latency_p999_us', us(requests.latency.percentile(0.999))],
    ['latency_max_us', requests.completed === 0 ? NaN : us(requests.latency.max)],
    ['migrations', moved.length],
    ['downtime_total_us', moved.reduce((sum, row) => sum + (Number.isNaN(row.downtimeUs) ? 0 : row.downtimeUs), 0)],
    ['offloads', measures.offloads],
    ['energy_joules', devices.reduce((sum, row) => sum + row.energyJoules, 0)],
    ['memory_allocated_gib', devices.reduce((sum, row) => sum + (row.kind === 'switch' ? 0 : row.memoryUsedGib), 0)],
    ['memory_stranded_gib', strandedGib(run)],
    ['events', run.events],
    ['simulated_seconds', run.scenario.run.warmupSeconds + run.scenario.run.durationSeconds],
    ...energyFigures(run, devices, length),
    ...sleepFigures(run, window),
    ...memoryFigures(run, length),
    ...placementFigures(run),
    ...attemptFigures(run, window),
    ...lifeFigures(run, window, length),
    ...offloadFigures(run),
  ])
}

/** Only where the number of instances may change: starts in the window, and instances in use on average. */
function lifeFigures(run: Run, { starts, replicas }: Totals, length: number): [string, number][] {
  if (!run.machine.instances.services.some((service) => service.isElastic)) return []
  const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0)
  return [
    ['cold_starts', sum(starts)],
    ['replicas_mean', sum(replicas) / length],
  ]
}

/** Only where the placement policy is asked to compare; NaN where the best placement is not known. */
function placementFigures({ placementGap }: Run): [string, number][] {
  if (placementGap === null) return []
  return [
    ['placement_cost_us', placementGap.costUs],
    ['placement_optimum_us', placementGap.optimumUs],
    ['placement_bound_us', placementGap.boundUs],
    ['placement_gap_percent', gapPercent(placementGap)],
  ]
}

/** Why requests failed, and what was asked more than once; nothing where nobody has a rule for it and nothing fails. */
function attemptFigures(run: Run, window: Totals): (readonly [string, number])[] {
  const { measures, attempts, instances } = run.machine
  const { counts, failedBy, requests } = measures
  const isUsed =
    run.scenario.faults.length > 0 ||
    attempts.rules.length > 0 ||
    instances.services.some(({ shedAfterPs }) => shedAfterPs < Infinity)
  if (!isUsed) return []
  return [
    ...Failure.names.slice(1).map((name, i) => [`requests_failed_${name}`, failedBy[i + 1]] as const),
    ['retries', counts.retries],
    ['hedges', counts.hedges],
    ['hedges_won', counts.hedgesWon],
    ['timeouts', counts.timeouts],
    ['availability_percent', (100 * requests.completed) / (requests.completed + requests.failed)],
    ['device_failures', window.deviceFailures.reduce((sum, count) => sum + count, 0)],
    ['device_down_seconds', window.deviceDown.reduce((sum, ps) => sum + ps, 0) / PS_PER_SECOND],
  ]
}

/** Where an offload policy decides while the run goes on: its estimates against what came of them, and against the best in hindsight. */
function offloadFigures({ machine: { program, measures } }: Run): readonly (readonly [string, number])[] {
  if (program.deciding === 0) return []
  const { count, estimate, actual, error, best, regretPercent } = measures.offloadTimes
  const mean = (sum: { mean(count: number): number }): number => (count === 0 ? NaN : sum.mean(count) / PS_PER_US)
  return [
    ['offload_decisions', count],
    ['offload_estimate_mean_us', mean(estimate)],
    ['offload_actual_mean_us', mean(actual)],
    ['offload_estimate_error_us', mean(error)],
    ['offload_best_mean_us', mean(best)],
    ['offload_regret_percent', regretPercent],
  ]
}

function histograms(run: Run): LatencyHistogram[] {
  const { measures } = run.machine
  return [
    histogramOf('', measures.requests),
    ...measures.operations.map((measure, i) => histogramOf(run.shape.operations[i], measure)),
  ]
}

function histogramOf(id: string, measure: OperationMeasure): LatencyHistogram {
  const bins = [...measure.bins.keys()].filter((bin) => measure.bins[bin] > 0)
  const phases = bins.flatMap((bin) => {
    const spent = [...measure.binSpent.subarray(bin * 4, bin * 4 + 4)]
    const sum = spent.reduce((total, part) => total + part, 0)
    return spent.map((part) => (sum === 0 ? 0.25 : part / sum))
  })
  return {
    id,
    count: measure.completed,
    lowUs: Float64Array.from(bins, (bin) => binEdges(bin).low / PS_PER_US),
    highUs: Float64Array.from(bins, (bin) => binEdges(bin).high / PS_PER_US),
    counts: Float64Array.from(bins, (bin) => measure.bins[bin]),
    phases: Float64Array.from(phases),
  }
}
