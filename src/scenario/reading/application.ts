import type { Catalog } from '../catalog'
import type { Locality, Operation, Scenario, Service } from '../scenario'
import { shown } from '../words'
import { readField, readFields, readId, readLabel, readText, readVariant, type FieldRule, type Values } from './field'
import { readCache } from './cache-use'
import { readFootprintPhases } from './footprint-phases'
import { readKinds } from './kinds'
import { expectObject, isFields, listItems, type Place } from './place'
import { readSteps } from './steps'

export type Application = Scenario['application']

const service = 'a service'

export const rpcRules: readonly FieldRule[] = [
  { name: 'cyclesPerMessage', type: 'number', minimum: 0, maximum: 1e12, default: 0 },
  { name: 'cyclesPerByte', type: 'number', minimum: 0, maximum: 1e9, default: 0 },
]

/** Fields of a service before and after its place (`runsOn`, `on`), in the order of the format. */
export const serviceRules: readonly FieldRule[] = [
  { name: 'replicas', type: 'integer', minimum: 1, default: 1 },
  { name: 'threads', type: 'integer', minimum: 1, nullMeans: 'unlimited', default: null },
  { name: 'queueLimit', type: 'integer', minimum: 0, nullMeans: 'unlimited', default: null },
  { name: 'dispatch', type: 'choice', choices: ['shared', 'round-robin', 'bound'], default: 'shared' },
]

/** Fields that are left out where they are not given. */
const scalingRules: readonly FieldRule[] = [
  { name: 'minReplicas', type: 'integer', minimum: 0, nullMeans: 'as many as replicas' },
  { name: 'maxReplicas', type: 'integer', minimum: 1, nullMeans: 'as many as replicas' },
  { name: 'coldStartMs', type: 'number', minimum: 0, maximum: 1e9 },
]

const mostMiB = 1e12
const shedRule: FieldRule = { name: 'shedAfterMs', type: 'number', minimum: 0, maximum: 1e9 }

export const memoryRules: readonly FieldRule[] = [
  { name: 'footprintMiB', type: 'number', minimum: 0, maximum: mostMiB, default: 0 },
  { name: 'stateMiB', type: 'number', minimum: 0, maximum: mostMiB, nullMeans: 'its local bytes', default: null },
  { name: 'dirtyMiBps', type: 'number', minimum: 0, maximum: mostMiB, default: 0 },
  { name: 'writableMiB', type: 'number', minimum: 0, maximum: mostMiB, nullMeans: 'its whole state', default: null },
  { name: 'contextKiB', type: 'number', minimum: 0, maximum: mostMiB, default: 2048 },
  { name: 'localShare', type: 'number', minimum: 0, maximum: 1, default: 1 },
]

/** Fields that are there only where a service gives them. */
const offloadRules: readonly FieldRule[] = [
  { name: 'codeMiB', type: 'number', minimum: 0, maximum: mostMiB },
  { name: 'offloadStateMiB', type: 'number', minimum: 0, maximum: mostMiB },
  { name: 'hotSetLifeMs', type: 'number', minimum: 0.001, maximum: 1e12 },
]

/** Fields of a service in the order of the format. */
export const serviceFields: readonly string[] = [
  'id',
  'label',
  'replicas',
  ...scalingRules.map((rule) => rule.name),
  ...serviceRules.flatMap(({ name }) => (name === 'replicas' ? [] : [name])),
  'shedAfterMs',
  'runsOn',
  'on',
  ...memoryRules.map((rule) => rule.name),
  'locality',
  'footprintPhases',
  'cache',
  ...offloadRules.map((rule) => rule.name),
  'operations',
]

/** Reads the services with their operations. */
export function readApplication(place: Place, catalog: Catalog): Application {
  if (place.isGiven) expectObject(place, 'the application', ['rpc', 'services'])
  const rpc = place.field('rpc')
  if (rpc.isGiven)
    expectObject(
      rpc,
      'rpc',
      rpcRules.map((rule) => rule.name),
    )
  const taken = new Map<string, string>()
  return {
    rpc: readFields(rpc, 'rpc', rpcRules) as unknown as Application['rpc'], // the rules name its fields
    services: listItems(place.field('services'), 'an application').map((item) => readService(item, taken, catalog)),
  }
}

function readService(place: Place, taken: Map<string, string>, catalog: Catalog): Service {
  const id = expectObject(place, service, serviceFields) ? readId(place, service, taken) : ''
  const operationIds = new Map<string, string>()
  return {
    id,
    ...readLabel(place, service),
    ...readScaling(place),
    ...readFields(place, service, serviceRules),
    ...(place.field('shedAfterMs').isGiven
      ? { shedAfterMs: readField(place.field('shedAfterMs'), service, shedRule) }
      : {}),
    runsOn: readRunsOn(place.field('runsOn'), catalog),
    on: readDevice(place.field('on'), service),
    ...readFields(place, service, memoryRules),
    locality: readLocality(place.field('locality')),
    ...readFootprintPhases(place),
    ...readCache(place.field('cache')),
    ...readFields(
      place,
      service,
      offloadRules.filter((rule) => place.field(rule.name).isGiven),
    ),
    operations: listItems(place.field('operations'), service).map((item) =>
      readOperation(item, id, operationIds, catalog),
    ),
  } as unknown as Service // the rules name the fields that are read from tables
}

