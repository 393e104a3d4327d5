import type { Fidelity, ScenarioDocument } from '../../scenario/scenario'
import { outcomeOf, type Outcome } from '../../simulator/outcome'
import { createRun } from '../../simulator/run'
import { fidelityScenarios, type FidelityScenario } from '../fidelity-scenarios'
import { meanUs, p99Us, relativeRow, resultOf, shownRow } from '../measuring'
import { readDocument, type Fields } from '../scenario-parts'
import type { CaseResult, Figure, Row, RunOptions, ValidationCase } from '../validation-case'

/** Rate of the run that finds what one request per second costs the busiest resource. */
const PILOT_PER_SECOND = 1000
const PILOT_SECONDS = 0.2
/** Above this load of any resource nothing is claimed. */
const MOST_LOAD = 0.7
const TOLERANCE = 0.05

const forms = {
  short: { loads: [0.6], requests: 1500 },
  full: { loads: [0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9], requests: 6000 },
} as const

/** One place of the map: both coarse fidelities against `line`, relative differences. */
export interface MapPoint {
  readonly name: string
  readonly load: number
  /** Utilization of the busiest resource in `line`. */
  readonly use: number
  readonly mean: { readonly [fidelity in Fidelity]: number }
  readonly p99: { readonly [fidelity in Fidelity]: number }
  readonly events: number
}

/** Measures one scenario at a load: the share of the rate at which its busiest resource would be full. */
function mapPoint(scenario: FidelityScenario, load: number, requests: number): MapPoint {
  const pilot = finished(scenario.document(PILOT_PER_SECOND), 'burst', PILOT_SECONDS)
  const rate = (PILOT_PER_SECOND / busiest(pilot.outcome, pilot.local)) * load
  const runs = (['line', 'burst', 'fluid'] as const).map((fidelity) =>
    finished(scenario.document(rate), fidelity, requests / rate),
  )
  const [line, burst, fluid] = runs
  const of = (read: (outcome: Outcome) => number): MapPoint['mean'] => ({
    line: read(line.outcome),
    burst: read(burst.outcome),
    fluid: read(fluid.outcome),
  })
  return {
    name: scenario.name,
    load,
    use: busiest(line.outcome, line.local),
    mean: of(meanUs),
    p99: of(p99Us),
    events: runs.reduce((sum, run) => sum + run.events, 0),
  }
}

interface Finished {
  readonly outcome: Outcome
  /** Utilization of the busiest local memory. */
  readonly local: number
  readonly events: number
}

function finished(document: ScenarioDocument, fidelity: Fidelity, seconds: number): Finished {
  const run = createRun(
    readDocument({
      ...document,
      run: { ...(document['run'] as Fields), fidelity, warmupSeconds: seconds / 10, durationSeconds: seconds },
    }),
  )
  while (!run.advance(run.shape.endPs, 1_000_000));
  const local = Math.max(...run.machine.local.worked) / run.shape.endPs
  return { outcome: outcomeOf(run), local, events: run.events }
}

function busiest({ devices, links }: Outcome, local: number): number {
  return Math.max(local, ...devices.map((row) => row.utilization), ...links.map((row) => row.utilization))
}

function rowsOf(point: MapPoint): Row[] {
  return (['burst', 'fluid'] as const).flatMap((fidelity) =>
    (['mean', 'p99'] as const).map((quantity) => {
      const named = {
        label: `${point.name}, ${Math.round(point.use * 100)} %: ${quantity} latency in ${fidelity}`,
        unit: 'µs',
        expected: point[quantity].line,
      }
      const simulated = point[quantity][fidelity]
      return point.use > MOST_LOAD
        ? shownRow(named, simulated, 'mechanism')
        : relativeRow(named, simulated, TOLERANCE, 'mechanism')
    }),
  )
}

function figureOf(points: readonly MapPoint[], quantity: 'mean' | 'p99'): Figure {
  return {
    xLabel: 'utilization of the busiest resource',
    yLabel: `${quantity} latency against line, %`,
    xScale: 'linear',
    yScale: 'linear',
    series: (['burst', 'fluid'] as const).map((fidelity) => ({
      name: fidelity,
      kind: 'points',
      points: points.map((point) => [point.use, (point[quantity][fidelity] / point[quantity].line - 1) * 100] as const),
    })),
  }
}

/** Every scenario at every load of a form. */
function run({ form, told }: RunOptions): CaseResult {
  const { loads, requests } = forms[form]
  const jobs = fidelityScenarios.flatMap((scenario) => loads.map((load) => ({ scenario, load })))
  const points = jobs.map(({ scenario, load }, i) => {
    told?.(i / jobs.length)
    return mapPoint(scenario, load, requests)
  })
  return resultOf('F1', points.flatMap(rowsOf), {
    figures: [figureOf(points, 'mean'), figureOf(points, 'p99')],
    events: points.reduce((sum, point) => sum + point.events, 0),
    notes: [
      'The runs of a place have the same arrivals and instructions, but draw their misses apart: a p99 of 6,000 requests scatters by one or two percent of itself.',
      `Above ${MOST_LOAD * 100} % nothing is claimed and the rows are only shown.`,
    ],
  })
}

export const fidelityMap: ValidationCase = {
  id: 'F1',
  title: 'burst and fluid against line',
  group: 'fidelity',
  strictness: 'exact',
  question: 'How far are the mean and the 99th percentile of the coarse fidelities from those of every line by itself?',
  source: 'Fidelity line of this simulator, the reference',
  tolerance: 'Mean and p99 within 5 % while no resource is over 70 % utilized.',
  inputs:
    'Thirty racks: protocols, one and two switches, channels, banks and local memory as bottlenecks, write-backs, 1 to 32 outstanding misses, skewed slabs, two services; and steps that read or write far memory, alone or beside misses. One constant of the coarse fidelities was fitted to some of them; see docs/model.md.',
  secondsShort: 30,
  run,
}
