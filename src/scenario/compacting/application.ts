import { memoryRules, rpcRules, serviceFields, serviceRules } from '../reading/application'
import { powerRules } from '../reading/cache-use'
import type { FieldRule } from '../reading/field'
import { attemptRules } from '../reading/attempts'
import { stepDefaults, stepFields } from '../reading/steps'
import type { Json, Step } from '../scenario'
import { compactObject, eachItem, isObject, textOf, type JsonObject } from './object'

/** The values of fields that may be left out. */
export function defaultsOf(rules: readonly FieldRule[]): JsonObject {
  return Object.fromEntries(
    rules.flatMap((rule) => (rule.default === undefined ? [] : [[rule.name, rule.default] as const])),
  )
}

export function compactApplication(application: Json): Json {
  return compactObject(application, {
    order: ['rpc', 'services'],
    defaults: { rpc: {}, services: [] },
    inner: {
      rpc: (rpc) => compactObject(rpc, { order: rpcRules.map((rule) => rule.name), defaults: defaultsOf(rpcRules) }),
      services: eachItem(compactService),
    },
  })
}

function compactService(service: Json): Json {
  return compactObject(service, {
    order: serviceFields,
    defaults: {
      ...defaultsOf([...serviceRules, ...memoryRules]),
      runsOn: ['cpu'],
      on: null,
      locality: { model: 'uniform' },
      operations: [],
    },
    inner: {
      on: compactDevice,
      cache: compactCache,
      operations: eachItem((operation) => compactOperation(operation, textOf(service, 'id'))),
    },
  })
}

function compactCache(cache: Json): Json {
  const names = powerRules.map((rule) => rule.name)
  return compactObject(cache, { order: ['model', ...names, 'points'], defaults: defaultsOf(powerRules) })
}

/** `"cpu"` for `{ "node": "cpu", "device": null }`. */
export function compactDevice(device: Json): Json {
  if (!isObject(device)) return device
  const short = compactObject(device, {
    order: ['node', 'link', 'device'],
    defaults: { device: null, lane: null },
  })
  return isObject(short) && typeof short.node === 'string' && Object.keys(short).length === 1 ? short.node : short
}

function compactOperation(operation: Json, service: string): Json {
  return compactObject(operation, {
    order: ['id', 'label', 'stream', 'steps'],
    defaults: { stream: `${service}.${textOf(operation, 'id')}`, steps: [] },
    inner: { steps: eachItem(compactStep) },
  })
}

function compactStep(step: Json): Json {
  const kind = textOf(step, 'do')
  const fields = Object.hasOwn(stepFields, kind) ? stepFields[kind as Step['do']] : []
  return compactObject(step, {
    order: ['do', ...fields],
    defaults: stepDefaults,
    inner: { attempts: compactAttempts, branches: eachItem(eachItem(compactStep)), options: eachItem(compactOption) },
  })
}

/** A rule of attempts without what is as by default. */
export function compactAttempts(attempts: Json): Json {
  return compactObject(attempts, {
    order: attemptRules.map((rule) => rule.name),
    defaults: defaultsOf(attemptRules),
  })
}

function compactOption(option: Json): Json {
  return compactObject(option, {
    order: ['probability', 'steps'],
    defaults: { steps: [] },
    inner: { steps: eachItem(compactStep) },
  })
}
