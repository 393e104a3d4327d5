import type { Scenario, Source } from '../scenario'
import { readStream } from './application'
import { readAttempts } from './attempts'
import { readArrivals } from './arrivals'
import { mostMessageBytes } from './bytes'
import { readField, readId, readLabel, readText, type FieldRule, type Values } from './field'
import { expectObject, listItems, type Place } from './place'

const source = 'a source'
const bytesRule = (name: string): FieldRule => ({
  name,
  type: 'integer',
  minimum: 0,
  maximum: mostMessageBytes,
  default: 0,
})
/** Fields of a source in the order of the format. */
export const sourceFields: readonly string[] = [
  'id',
  'label',
  'entry',
  'via',
  'requestBytes',
  'responseBytes',
  'stream',
  'attempts',
  'arrivals',
]

/** What left-out fields of a source are; its stream has its id for a name. */
export const sourceDefaults: Values = { via: null, requestBytes: 0, responseBytes: 0 }

/** Reads who asks, what for and when. */
export function readWorkload(place: Place): Scenario['workload'] {
  if (place.isGiven) expectObject(place, 'the workload', ['sources'])
  const taken = new Map<string, string>()
  return { sources: listItems(place.field('sources'), 'a workload').map((item) => readSource(item, taken)) }
}

/** Stands in for a source that cannot be read, so that the others keep their numbers. */
const nobody: Source = {
  id: '',
  entry: '',
  via: null,
  requestBytes: 0,
  responseBytes: 0,
  stream: '',
  arrivals: { process: 'constant', ratePerSecond: 0 },
}

function readSource(place: Place, taken: Map<string, string>): Source {
  if (!expectObject(place, source, sourceFields)) return nobody
  const id = readId(place, source, taken)
  const size = (name: string): number => Number(readField(place.field(name), source, bytesRule(name)))
  return {
    id,
    ...readLabel(place, source),
    entry: readText(place.field('entry'), source, 'the operation it asks for, as "service.operation"'),
    via: readVia(place.field('via')),
    requestBytes: size('requestBytes'),
    responseBytes: size('responseBytes'),
    stream: readStream(place.field('stream'), source, id),
    ...readAttempts(place.field('attempts')),
    arrivals: readArrivals(place.field('arrivals')),
  }
}

function readVia(place: Place): string | null {
  return place.value === undefined || place.value === null
    ? null
    : readText(place, source, 'the id of a NIC pool or null')
}
