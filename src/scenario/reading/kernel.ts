import type { DeviceKind, Distribution, KernelStep } from '../scenario'
import { mostMessageBytes } from './bytes'
import { readDistribution } from './distribution'
import { readField, type FieldRule } from './field'
import { readKinds } from './kinds'
import { isFields, type Place } from './place'

const subject = 'a kernel step'
const amount = (name: string): FieldRule => ({ name, type: 'number', minimum: 0, maximum: 1e18 })
const message = (name: string): FieldRule => ({
  name,
  type: 'integer',
  minimum: 0,
  maximum: mostMessageBytes,
  default: 0,
})
const shared: FieldRule = { ...amount('sharedBytes'), default: 0 }
const batchSize: FieldRule = { name: 'batchSize', type: 'integer', minimum: 1, maximum: 65536, default: 1 }
const batchWindow: FieldRule = { name: 'batchWindowUs', type: 'number', minimum: 0, maximum: 1e9, default: 0 }
const repeat: FieldRule = { name: 'repeat', type: 'integer', minimum: 1, maximum: 1e6, default: 1 }

/** Reads a kernel step, which can run on a core or on a GPU. */
export function readKernel(place: Place): KernelStep {
  const number = (rule: FieldRule): number => Number(readField(place.field(rule.name), subject, rule))
  const step: KernelStep = {
    do: 'kernel',
    flops: number(amount('flops')),
    bytes: number(amount('bytes')),
    inputBytes: number(message('inputBytes')),
    outputBytes: number(message('outputBytes')),
    sharedBytes: number(shared),
    batchSize: number(batchSize),
    batchWindowUs: number(batchWindow),
    repeat: readRepeat(place.field('repeat')),
    offload: readKinds(place.field('offload'), subject, ['cpu', 'nic', 'gpu'] satisfies DeviceKind[]),
  }
  if (step.sharedBytes > step.bytes)
    place
      .field('sharedBytes')
      .error(`shared bytes are part of "bytes", ${step.bytes}, so at most that many; got ${step.sharedBytes}`)
  if (step.batchWindowUs > 0 && step.batchSize === 1)
    place.field('batchWindowUs').error('it waits for others, but "batchSize" lets none join; give a size of 2 or more')
  return step
}

/** How often: a whole number, or a distribution that is drawn once for each visit of the step. */
function readRepeat(place: Place): number | Distribution {
  return isFields(place.value) ? readDistribution(place) : Number(readField(place, subject, repeat))
}
