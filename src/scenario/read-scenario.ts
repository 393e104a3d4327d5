import type { Catalog } from './catalog'
import { checkAccelerators } from './checks/accelerators'
import { checkCalls } from './checks/calls'
import { checkCopies } from './checks/copies'
import { checkDoubts } from './checks/doubts'
import { namesOf, type Complain, type Draft } from './checks/draft'
import { checkFigures } from './checks/figures'
import { checkUneven } from './checks/uneven'
import { checkLimits } from './checks/limits'
import { checkReachability } from './checks/reachability'
import { checkLinks, checkReferences } from './checks/references'
import { checkWatermarks } from './checks/watermarks'
import { readJsonText } from './json-text'
import type { Problem } from './problems'
import { readApplication } from './reading/application'
import { isFields, expectObject, Place, Report } from './reading/place'
import { plainJson } from './reading/plain-json'
import { readFaults, readPolicies } from './reading/policies'
import { readRun } from './reading/run'
import { readTopology, soundTopology } from './reading/topology'
import { readWorkload } from './reading/workload'
import type { Scenario, ScenarioDocument } from './scenario'
import { shown } from './words'

/** What reading gives: everything that is wrong or doubtful at once, and the scenario if nothing is wrong. */
export interface ReadResult {
  /** Every default filled in, every reference checked; null exactly when a problem is an error. */
  readonly scenario: Scenario | null
  /** The document as written; null where the text is not JSON or not an object. */
  readonly document: ScenarioDocument | null
  readonly problems: readonly Problem[]
}

/** Reads the text of a scenario. Never throws. */
export function readScenario(text: string, catalog: Catalog): ReadResult {
  const { value, mistakes } = readJsonText(text)
  const report = new Report()
  for (const mistake of mistakes) report.add('', mistake, 'error')
  if (value === undefined) return { scenario: null, document: null, problems: report.problems() }
  return readDocument(value, report, catalog)
}

/** Reads a scenario that is already a value, such as the editor's document or a message's content. Never throws. */
export function checkDocument(document: unknown, catalog: Catalog): ReadResult {
  const report = new Report()
  return readDocument(plainJson(document, report), report, catalog)
}

/** Fields of a scenario in the order of the format. */
export const topFields: readonly string[] = [
  'format',
  'version',
  'name',
  'description',
  'topology',
  'application',
  'workload',
  'policies',
  'faults',
  'run',
]

function readDocument(value: unknown, report: Report, catalog: Catalog): ReadResult {
  const place = new Place(report, '', value)
  if (!isFields(value)) {
    place.error(`a scenario is written as an object { … }; got ${shown(value)}`)
    return { scenario: null, document: null, problems: report.problems() }
  }
  const scenario = readHead(place) ? readParts(place, catalog) : null
  const document = value as ScenarioDocument // JSON by the way it came
  return { scenario: report.errors === 0 ? scenario : null, document, problems: report.problems(sectionOf) }
}

/** Whether this is a scenario of this version; of another thing it makes no sense to report every field. */
function readHead(place: Place): boolean {
  const format = place.field('format')
  const version = place.field('version')
  if (format.value !== 'unrack-scenario') format.refuse('a scenario', '"unrack-scenario"')
  else if (version.value !== 1) version.error(`this program reads version 1; got ${shown(version.value)}`)
  else return true
  return false
}

/** Where the section of a path stands in a scenario; -1 for what concerns the whole. */
function sectionOf(path: string): number {
  return topFields.indexOf(/^\w*/.exec(path)?.[0] ?? '')
}

function readParts(place: Place, catalog: Catalog): Scenario {
  const { report } = place
  expectObject(place, 'a scenario', topFields)
  const errorsBefore = report.errors
  const topology = readTopology(place.field('topology'), catalog)
  const isDrawn = report.errors === errorsBefore
  const draft: Draft = {
    topology,
    application: readApplication(place.field('application'), catalog),
    workload: readWorkload(place.field('workload')),
    policies: readPolicies(place.field('policies'), catalog),
    faults: readFaults(place.field('faults')),
    run: readRun(place.field('run')),
  }
  checkTogether(place, draft, isDrawn, catalog)
  return {
    format: 'unrack-scenario',
    version: 1,
    name: readWords(place.field('name')),
    description: readWords(place.field('description')),
    ...draft,
    topology: soundTopology(topology),
  }
}

function readWords(place: Place): string {
  if (place.isGiven && typeof place.value !== 'string') place.refuse('a scenario', 'text')
  return typeof place.value === 'string' ? place.value : ''
}

/** @param isDrawn whether the topology could be read without errors, so that it makes sense to look for ways in it */
function checkTogether(place: Place, draft: Draft, isDrawn: boolean, catalog: Catalog): void {
  const { report } = place
  const written = place.field('topology').field('nodes').value
  const names = namesOf(draft, Array.isArray(written) ? written : [])
  const complain: Complain = (path, message) => report.add(path, message, 'error')
  const warn: Complain = (path, message) => report.add(path, message, 'warning')
  const errorsBefore = report.errors
  checkLinks(draft, names, complain)
  const isJoined = report.errors === errorsBefore
  checkReferences(draft, names, complain)
  checkLimits(draft, complain)
  checkCopies(draft, complain)
  checkWatermarks(draft, complain)
  checkCalls(draft.application.services, complain, warn)
  if (!isDrawn || !isJoined) return
  checkAccelerators(draft, names, complain)
  checkReachability(draft, names, complain, warn)
  checkDoubts(draft, names, warn)
  checkUneven(draft, names, warn)
  checkFigures(draft, catalog, warn)
}
