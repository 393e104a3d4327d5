import type { CaseResult } from '../../validation/validation-case'
import type { Recorded } from '../../stores/validation-store'

/** The file as it is written: JSON has no NaN, so null stands for it. */
interface RecordedFile extends Pick<Recorded, 'cases' | 'notSimulated'> {
  readonly short: Readonly<Record<string, CaseResult>>
  readonly full: Readonly<Record<string, CaseResult>>
}

/** @throws Error where the text is no record of results */
export function readRecorded(text: string): Recorded {
  // Written by `npm run validate` and shipped with the page, so its shape is that of the contract.
  const file = JSON.parse(text, (_key, value: unknown) => (value === null ? NaN : value)) as RecordedFile
  if (!Array.isArray(file.cases)) throw new Error('The recorded results cannot be read.')
  return {
    cases: file.cases,
    notSimulated: file.notSimulated,
    short: new Map(Object.entries(file.short)),
    full: new Map(Object.entries(file.full)),
  }
}

/** The result that says most: of the full form where it was recorded, else of the short one. */
export function strongest(recorded: Recorded, id: string): CaseResult | null {
  return recorded.full.get(id) ?? recorded.short.get(id) ?? null
}

/** The strongest results of all cases that were recorded, in the order of the cases. */
export function strongestResults(recorded: Recorded): ReadonlyMap<string, CaseResult> {
  return new Map(
    recorded.cases.flatMap(({ id }) => {
      const result = strongest(recorded, id)
      return result === null ? [] : [[id, result]]
    }),
  )
}
