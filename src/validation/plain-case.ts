import { resultOf } from './measuring'
import { Bench } from './once'
import type { CaseInfo, Figure, Row, ValidationCase } from './validation-case'

export type PlainInfo = Omit<CaseInfo, 'group' | 'strictness' | 'secondsShort'>

/** An exact case without chance, or nearly so: the same in both forms. */
export function plainCase(
  info: PlainInfo,
  rows: (bench: Bench) => readonly Row[],
  notes: readonly string[] = [],
  figures: (rows: readonly Row[]) => readonly Figure[] = () => [],
): ValidationCase {
  return {
    ...info,
    group: 'closed forms',
    strictness: 'exact',
    secondsShort: 1,
    run() {
      const bench = new Bench()
      const measured = rows(bench)
      return resultOf(info.id, measured, { figures: figures(measured), events: bench.events, notes })
    },
  }
}
