import { resultOf } from './measuring'
import { Bench } from './once'
import type { CaseInfo, CaseResult, Figure, ValidationCase } from './validation-case'

/** Cases held against what others measured. */

export function publishedCase(
  info: Omit<CaseInfo, 'group'>,
  run: (bench: Bench) => Omit<CaseResult, 'id' | 'verdict' | 'events'>,
): ValidationCase {
  return {
    ...info,
    group: 'published',
    run() {
      const bench = new Bench()
      const { rows, figures, notes } = run(bench)
      return resultOf(info.id, rows, { figures, notes, events: bench.events })
    },
  }
}

/** Measured points and ours, over a size or a load. */
export function comparison(
  axes: Omit<Figure, 'series'>,
  published: readonly (readonly [number, number])[],
  simulated: readonly (readonly [number, number])[],
): Figure {
  return {
    ...axes,
    series: [
      { name: 'published', kind: 'points', points: published },
      { name: 'simulated', kind: 'line', points: simulated },
    ],
  }
}
