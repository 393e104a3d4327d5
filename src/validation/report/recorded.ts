import { cases, infoOf, notSimulated } from '../index'
import type { CaseInfo, CaseResult, Form, NotSimulated } from '../validation-case'

/**
 * The recorded results, `public/validation/results.json`: the same bytes from the same code on every engine. JSON has no
 * NaN; it is written as null.
 */
export interface Recorded {
  readonly cases: readonly CaseInfo[]
  readonly notSimulated: readonly NotSimulated[]
  /** By case id; a case may not have been run in a form yet. */
  readonly short: Readonly<Partial<Record<string, CaseResult>>>
  readonly full: Readonly<Partial<Record<string, CaseResult>>>
}

/** What was recorded before, with new results put in; cases that no longer exist fall out. */
export function recordedWith(before: Recorded | null, form: Form, results: readonly CaseResult[]): Recorded {
  const ran = { ...before?.[form], ...Object.fromEntries(results.map((result) => [result.id, result])) }
  const short = inOrder(form === 'short' ? ran : before?.short)
  const full = inOrder(form === 'full' ? ran : before?.full)
  return { cases: cases.map(infoOf), notSimulated, short, full }
}

function inOrder(all: Recorded['full'] = {}): Recorded['full'] {
  const known = cases.flatMap(({ id }) => all[id] ?? [])
  return Object.fromEntries(known.map((result) => [result.id, result]))
}
/** One line per case and form, so that a change shows where it is. */
export function recordedText({ cases: infos, notSimulated: left, short, full }: Recorded): string {
  const lines = (items: readonly string[]): string => items.map((item) => `    ${item}`).join(',\n')
  const results = (all: Recorded['full']): string =>
    lines(Object.entries(all).map(([id, result]) => `${JSON.stringify(id)}: ${JSON.stringify(result)}`))
  return [
    '{',
    `  "cases": [\n${lines(infos.map((info) => JSON.stringify(info)))}\n  ],`,
    `  "notSimulated": [\n${lines(left.map((one) => JSON.stringify(one)))}\n  ],`,
    `  "short": {\n${results(short)}\n  },`,
    `  "full": {\n${results(full)}\n  }`,
    '}',
    '',
  ].join('\n')
}

/** The recorded results as they were, NaN for null. */
export function readRecorded(text: string): Recorded {
  return JSON.parse(text, (_key, value: unknown) => (value === null ? NaN : value)) as Recorded // written by recordedText
}
