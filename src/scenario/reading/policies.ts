import type { Catalog, FieldInfo, PolicyInfo } from '../catalog'
import type {
  DeviceRef,
  Distribution,
  Fault,
  FaultTarget,
  Json,
  OffloadMapEntry,
  Order,
  Policies,
  PolicyKind,
  PolicyUse,
  PolicyValue,
} from '../scenario'
import { named, quoted, shown } from '../words'
import { readDevice } from './application'
import { readDistribution } from './distribution'
import { readField, readText, readVariant, type FieldRule } from './field'
import { expectObject, isFields, listItems, type Place } from './place'

export const policyKinds: readonly PolicyKind[] = [
  'placement',
  'loadBalancing',
  'memory',
  'offload',
  'migration',
  'scaling',
  'recovery',
]

const wordsOf: Readonly<Record<PolicyKind | 'mechanism', string>> = {
  placement: 'placement policy',
  loadBalancing: 'load balancing policy',
  memory: 'memory policy',
  offload: 'offload policy',
  migration: 'migration policy',
  scaling: 'scaling policy',
  recovery: 'recovery policy',
  mechanism: 'migration mechanism',
}

/** In place of a mechanism's name. */
const auto = 'auto'

/** Reads every policy with its parameters, and the orders. */
export function readPolicies(place: Place, catalog: Catalog): Policies {
  if (place.isGiven) expectObject(place, 'the policies', [...policyKinds, 'orders'])
  const use = (kind: PolicyKind): PolicyUse => readPolicy(place.field(kind), kind, catalog)
  const migration = use('migration')
  const mechanism = typeof migration.mechanism === 'string' ? migration.mechanism : ''
  return {
    placement: use('placement'),
    loadBalancing: use('loadBalancing'),
    memory: use('memory'),
    offload: use('offload'),
    migration,
    scaling: use('scaling'),
    recovery: use('recovery'),
    orders: listItems(place.field('orders'), 'policies').map((item) => readOrder(item, mechanism, catalog)),
  }
}

function readPolicy(place: Place, kind: PolicyKind, catalog: Catalog): PolicyUse {
  const [standard] = catalog.policies[kind]
  const fallback = { use: standard?.name ?? '' }
  if (place.isGiven && !isFields(place.value)) {
    place.refuse(`a ${wordsOf[kind]}`, 'an object { "use": … }')
    return fallback
  }
  const policy = place.field('use').isGiven ? findPolicy(place.field('use'), kind, catalog) : standard
  if (policy === undefined) return fallback
  const subject = `${kind} ${quoted(policy.name)}`
  if (place.isGiven) expectObject(place, subject, ['use', ...policy.parameters.map((parameter) => parameter.name)])
  const parameters = policy.parameters.map(
    (info) => [info.name, readParameter(place.field(info.name), subject, info, catalog)] as const,
  )
  return { use: policy.name, ...Object.fromEntries(parameters) }
}

/** The policy or mechanism that a name stands for; a wrong name is answered with those that exist. */
function findPolicy(place: Place, kind: PolicyKind | 'mechanism', catalog: Catalog): PolicyInfo | undefined {
  const found = catalog.policies[kind].find((policy) => policy.name === place.value)
  if (found !== undefined) return found
  const names = [...catalog.policies[kind].map((policy) => policy.name), ...(kind === 'mechanism' ? [auto] : [])]
  if (typeof place.value !== 'string') place.refuse(`a ${wordsOf[kind]}`, 'a name')
  else if (catalog.notYet[kind].includes(place.value))
    place.error(`not supported yet: ${shown(place.value)} (supported: ${names.join(', ')})`)
  else
    place.error(
      `no ${wordsOf[kind]} ${shown(place.value)} (${named(kind === 'mechanism' ? 'mechanisms' : 'policies', names, place.value)})`,
    )
  return undefined
}

/** A mechanism's name, or `auto`: the one that is expected to be best. */
function readMechanism(place: Place, catalog: Catalog): string | undefined {
  return place.value === auto ? auto : findPolicy(place, 'mechanism', catalog)?.name
}

