import type { Scenario } from '../scenario/scenario'
import type { Outcome } from '../simulator/outcome'
import { intervalRow, replicate, resultOf } from './measuring'
import type { CaseInfo, Figure, Form, Row, ValidationCase } from './validation-case'

/** Cases of the class `exact`: systems with closed forms, run in independent replications. */

const REPLICATIONS = 20

/** The short form is this many times shorter, so its half-widths are three times as wide. */
const SHORTER = 9
const WIDER = 3

const EXACT_TOLERANCE =
  'The formula lies in the 99.9 % t-interval of 20 replications with seeds fixed before the first run; the 95 % half-width is at most 1 % for means and 2 % for percentiles and losses (short form: a ninth of the time, so 3 % and 6 %).'

const BY_CHANCE =
  'One interval in a thousand misses by chance. A row that is outside in the short form must be within in the recorded full form, nine times as long; else it is a fault of the model.'

export interface Quantity {
  readonly label: string
  readonly unit: string
  readonly formula: number
  readonly read: (outcome: Outcome) => number
  /** Most 95 % half-width in the full form, relative. */
  readonly halfWidth: number
}

export interface System {
  readonly name: string
  /** @param seconds the measured window of one replication */
  readonly scenario: (seconds: number) => Scenario
  /** Of the full form. */
  readonly seconds: number
  readonly quantities: readonly Quantity[]
  /** Too long for the short form: near saturation. */
  readonly onlyFull?: boolean
}

export type ExactInfo = Omit<CaseInfo, 'group' | 'strictness' | 'tolerance'>

export function exactCase(
  info: ExactInfo,
  systems: readonly System[],
  figures: (rows: readonly Row[]) => readonly Figure[] = () => [],
): ValidationCase {
  return {
    ...info,
    group: 'closed forms',
    strictness: 'exact',
    tolerance: EXACT_TOLERANCE,
    run({ form, told }) {
      const chosen = systems.filter((system) => form === 'full' || !system.onlyFull)
      let events = 0
      const rows = chosen.flatMap((system, i) => {
        const ran = runSystem(system, form, (share) => told?.((i + share) / chosen.length))
        events += ran.events
        return ran.rows
      })
      const left = systems.length - chosen.length
      const notes =
        left > 0 ? [`${left} of ${systems.length} systems, near saturation, run in the full form only.`] : []
      if (form === 'short' && rows.some((row) => row.verdict === 'outside')) notes.push(BY_CHANCE)
      return resultOf(info.id, rows, { figures: figures(rows), events, notes })
    },
  }
}

function runSystem(system: System, form: Form, told: (share: number) => void) {
  const isShort = form === 'short'
  const scenario = system.scenario(isShort ? system.seconds / SHORTER : system.seconds)
  const { outcomes, events } = replicate(scenario, REPLICATIONS, told)
  const rows = system.quantities.map(({ label, unit, formula, read, halfWidth }) =>
    intervalRow(
      { label: `${system.name}: ${label}`, unit, expected: formula },
      outcomes.map(read),
      isShort ? WIDER * halfWidth : halfWidth,
    ),
  )
  return { rows, events }
}

/** A mean to 1 %. */
export function mean(label: string, unit: string, formula: number, read: Quantity['read']): Quantity {
  return { label, unit, formula, read, halfWidth: 0.01 }
}

/** A percentile or a loss, to 2 %. */
export function percentile(label: string, unit: string, formula: number, read: Quantity['read']): Quantity {
  return { label, unit, formula, read, halfWidth: 0.02 }
}
