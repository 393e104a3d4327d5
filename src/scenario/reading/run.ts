import type { RunSettings } from '../scenario'
import { readFields, type FieldRule } from './field'
import { expectObject, type Place } from './place'

/** 2^53 ps, the end of what simulated time can hold exactly. */
const longestRunSeconds = 9007.199254740992

export const runRules: readonly FieldRule[] = [
  { name: 'seed', type: 'integer', minimum: 0, default: 1 },
  { name: 'warmupSeconds', type: 'number', minimum: 0, default: 0 },
  { name: 'durationSeconds', type: 'number', exclusiveMinimum: 0, minimum: 1e-12, default: 1 },
  { name: 'replications', type: 'integer', minimum: 1, maximum: 10000, default: 1 },
  {
    name: 'fidelity',
    type: 'choice',
    choices: ['line', 'burst', 'fluid'],
    default: 'burst',
  },
  { name: 'amortizationYears', type: 'number', exclusiveMinimum: 0, maximum: 1000, default: 3 },
  { name: 'electricityUsdPerKwh', type: 'number', minimum: 0, default: 0.0733 },
  { name: 'powerUsageEffectiveness', type: 'number', minimum: 1, maximum: 100, default: 1.58 },
]

/** Reads how long, how often and how finely a scenario is run. */
export function readRun(place: Place): RunSettings {
  if (place.isGiven)
    expectObject(
      place,
      'a run',
      runRules.map((rule) => rule.name),
    )
  const run = readFields(place, 'a run', runRules) as unknown as RunSettings // the rules name its fields
  const seconds = run.warmupSeconds + run.durationSeconds
  if (!(seconds < longestRunSeconds)) {
    place.error(
      `warm-up and duration together stay below ${longestRunSeconds} s, as times are whole picoseconds below 2^53; got ${seconds} s`,
    )
  }
  return run
}