function readParameter(place: Place, subject: string, info: FieldInfo, catalog: Catalog): PolicyValue {
  if (info.name === 'mechanism' && place.isGiven) return readMechanism(place, catalog) ?? asPolicyValue(info.default)
  if (info.type === 'object') return asRecord(readField(place, subject, info))
  if (info.name === 'map') return listItems(place, subject).map(readMapEntry)
  return asPolicyValue(readField(place, subject, info))
}

function asRecord(value: Json): PolicyValue {
  return isFields(value) ? value : {}
}

/** Parameters are plain values; `map`, the one list, is read above. */
function asPolicyValue(value: Json): PolicyValue {
  return typeof value === 'object' ? null : value
}

function readMapEntry(place: Place): OffloadMapEntry {
  const subject = 'an entry of the map'
  if (!expectObject(place, subject, ['operation', 'step', 'path', 'to'])) return { operation: '', step: 0, to: '' }
  return {
    operation: readText(place.field('operation'), subject, 'an operation, as "service.operation"'),
    step: Number(readField(place.field('step'), subject, { name: 'step', type: 'integer', minimum: 0 })),
    ...readInnerPath(place.field('path')),
    to: readText(place.field('to'), subject, 'the id of a pool'),
  }
}

/** Where inside a step: branch or option and step there, `0/2`; a step inside that one `0/2.1/0`. */
function readInnerPath(place: Place): { readonly path?: string } {
  if (!place.isGiven) return {}
  if (typeof place.value === 'string' && /^\d+\/\d+(\.\d+\/\d+)*$/.test(place.value)) return { path: place.value }
  place.refuse('an entry of the map', 'a path of branch and step, as "0/2" or "0/2.1/0"')
  return {}
}

/** Orders and faults count from the start of the run; the longest run is about 9007 s. */
const atSeconds: FieldRule = { name: 'atSeconds', type: 'number', minimum: 0, maximum: 1e9 }

function readOrder(place: Place, standard: string, catalog: Catalog): Order {
  const subject = 'an order'
  const evacuates = place.field('do').value === 'evacuate'
  const fields = evacuates ? ['from'] : ['service', 'instance', 'to']
  if (!expectObject(place, subject, ['atSeconds', 'do', ...fields, 'mechanism'])) {
    return { atSeconds: 0, do: 'migrate', service: '', instance: 0, to: { node: '', device: 0 }, mechanism: standard }
  }
  readVariant(place.field('do'), subject, ['migrate', 'evacuate'] as const)
  const given = place.field('mechanism')
  const common = {
    atSeconds: Number(readField(place.field('atSeconds'), subject, atSeconds)),
    mechanism: given.isGiven ? (readMechanism(given, catalog) ?? standard) : standard,
  }
  if (evacuates) return { ...common, do: 'evacuate', from: readTarget(place.field('from'), subject) }
  return {
    ...common,
    do: 'migrate',
    service: readText(place.field('service'), subject, 'the id of a service'),
    instance: Number(
      readField(place.field('instance'), subject, { name: 'instance', type: 'integer', minimum: 0, default: 0 }),
    ),
    to: readTarget(place.field('to'), subject),
  }
}

/** The device that an order names; unlike other places it must be a certain one. */
function readTarget(place: Place, subject: string): DeviceRef {
  if (!isFields(place.value)) {
    place.refuse(subject, '{ "node": …, "device": … }')
    return { node: '', device: 0 }
  }
  const device = readField(place.field('device'), subject, { name: 'device', type: 'integer', minimum: 0 })
  expectObject(place, 'a device', ['node', 'device'])
  return { node: readText(place.field('node'), subject, 'the id of a node'), device: Number(device) }
}

/** Reads the faults. Which effects a target can have is checked once the nodes are known. */
export function readFaults(place: Place): readonly Fault[] {
  return listItems(place, 'a scenario').map(readFault)
}

