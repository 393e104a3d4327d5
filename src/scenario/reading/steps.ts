import type { ChooseOption, ComputeStep, DeviceKind, Step } from '../scenario'
import { readAttempts } from './attempts'
import { readDistribution } from './distribution'
import { mostMessageBytes } from './bytes'
import { expectSumOfOne, readField, readText, readVariant, type FieldRule, type Values } from './field'
import { readKernel } from './kernel'
import { readKinds } from './kinds'
import { expectObject, isFields, listItems, type Place } from './place'

/** Stands in for a step that cannot be read, so that the others keep their numbers. */
const nothing: Step = { do: 'delay', timeNs: { dist: 'constant', value: 0 } }

const bytes = (name: string): FieldRule => ({
  name,
  type: 'integer',
  minimum: 0,
  maximum: mostMessageBytes,
  default: 0,
})
const farBytes: FieldRule = { name: 'bytes', type: 'number', minimum: 0, maximum: mostMessageBytes }
const misses: FieldRule = { name: 'missesPerKiloInstruction', type: 'number', minimum: 0, maximum: 1000, default: 0 }
const dirty: FieldRule = { name: 'dirtyRatio', type: 'number', minimum: 0, maximum: 1, default: 0 }

/** Fields of every kind of step, in the order of the format, without `do`. */
export const stepFields: Record<Step['do'], readonly string[]> = {
  compute: [
    'instructions',
    'timeNs',
    'missesPerKiloInstruction',
    'dirtyRatio',
    'inputBytes',
    'outputBytes',
    'work',
    'workBytes',
    'offload',
  ],
  memory: ['access', 'bytes'],
  kernel: [
    'flops',
    'bytes',
    'inputBytes',
    'outputBytes',
    'sharedBytes',
    'batchSize',
    'batchWindowUs',
    'repeat',
    'offload',
  ],
  call: ['to', 'requestBytes', 'responseBytes', 'attempts'],
  send: ['to', 'requestBytes'],
  parallel: ['branches'],
  choose: ['options'],
  delay: ['timeNs'],
}

/** What left-out fields of a step are; a field has the same default in every kind of step. */
export const stepDefaults: Values = {
  missesPerKiloInstruction: 0,
  dirtyRatio: 0,
  inputBytes: 0,
  outputBytes: 0,
  requestBytes: 0,
  responseBytes: 0,
  sharedBytes: 0,
  batchSize: 1,
  batchWindowUs: 0,
  repeat: 1,
  offload: ['cpu'],
}

/** Reads a list of steps; `kinds` are the device kinds that steps can run on in this version. */
export function readSteps(place: Place, kinds: readonly DeviceKind[]): readonly Step[] {
  return listItems(place, 'a list of steps').map((item) => readStep(item, kinds))
}

function readStep(place: Place, kinds: readonly DeviceKind[]): Step {
  if (!isFields(place.value)) {
    place.refuse('a list of steps', 'objects { "do": … }')
    return nothing
  }
  const kind = readVariant(place.field('do'), 'a step', Object.keys(stepFields) as Step['do'][])
  if (kind === null) return nothing
  const subject = `a ${kind} step`
  expectObject(place, subject, ['do', ...stepFields[kind]])
  const amount = (rule: FieldRule): number => Number(readField(place.field(rule.name), subject, rule))
  switch (kind) {
    case 'compute':
      return readCompute(place, kinds)
    case 'memory':
      return { do: kind, access: readAccess(place.field('access')), bytes: amount(farBytes) }
    case 'kernel':
      return readKernel(place)
    case 'call':
      return {
        do: kind,
        to: readTarget(place, subject),
        requestBytes: amount(bytes('requestBytes')),
        responseBytes: amount(bytes('responseBytes')),
        ...readAttempts(place.field('attempts')),
      }
    case 'send':
      return { do: kind, to: readTarget(place, subject), requestBytes: amount(bytes('requestBytes')) }
    case 'parallel':
      return {
        do: kind,
        branches: listItems(place.field('branches'), subject, 1).map((branch) => readBranch(branch, kinds)),
      }
    case 'choose':
      return { do: kind, options: readOptions(place.field('options'), subject, kinds) }
    case 'delay':
      return { do: kind, timeNs: readDistribution(place.field('timeNs')) }
  }
}

