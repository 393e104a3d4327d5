import { callFacts, type CallFacts } from './call-facts'
import { countFacts, type CountFacts } from './count-facts'
import type { Trace } from './span'
import { timeFacts, type TimeFacts } from './time-facts'

/**
 * What traces say before anything is made of them: counts, edges and times in microseconds. Keys of the inner records
 * are names joined by tabs. Local time is an entry span's duration minus the union of its outbound calls; exclusive self
 * time is a span's duration minus the union of its direct children.
 */
export interface TraceFacts extends CountFacts, CallFacts, TimeFacts {
  readonly dataset: string
  readonly format: 'jaeger'
  readonly input: string
  readonly files: number
  readonly reader_notes: Readonly<Record<string, number>>
}

export interface FactsSource {
  readonly dataset: string
  readonly input: string
  readonly files: number
  readonly notes: Readonly<Record<string, number>>
}

export function traceFacts(traces: readonly Trace[], source: FactsSource): TraceFacts {
  return {
    dataset: source.dataset,
    format: 'jaeger',
    input: source.input,
    ...countFacts(traces),
    reader_notes: Object.fromEntries(Object.entries(source.notes).filter(([, count]) => count > 0)),
    ...callFacts(traces),
    ...timeFacts(traces),
    files: source.files,
  }
}
