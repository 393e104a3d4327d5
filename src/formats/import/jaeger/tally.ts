import type { Fate, ReportRow } from '../import-report'
import { compareText } from './span'

interface Count {
  readonly fate: Fate
  readonly what: string
  readonly reason: string
  count: number
  example: string
}

/** Counts what happened on the way, by reason, and keeps one example of each. */
export class Tally {
  private readonly counts = new Map<string, Count>()

  /** Adds `count` of a kind; the example that comes first in the alphabet stays. */
  add(fate: Fate, what: string, reason: string, example = '', count = 1): void {
    const key = `${fate}\u0000${what}\u0000${reason}`
    const known = this.counts.get(key)
    if (known === undefined) {
      this.counts.set(key, { fate, what, reason, count, example })
      return
    }
    known.count += count
    if (compareText(example, known.example) < 0) known.example = example
  }

  /** How many of a kind were counted, for whatever reason. */
  total(what: string): number {
    return [...this.counts.values()].filter((row) => row.what === what).reduce((sum, row) => sum + row.count, 0)
  }

  /** The rows of one fate, in the order in which they first came up. */
  rows(fate: Fate): readonly ReportRow[] {
    return [...this.counts.values()].filter((row) => row.fate === fate).map((row) => ({ ...row }))
  }
}
