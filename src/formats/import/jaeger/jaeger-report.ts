import type { ImportReport, ReportRow } from '../import-report'
import type { Schedule } from './arrivals'
import { targetUtilization, type RackSize } from './default-rack'
import type { Execution, MadeCall } from './executions'
import { usualRequestBytes, usualResponseBytes } from './operation-steps'
import { rounded } from './sample-summary'
import type { Tally } from './tally'
import type { TraceFacts } from './trace-facts'

/** What the scenario was made of, for the report. */
export interface Built {
  readonly executions: readonly Execution[]
  readonly schedule: Schedule
  readonly size: RackSize
  readonly networkTime: 'links' | 'delay'
}

/** @param built null where there was nothing to make a scenario of */
export function jaegerReport(facts: TraceFacts, built: Built | null, tally: Tally): ImportReport {
  countFacts(facts, tally)
  if (built !== null) {
    countCalls(built, tally)
    countWork(built, tally)
    countSetting(built, tally)
  }
  const rows = (['failed', 'read', 'used', 'dropped', 'assumed'] as const).flatMap((fate) => tally.rows(fate))
  return { format: 'jaeger', summary: summaryOf(facts, rows), rows }
}

function summaryOf(facts: TraceFacts, rows: readonly ReportRow[]): string {
  const failed = rows.filter((row) => row.fate === 'failed')
  if (facts.spans === 0) return failed[0]?.reason ?? 'nothing to import: no spans were found'
  const dropped = rows
    .filter((row) => row.fate === 'dropped' && row.what.endsWith('spans'))
    .reduce((sum, row) => sum + row.count, 0)
  const lost = failed.length === 0 ? '' : `, ${counted(failed.length, 'part')} of the input could not be read`
  const read = `${counted(facts.spans, 'span')} of ${counted(facts.traces, 'trace')} and ${counted(facts.n_services, 'service')} imported`
  return `${read}, ${counted(dropped, 'span')} dropped${lost}`
}

/** "1 span", "2 spans" */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}

function countFacts(facts: TraceFacts, tally: Tally): void {
  if (facts.spans === 0) return
  tally.add('read', 'traces', `from ${counted(facts.files, 'file')}`, '', facts.traces)
  tally.add(
    'read',
    'spans',
    `${counted(facts.n_operations, 'operation')} of ${counted(facts.n_services, 'service')}, in wall time of their hosts`,
    '',
    facts.spans,
  )
  if (facts.orphan_spans > 0) {
    const reason = 'their parents are missing; they count for structure and service times, not for arrivals'
    tally.add('used', 'orphan spans', reason, '', facts.orphan_spans)
  }
  if (facts.error_spans > 0)
    tally.add(
      'used',
      'spans with errors',
      'they count like the others, errors themselves are not simulated',
      '',
      facts.error_spans,
    )
  if (facts.child_starts_before_parent > 0) {
    const reason = 'clocks of hosts differ; no time is taken between two clocks'
    tally.add('used', 'spans that start before their parent', reason, '', facts.child_starts_before_parent)
  }
}

function countCalls({ executions, networkTime }: Built, tally: Tally): void {
  const calls = executions.flatMap((execution) =>
    execution.calls.map((call) => ({ call, place: execution.entry.span.place })),
  )
  const count = (
    what: string,
    reason: string,
    matches: (call: MadeCall) => boolean,
    fate: 'used' | 'assumed' = 'used',
  ): void => {
    for (const { call, place } of calls) if (matches(call)) tally.add(fate, what, reason, place)
  }
  count('calls', 'they wait for the answer', (call) => call.manner === 'call')
  count(
    'calls without waiting',
    'FOLLOWS_FROM, messages, and calls that outlive their caller are sent and not waited for',
    (call) => call.manner === 'send',
  )
  count(
    'calls to services without spans',
    'the other end (a database, a cache) was not traced, so its time is a delay as measured by the caller',
    (call) => call.manner === 'wait',
  )
  count(
    'calls without a span of the caller',
    "only the callee's clock says when they were, so clock skew shifts the work before and after them",
    (call) => call.isForeign,
    'assumed',
  )
  countNetwork(
    calls.map(({ call }) => call),
    networkTime,
    tally,
  )
  const late = executions.reduce((sum, execution) => sum + execution.late, 0)
  if (late > 0)
    tally.add(
      'dropped',
      'inner spans that end after their entry span',
      'only the time inside the entry span counts as service time',
      '',
      late,
    )
}

/** Time between the two ends of calls: not service time, and not simulated unless asked for. */
function countNetwork(calls: readonly MadeCall[], networkTime: 'links' | 'delay', tally: Tally): void {
  const measured = calls.map((call) => call.networkUs).filter((time) => time !== null)
  if (measured.length === 0) return
  const totalUs = measured.reduce((sum, time) => sum + Math.max(0, time), 0)
  const size = `in ${counted(measured.length, 'call')}, ${rounded(totalUs / measured.length, 1)} µs each: the wait of the caller minus the work of the callee (network and accept queue)`
  if (networkTime === 'delay')
    tally.add(
      'used',
      'milliseconds between the ends of calls',
      `${size}; a delay before each call stands for them`,
      '',
      rounded(totalUs / 1000, 3),
    )
  else
    tally.add(
      'dropped',
      'milliseconds between the ends of calls',
      `${size} are no service time; the links of the rack stand for them`,
      '',
      rounded(totalUs / 1000, 3),
    )
  const negative = measured.filter((time) => time < 0).length
  if (negative > 0)
    tally.add(
      'assumed',
      'callees that worked longer than their caller waited',
      'no time between the ends is counted for them',
      '',
      negative,
    )
}

function countWork({ executions }: Built, tally: Tally): void {
  const operations = new Set(executions.map((execution) => execution.operation))
  const totalUs = executions.reduce((sum, execution) => sum + execution.localUs, 0)
  const reason = `${rounded(totalUs / 1000, 3)} ms of own work in ${counted(executions.length, 'execution')}, from spans of one host each`
  tally.add('used', 'operations', reason, '', operations.size)
  for (const execution of executions) {
    if (execution.level > 1)
      tally.add(
        'used',
        'executions inside an execution of the same operation',
        'each depth of recursion is an operation of its own, so it ends as it did',
        execution.entry.span.place,
      )
  }
  tally.add(
    'assumed',
    'milliseconds of own work',
    'wall time counts as core time, though it includes waits that the spans do not show (locks, run queues, untraced databases)',
    '',
    rounded(totalUs / 1000, 3),
  )
}

function countSetting({ executions, schedule, size }: Built, tally: Tally): void {
  const sources = [...schedule.arrivals.values()]
  tally.add('used', 'sources', schedule.reason, '', sources.length)
  const unsized = executions
    .flatMap((execution) => execution.calls)
    .filter((call) => call.manner !== 'wait' && call.requestBytes === null).length
  if (unsized > 0)
    tally.add(
      'assumed',
      'calls without a size',
      `${usualRequestBytes} bytes there and ${usualResponseBytes} bytes back, as the spans say nothing`,
      '',
      unsized,
    )
  tally.add('assumed', 'CPU devices', rackReason(schedule, size), '', size.devices)
  const services = new Set(executions.map((execution) => execution.service)).size
  tally.add(
    'assumed',
    'services',
    'threads are unlimited, and RPC work is 0, as spans do not show either',
    '',
    services,
  )
}

function rackReason(schedule: Schedule, size: RackSize): string {
  const cores = rounded(schedule.busiestCores, 2)
  return `a default rack: ${size.coresPerDevice} cores each, so that the ${cores} cores of work of the busiest moment load them to ${targetUtilization * 100} % at most`
}
