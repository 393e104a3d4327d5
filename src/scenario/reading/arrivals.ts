import type { Arrivals, Distribution } from '../scenario'
import { readDistribution } from './distribution'
import { readField, readNumbers, readVariant, type FieldRule } from './field'
import { expectObject, isFields, listItems, type Place } from './place'

const subject = 'a source'
const none: Arrivals = { process: 'constant', ratePerSecond: 0 }

/** No more than one arrival per picosecond. */
const rate: FieldRule = { name: 'ratePerSecond', type: 'number', minimum: 0, maximum: 1e12 }
const positiveTime = (name: string): FieldRule => ({ name, type: 'number', exclusiveMinimum: 0, maximum: 1e9 })
const users: FieldRule = { name: 'users', type: 'integer', minimum: 1, maximum: 1e6 }

const fieldsOf: Record<Arrivals['process'], readonly string[]> = {
  constant: ['ratePerSecond'],
  poisson: ['ratePerSecond'],
  mmpp: ['states'],
  trace: ['timesSeconds'],
  rates: ['bucketSeconds', 'ratesPerSecond'],
  closed: ['users', 'thinkTimeNs'],
}

/** Reads how requests come; what cannot be read is reported and read as no arrivals. */
export function readArrivals(place: Place): Arrivals {
  if (!isFields(place.value)) {
    place.refuse(subject, 'an object { "process": … }')
    return none
  }
  const process = readVariant(place.field('process'), subject, Object.keys(fieldsOf) as Arrivals['process'][])
  if (process === null) return none
  expectObject(place, 'an arrival process', ['process', ...fieldsOf[process]])
  switch (process) {
    case 'constant':
    case 'poisson':
      return { process, ratePerSecond: readNumber(place, rate) }
    case 'mmpp':
      return { process, states: listItems(place.field('states'), subject, 1).map(readState) }
    case 'trace':
      return { process, timesSeconds: readTimes(place.field('timesSeconds')) }
    case 'rates':
      return {
        process,
        bucketSeconds: readNumber(place, positiveTime('bucketSeconds')),
        ratesPerSecond: readNumbers(place.field('ratesPerSecond'), subject, rate),
      }
    case 'closed':
      return { process, users: readNumber(place, users), thinkTimeNs: readThinkTime(place) }
  }
}

function readNumber(place: Place, rule: FieldRule): number {
  return Number(readField(place.field(rule.name), subject, rule))
}

function readThinkTime(place: Place): Distribution {
  return readDistribution(place.field('thinkTimeNs'))
}

function readState(place: Place): { readonly ratePerSecond: number; readonly meanSeconds: number } {
  expectObject(place, 'a state', ['ratePerSecond', 'meanSeconds'])
  return { ratePerSecond: readNumber(place, rate), meanSeconds: readNumber(place, positiveTime('meanSeconds')) }
}

function readTimes(place: Place): readonly number[] {
  const times = readNumbers(place, subject, { name: '', type: 'number', minimum: 0, maximum: 1e9 }, 0)
  const wrong = times.findIndex((time, index) => time < (times[index - 1] ?? 0))
  if (wrong > 0) place.item(wrong).error(`arrival times do not go back; got ${times[wrong]} after ${times[wrong - 1]}`)
  return times
}