function readStruck(place: Place, subject: string): FaultTarget | null {
  if (!isFields(place.value) || !Object.hasOwn(place.value, 'link')) {
    const device = readDevice(place, subject)
    if (device === null) place.refuse(subject, 'the id of a node, { "node": …, "device": … } or { "link": … }')
    return device
  }
  expectObject(place, 'a link', ['link', 'device', 'lane'])
  const index = (name: string, nullMeans: string): number | null => {
    const value = readField(place.field(name), 'a link', {
      name,
      type: 'integer',
      minimum: 0,
      nullMeans,
      default: null,
    })
    return value === null ? null : Number(value)
  }
  return {
    link: readText(place.field('link'), 'a link', 'the id of a link'),
    device: index('device', 'those of all devices'),
    lane: index('lane', 'all lanes'),
  }
}

/** Fields of a fault in the order of the format. */
export const faultFields: readonly string[] = [
  'atSeconds',
  'target',
  'effect',
  'factor',
  'forSeconds',
  'mtbfSeconds',
  'mttrSeconds',
  'warningSeconds',
]

/** Times between failures and to repair; a number stands for an exponential distribution with that mean. */
function readRandom(place: Place): Pick<Fault, 'mtbfSeconds' | 'mttrSeconds'> {
  for (const [name, none] of [
    ['atSeconds', 0],
    ['forSeconds', null],
  ] as const)
    if (place.field(name).isGiven && place.field(name).value !== none)
      place
        .field(name)
        .error('a fault comes at random or by schedule: leave this out, or "mtbfSeconds" and "mttrSeconds"')
  return { mtbfSeconds: readSeconds(place.field('mtbfSeconds')), mttrSeconds: readSeconds(place.field('mttrSeconds')) }
}

function readSeconds(place: Place): Distribution {
  if (isFields(place.value)) return readDistribution(place)
  const rule: FieldRule = { name: 'mean', type: 'number', exclusiveMinimum: 0, maximum: 1e9 }
  return { dist: 'exponential', mean: Number(readField(place, 'a fault at random', rule)) }
}

function readWarning(
  place: Place,
  target: FaultTarget | null,
  effect: Fault['effect'] | null,
): Pick<Fault, 'warningSeconds'> {
  const warning = place.field('warningSeconds')
  if (!warning.isGiven) return {}
  if (effect === 'slow' || (target !== null && 'link' in target))
    warning.error('only a device that goes down is known to fail before it does')
  const rule: FieldRule = { name: 'warningSeconds', type: 'number', minimum: 0, maximum: 1e9 }
  return { warningSeconds: Number(readField(warning, 'a fault', rule)) }
}

function readFault(place: Place): Fault {
  const subject = 'a fault'
  const nowhere: Fault = {
    atSeconds: 0,
    target: { node: '', device: null },
    effect: 'slow',
    factor: 1,
    forSeconds: null,
  }
  if (!expectObject(place, subject, faultFields)) return nowhere
  const effect = readVariant(place.field('effect'), subject, ['down', 'slow'] as const)
  const isRandom = place.field('mtbfSeconds').isGiven || place.field('mttrSeconds').isGiven
  const target = readStruck(place.field('target'), subject)
  const factor: FieldRule = { name: 'factor', type: 'number', minimum: 1, maximum: 1e6 }
  const forSeconds = readField(place.field('forSeconds'), subject, {
    name: 'forSeconds',
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 1e9,
    nullMeans: 'for good',
    default: null,
  })
  return {
    atSeconds: isRandom ? 0 : Number(readField(place.field('atSeconds'), subject, atSeconds)),
    target: target ?? nowhere.target,
    effect: effect ?? 'slow',
    factor: effect === 'slow' ? Number(readField(place.field('factor'), subject, factor)) : 1,
    forSeconds: forSeconds === null ? null : Number(forSeconds),
    ...(isRandom ? readRandom(place) : {}),
    ...readWarning(place, target, effect),
  }
}