function readCompute(place: Place, kinds: readonly DeviceKind[]): Step {
  const subject = 'a compute step'
  const hasInstructions = place.field('instructions').isGiven
  const hasTime = place.field('timeNs').isGiven
  if (hasInstructions === hasTime)
    place.error(`${subject} needs exactly one of "instructions" and "timeNs"; got ${hasTime ? 'both' : 'neither'}`)
  const amount = (rule: FieldRule): number => Number(readField(place.field(rule.name), subject, rule))
  const step: Step = {
    do: 'compute',
    ...(hasInstructions ? { instructions: readDistribution(place.field('instructions')) } : {}),
    ...(hasTime ? { timeNs: readDistribution(place.field('timeNs')) } : {}),
    missesPerKiloInstruction: amount(misses),
    dirtyRatio: amount(dirty),
    inputBytes: amount(bytes('inputBytes')),
    outputBytes: amount(bytes('outputBytes')),
    ...readWork(place),
    offload: readComputeKinds(place.field('offload'), kinds),
  }
  if (!hasInstructions && step.missesPerKiloInstruction > 0) {
    place
      .field(misses.name)
      .error(`misses are counted per instruction, and this step has none; got ${step.missesPerKiloInstruction}`)
  }
  return step
}

/** What an engine of a NIC could do in place of a core, and how many bytes that is; its input unless it says so. */
function readWork(place: Place): Pick<ComputeStep, 'work' | 'workBytes'> {
  const [work, amount] = [place.field('work'), place.field('workBytes')]
  if (!work.isGiven) {
    if (amount.isGiven) amount.error('bytes for an engine need "work", what the engine does')
    return {}
  }
  const kind = readVariant(work, 'a compute step', ['serialization', 'compression', 'crypto'] as const)
  if (kind === null) return {}
  return amount.isGiven
    ? { work: kind, workBytes: Number(readField(amount, 'a compute step', bytes('workBytes'))) }
    : { work: kind }
}

/** Compute steps run on cores; what a GPU runs is a kernel. */
function readComputeKinds(place: Place, kinds: readonly DeviceKind[]): readonly DeviceKind[] {
  const list = readKinds(place, 'a compute step', [...new Set<DeviceKind>([...kinds, 'memory', 'gpu'])])
  if (list.includes('gpu')) place.error('a compute step needs a core; what a GPU runs is a kernel step; got "gpu"')
  return list.filter((kind) => kind !== 'gpu')
}

function readAccess(place: Place): 'read' | 'write' {
  return readVariant(place, 'a memory step', ['read', 'write'] as const) ?? 'read'
}

function readTarget(place: Place, subject: string): string {
  return readText(place.field('to'), subject, 'the operation it goes to, as "service.operation"')
}

function readBranch(place: Place, kinds: readonly DeviceKind[]): readonly Step[] {
  if (!Array.isArray(place.value)) place.refuse('a parallel step', 'a list of steps for each branch')
  return Array.isArray(place.value) ? readSteps(place, kinds) : []
}

function readOptions(place: Place, subject: string, kinds: readonly DeviceKind[]): readonly ChooseOption[] {
  const options = listItems(place, subject, 1).map((item) => readOption(item, kinds))
  if (options.length > 0)
    expectSumOfOne(
      place,
      options.map((option) => option.probability),
    )
  return options
}

function readOption(place: Place, kinds: readonly DeviceKind[]): ChooseOption {
  const subject = 'an option'
  if (!expectObject(place, subject, ['probability', 'steps'])) return { probability: 0, steps: [] }
  const probability = readField(place.field('probability'), subject, {
    name: 'probability',
    type: 'number',
    minimum: 0,
    maximum: 1,
  })
  return { probability: Number(probability), steps: readSteps(place.field('steps'), kinds) }
}
