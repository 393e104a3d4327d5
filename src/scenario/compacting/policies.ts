import type { Catalog } from '../catalog'
import { faultFields, policyKinds } from '../reading/policies'
import type { Json, PolicyKind } from '../scenario'
import { compactDevice, defaultsOf } from './application'
import { compactObject, eachItem, isObject, textOf } from './object'

/** Policies without the parameters that have their default, and orders. */
export function compactPolicies(policies: Json, catalog: Catalog): Json {
  const written = isObject(policies) && isObject(policies.migration) ? policies.migration.mechanism : undefined
  const mechanism = written ?? catalog.policies.mechanism[0]?.name ?? ''
  return compactObject(policies, {
    order: [...policyKinds, 'orders'],
    defaults: { ...Object.fromEntries(policyKinds.map((kind) => [kind, {}] as const)), orders: [] },
    inner: {
      ...Object.fromEntries(
        policyKinds.map((kind) => [kind, (policy: Json) => compactPolicy(policy, kind, catalog)] as const),
      ),
      orders: eachItem((order) => compactOrder(order, mechanism)),
    },
  })
}

function compactPolicy(policy: Json, kind: PolicyKind, catalog: Catalog): Json {
  if (!isObject(policy)) return policy
  const standard = catalog.policies[kind][0]
  const info =
    policy.use === undefined ? standard : catalog.policies[kind].find((candidate) => candidate.name === policy.use)
  const parameters = info?.parameters ?? []
  return compactObject(policy, {
    order: ['use', ...parameters.map((parameter) => parameter.name)],
    defaults: { ...defaultsOf(parameters), use: standard?.name ?? '' },
  })
}

function compactOrder(order: Json, mechanism: Json): Json {
  return compactObject(order, {
    order: ['atSeconds', 'do', 'service', 'instance', 'to', 'mechanism'],
    defaults: { instance: 0, mechanism },
  })
}

/** A number for an exponential distribution. */
function compactMean(time: Json): Json {
  return isObject(time) && time.dist === 'exponential' && Object.keys(time).length === 2 ? (time.mean ?? time) : time
}

export function compactFault(fault: Json): Json {
  return compactObject(fault, {
    order: faultFields,
    defaults: {
      forSeconds: null,
      ...(isObject(fault) && fault.mtbfSeconds !== undefined ? { atSeconds: 0 } : {}),
      ...(textOf(fault, 'effect') === 'down' ? { factor: 1 } : {}),
    },
    inner: { target: compactDevice, mtbfSeconds: compactMean, mttrSeconds: compactMean },
  })
}
