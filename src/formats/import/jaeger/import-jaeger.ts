import type { ScenarioDocument } from '../../../scenario/scenario'
import type { ImportInput, ImportOptions, ImportOutcome } from '../importer'
import type { ImportReport } from '../import-report'
import { arrivalsOf, scheduleOf } from './arrivals'
import { rackSize } from './default-rack'
import { datasetName, inputName } from './dataset-name'
import { mostValues } from './empirical'
import { executionsOf } from './executions'
import { counted, jaegerReport } from './jaeger-report'
import { readDocuments } from './read-documents'
import { readSpans } from './read-spans'
import { buildScenario } from './scenario-building'
import { buildTrace } from './span-forest'
import { Tally } from './tally'
import { traceFacts, type TraceFacts } from './trace-facts'
import { mergeParts } from './trace-parts'

export interface JaegerImport extends ImportOutcome {
  readonly scenario: ScenarioDocument | null
  readonly report: ImportReport
  readonly truth: TraceFacts
}

/**
 * Makes a scenario of Jaeger JSON traces: services, operations, the structure of calls, measured service times, entry
 * points and start times, on a default rack. The order of the inputs does not matter. What cannot be read is in the
 * report, and the rest is imported.
 */
export function importJaeger(inputs: readonly ImportInput[], options: ImportOptions = {}): JaegerImport {
  const tally = new Tally()
  const parts = readDocuments(inputs, tally).map((raw) => readSpans(raw, tally))
  const traces = mergeParts(parts, tally)
    .map((part) => buildTrace(part, tally))
    .filter((trace) => trace.nodes.length > 0)
  const dataset = options.dataset ?? datasetName(inputs)
  const truth = traceFacts(traces, {
    dataset,
    input: options.input ?? inputName(inputs),
    files: inputs.length,
    notes: { duplicates_dropped: tally.total('duplicate spans') },
  })
  if (traces.length === 0) return { scenario: null, report: jaegerReport(truth, null, tally), truth }
  const withExecutions = traces.map((trace) => ({ trace, executions: executionsOf(trace) }))
  const executions = withExecutions.flatMap((each) => each.executions)
  const arrivals = arrivalsOf(withExecutions, tally)
  const schedule = scheduleOf(arrivals)
  const size = rackSize(schedule.busiestCores)
  const networkTime = options.networkTime ?? 'links'
  const scenario = buildScenario({
    name: dataset,
    description: descriptionOf(truth),
    executions,
    arrivals,
    schedule,
    size,
    settings: { networkTime, ...notesOfSteps(tally) },
  })
  return { scenario, report: jaegerReport(truth, { executions, schedule, size, networkTime }, tally), truth }
}

function descriptionOf(truth: TraceFacts): string {
  const asked = Object.keys(truth.root_mix).map((key) => key.replace('\t', ' '))
  const requests =
    asked.length === 0 ? '' : ` Requests: ${asked.slice(0, 5).join(', ')}${asked.length > 5 ? ', …' : ''}.`
  return (
    `Imported from Jaeger: ${counted(truth.traces, 'trace')}, ${counted(truth.spans, 'span')}, ${counted(truth.n_services, 'service')}.${requests} ` +
    'Compute steps are measured wall times of one host each; the rack is a default one.'
  )
}

function notesOfSteps(tally: Tally): {
  readonly onCondensed: () => void
  readonly onMixed: (executions: number) => void
} {
  return {
    onCondensed: () => {
      tally.add(
        'assumed',
        'distributions',
        `more than ${mostValues} different values: neighbors are replaced by their mean, so the mean is exact`,
      )
    },
    onMixed: (executions) => {
      const reason =
        'their arrangements of calls are too many to keep apart; each call keeps its frequency, its usual order, and whether it ran beside others'
      tally.add('assumed', 'executions brought together', reason, '', executions)
    },
  }
}
