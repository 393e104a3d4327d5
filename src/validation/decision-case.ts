import { resultOf } from './measuring'
import { Bench } from './once'
import type { CaseInfo, CaseResult, Figure, FigureSeries, Row, RunOptions, ValidationCase } from './validation-case'

/** What a case of decisions is given beside its bench. */
export interface Extent extends RunOptions {
  readonly isShort: boolean
}

/** A case about what policies decide. */
export function decisionCase(
  info: Omit<CaseInfo, 'group'>,
  run: (bench: Bench, extent: Extent) => Omit<CaseResult, 'id' | 'verdict' | 'events'>,
): ValidationCase {
  return {
    ...info,
    group: 'decisions',
    run(options) {
      const bench = new Bench()
      const { rows, figures, notes } = run(bench, { ...options, isShort: options.form === 'short' })
      return resultOf(info.id, rows, { figures, notes, events: bench.events })
    },
  }
}

type Point = readonly [number, number]

export const line = (name: string, points: readonly Point[]): FigureSeries => ({ name, kind: 'line', points })
export const dots = (name: string, points: readonly Point[]): FigureSeries => ({ name, kind: 'points', points })

/** Every row of some kind, simulated over expected, beside the line on which they should be. */
export function agreement(what: string, rows: readonly Row[]): Figure {
  const values = rows.map(({ expected }) => expected).sort((a, b) => a - b)
  const ends = [values[0], values[values.length - 1]]
  return {
    xLabel: `${what}, theory`,
    yLabel: `${what}, simulated`,
    xScale: 'log',
    yScale: 'log',
    series: [
      line(
        'theory',
        ends.map((end) => [end, end]),
      ),
      dots(
        'simulated',
        rows.map(({ expected, simulated }) => [expected, simulated]),
      ),
    ],
  }
}
