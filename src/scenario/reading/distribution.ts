import type { Distribution } from '../scenario'
import { expectSumOfOne, readFields, readNumbers, readVariant, type FieldRule } from './field'
import { expectObject, isFields, type Place } from './place'

const subject = 'a distribution'
const none: Distribution = { dist: 'constant', value: 0 }

/** Times and instructions beyond this overflow simulated time in any unit. */
const most = 1e15
const amount = (name: string): FieldRule => ({ name, type: 'number', minimum: 0, maximum: most })
const positiveAmount = (name: string): FieldRule => ({ name, type: 'number', exclusiveMinimum: 0, maximum: most })

/** The numbers of each distribution; all of them are required. */
const numbersOf = {
  constant: [amount('value')],
  uniform: [amount('min'), amount('max')],
  exponential: [amount('mean')],
  erlang: [{ name: 'k', type: 'integer', minimum: 1, maximum: 1000 }, amount('mean')],
  hyperexponential: [],
  lognormal: [positiveAmount('mean'), { name: 'cv', type: 'number', minimum: 0, maximum: 1000 }],
  gamma: [positiveAmount('mean'), { name: 'cv', type: 'number', exclusiveMinimum: 0, maximum: 1000 }],
  pareto: [
    { name: 'shape', type: 'number', exclusiveMinimum: 0, maximum: 1000 },
    positiveAmount('min'),
    positiveAmount('max'),
  ],
  empirical: [],
} as const satisfies Record<Distribution['dist'], readonly FieldRule[]>

const listsOf: Partial<Record<Distribution['dist'], readonly string[]>> = {
  hyperexponential: ['probabilities', 'means'],
  empirical: ['values', 'weights'],
}

/** Reads a random quantity; what cannot be read is reported and read as the constant 0. */
export function readDistribution(place: Place): Distribution {
  if (!isFields(place.value)) {
    place.error(
      `a distribution is written as { "dist": … }; got ${typeof place.value === 'number' ? 'a number' : 'no object'}`,
    )
    return none
  }
  const dist = readVariant(place.field('dist'), subject, Object.keys(numbersOf) as Distribution['dist'][])
  if (dist === null) return none
  const rules: readonly FieldRule[] = numbersOf[dist]
  expectObject(place, `a distribution (${dist})`, ['dist', ...rules.map((rule) => rule.name), ...(listsOf[dist] ?? [])])
  if (dist === 'hyperexponential') return readHyperexponential(place)
  if (dist === 'empirical') return readEmpirical(place)
  return readWithOrder(place, dist, rules)
}

/** The distributions of plain numbers. `as`: the table above has exactly the fields of each. */
function readWithOrder(place: Place, dist: Distribution['dist'], rules: readonly FieldRule[]): Distribution {
  const read = { dist, ...readFields(place, subject, rules) } as unknown as Distribution
  if ((read.dist === 'uniform' || read.dist === 'pareto') && read.max < read.min) {
    place.field('max').error(`the maximum is at least the minimum, ${read.min}; got ${read.max}`)
  }
  return read
}

function readHyperexponential(place: Place): Distribution {
  const probabilities = readNumbers(place.field('probabilities'), subject, {
    name: '',
    type: 'number',
    minimum: 0,
    maximum: 1,
  })
  const means = readNumbers(place.field('means'), subject, amount(''))
  expectSumOfOne(place.field('probabilities'), probabilities)
  expectSameLength(place.field('means'), means, 'mean', probabilities, 'probability')
  return { dist: 'hyperexponential', probabilities, means }
}

function readEmpirical(place: Place): Distribution {
  const values = readNumbers(place.field('values'), subject, amount(''))
  if (!place.field('weights').isGiven) return { dist: 'empirical', values }
  const weights = readNumbers(place.field('weights'), subject, amount(''))
  expectSameLength(place.field('weights'), weights, 'weight', values, 'value')
  if (!weights.some((weight) => weight > 0))
    place.field('weights').error('at least one weight is more than 0; got none')
  return { dist: 'empirical', values, weights }
}

function expectSameLength(
  place: Place,
  list: readonly number[],
  what: string,
  other: readonly number[],
  owner: string,
): void {
  if (list.length !== other.length)
    place.error(`one ${what} for each ${owner}, ${other.length} in all; got ${list.length}`)
}
