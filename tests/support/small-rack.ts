import { problemText } from '../../src/scenario/problems'
import { checkDocument } from '../../src/scenario/read-scenario'
import type { Json, Scenario, ScenarioDocument } from '../../src/scenario/scenario'
import { setPath } from '../../src/scenario/set-path'
import { catalog } from '../../src/simulator/catalog'

/** A small valid rack: two CPU devices, a memory pool, a NIC, a switch; web calls kv. */
export const rack: ScenarioDocument = {
  format: 'unrack-scenario',
  version: 1,
  topology: {
    nodes: [
      { id: 'cpu', kind: 'cpu', count: 2 },
      { id: 'mem', kind: 'memory' },
      { id: 'nic', kind: 'nic' },
      { id: 'tor', kind: 'switch' },
    ],
    links: [
      { id: 'cpu-tor', from: 'cpu', to: 'tor', protocol: 'cxl' },
      { id: 'mem-tor', from: 'mem', to: 'tor', protocol: 'cxl' },
      { id: 'nic-tor', from: 'nic', to: 'tor', protocol: 'rdma' },
    ],
  },
  application: {
    services: [
      { id: 'web', operations: [{ id: 'home', steps: [{ do: 'call', to: 'kv.get' }] }] },
      { id: 'kv', operations: [{ id: 'get', steps: [{ do: 'compute', timeNs: { dist: 'constant', value: 1000 } }] }] },
    ],
  },
  workload: {
    sources: [{ id: 'users', entry: 'web.home', via: 'nic', arrivals: { process: 'poisson', ratePerSecond: 1000 } }],
  },
}

/** The rack with some values set by path. */
export function rackWith(changes: Readonly<Record<string, Json>>): ScenarioDocument {
  return Object.entries(changes).reduce((document, [path, value]) => setPath(document, path, value), rack)
}

/** What is said about the rack with some values set; warnings start with `warning: `. */
export function problemsWith(changes: Readonly<Record<string, Json>>): readonly string[] {
  const { problems } = checkDocument(rackWith(changes), catalog)
  return problems.map((problem) => (problem.severity === 'warning' ? 'warning: ' : '') + problemText(problem))
}

/** The rack with some values set, as a scenario. @throws Error where it is none */
export function scenarioWith(changes: Readonly<Record<string, Json>>): Scenario {
  const { scenario, problems } = checkDocument(rackWith(changes), catalog)
  if (scenario === null) throw new Error(problems.map(problemText).join('\n'))
  return scenario
}