/** The bounds of the number of instances, and the cold start, as far as they are given. */
function readScaling(place: Place): Values {
  const given = scalingRules.filter(({ name }) => (place.field(name).value ?? null) !== null)
  const read = readFields(place, service, given)
  const values = Object.fromEntries(Object.entries(read).filter(([name, value]) => value === place.field(name).value))
  const { minReplicas, maxReplicas } = values
  const replicas = place.field('replicas').value ?? 1
  if (typeof replicas !== 'number') return values
  if (typeof minReplicas === 'number' && minReplicas > replicas)
    place.field('minReplicas').error(`at most replicas, which is ${replicas}; got ${minReplicas}`)
  if (typeof maxReplicas === 'number' && maxReplicas < replicas)
    place.field('maxReplicas').error(`at least replicas, which is ${replicas}; got ${maxReplicas}`)
  return values
}

function readRunsOn(place: Place, catalog: Catalog): Service['runsOn'] {
  if (Array.isArray(place.value) && place.value.length === 0) place.refuse(service, 'at least one kind of device')
  return readKinds(place, service, catalog.runsOn)
}

/** `"cpu"`, `{ "node": "cpu", "device": 0 }`, or null. */
export function readDevice(place: Place, subject: string): Service['on'] {
  if (place.value === undefined || place.value === null) return null
  if (typeof place.value === 'string') return { node: place.value, device: null }
  if (!isFields(place.value)) {
    place.refuse(subject, 'the id of a node or { "node": …, "device": … }')
    return null
  }
  expectObject(place, 'a device', ['node', 'device'])
  const node = readText(place.field('node'), 'a device', 'the id of a node')
  const device = readField(place.field('device'), 'a device', {
    name: 'device',
    type: 'integer',
    minimum: 0,
    nullMeans: 'any device of the node',
    default: null,
  })
  return { node, device: device === null ? null : Number(device) }
}

function readLocality(place: Place): Locality {
  if (!place.isGiven) return { model: 'uniform' }
  if (!isFields(place.value)) {
    place.refuse(service, 'a locality { "model": … }')
    return { model: 'uniform' }
  }
  const model = readVariant(place.field('model'), 'a locality', ['uniform', 'zipf', 'curve'] as const) ?? 'uniform'
  switch (model) {
    case 'uniform':
      expectObject(place, 'a locality (uniform)', ['model'])
      return { model }
    case 'zipf':
      expectObject(place, 'a locality (zipf)', ['model', 'exponent'])
      return { model, exponent: readExponent(place) }
    case 'curve':
      expectObject(place, 'a locality (curve)', ['model', 'points'])
      return { model, points: readPoints(place.field('points')) }
  }
}

function readExponent(place: Place): number {
  return Number(
    readField(place.field('exponent'), 'a locality', { name: 'exponent', type: 'number', minimum: 0, maximum: 10 }),
  )
}

function readPoints(place: Place): readonly (readonly [number, number])[] {
  const items = listItems(place, 'a locality', 1)
  const points = items.map(readPoint)
  const wrong = points.findIndex((point, index) => index > 0 && point[0] <= (points[index - 1]?.[0] ?? 0))
  if (wrong > 0)
    items[wrong]?.error(
      `local shares rise from point to point; got ${points[wrong]?.[0]} after ${points[wrong - 1]?.[0]}`,
    )
  return points
}

function readPoint(place: Place): readonly [number, number] {
  const { value } = place
  if (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((number) => typeof number === 'number' && number >= 0 && number <= 1)
  ) {
    return [Number(value[0]) + 0, Number(value[1]) + 0]
  }
  place.error(`a point is [local share, hit ratio], each 0 to 1; got ${shown(value)}`)
  return [0, 0]
}

function readOperation(place: Place, serviceId: string, taken: Map<string, string>, catalog: Catalog): Operation {
  const id = expectObject(place, 'an operation', ['id', 'label', 'stream', 'steps'])
    ? readId(place, 'an operation', taken)
    : ''
  return {
    id,
    ...readLabel(place, 'an operation'),
    stream: readStream(place.field('stream'), 'an operation', `${serviceId}.${id}`),
    steps: readSteps(place.field('steps'), catalog.runsOn),
  }
}

/** The name of a random stream: free text, so that it survives a renaming of its owner. */
export function readStream(place: Place, subject: string, fallback: string): string {
  return place.isGiven ? readText(place, subject, 'the name of a random stream') : fallback
}
