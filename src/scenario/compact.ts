import type { Catalog } from './catalog'
import { compactApplication, compactAttempts, defaultsOf } from './compacting/application'
import { compactObject, eachItem, isObject } from './compacting/object'
import { compactFault, compactPolicies } from './compacting/policies'
import { compactTopology } from './compacting/topology'
import { runRules } from './reading/run'
import { sourceDefaults, sourceFields } from './reading/workload'
import { topFields } from './read-scenario'
import type { Json, ScenarioDocument } from './scenario'

/**
 * The shortest document that says the same: every field that equals its default is left out, the others come in the
 * order of the format. Names, labels and places on the screen stay, and so does whatever is wrong with the document.
 */
export function compactDocument(document: ScenarioDocument, catalog: Catalog): ScenarioDocument {
  const short = compactObject(document, {
    order: topFields,
    defaults: {
      name: '',
      description: '',
      topology: {},
      application: {},
      workload: {},
      policies: {},
      faults: [],
      run: {},
    },
    inner: {
      topology: (topology) => compactTopology(topology, catalog),
      application: compactApplication,
      workload: compactWorkload,
      policies: (policies) => compactPolicies(policies, catalog),
      faults: eachItem(compactFault),
      run: (run) => compactObject(run, { order: runRules.map((rule) => rule.name), defaults: defaultsOf(runRules) }),
    },
  })
  return isObject(short) ? short : document
}

function compactWorkload(workload: Json): Json {
  return compactObject(workload, {
    order: ['sources'],
    defaults: { sources: [] },
    inner: { sources: eachItem(compactSource) },
  })
}

function compactSource(source: Json): Json {
  const id = isObject(source) ? (source.id ?? null) : null
  return compactObject(source, {
    order: sourceFields,
    defaults: { ...sourceDefaults, stream: id },
    inner: { attempts: compactAttempts },
  })
}
