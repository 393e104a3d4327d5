import { expose, transfer } from 'comlink'
import type { Scenario } from '../src/scenario/scenario'
import { createSimulation } from '../src/simulator/session'
import type { Derived, Loaded, SimulationApi } from './api'
import { prepare } from './prepare'

/** The simulation behind its thread: the same calls, with bulk columns handed over instead of copied. */
const simulation = createSimulation(() => performance.now())

let loads = 0

/** Only the last of several scenarios is loaded, whichever of them has to wait for a sandbox. */
async function load(scenario: Scenario): Promise<Loaded> {
  loads += 1
  const mine = loads
  await prepare(scenario)
  if (mine !== loads) throw new Error('another scenario was loaded')
  return simulation.load(scenario)
}

async function branch(atPs: number, changed: Scenario): Promise<void> {
  await prepare(changed)
  simulation.branch(atPs, changed)
}

/** Loaded when somebody looks at what follows from a scenario without a run: a run does not wait for it. */
async function derived(scenario: Scenario): Promise<Derived> {
  const { derive } = await import('../src/simulator/derive')
  return derive(scenario)
}

interface Waiting {
  readonly derive: typeof derived
  readonly load: typeof load
  readonly branch: typeof branch
}

const exposed: Omit<SimulationApi, keyof Waiting> & Waiting = {
  catalog: () => simulation.catalog(),
  derive: derived,
  load,
  advance: (wallMs) => simulation.advance(wallMs),
  detail(startPs, endPs, maxSegments, lane) {
    const detail = simulation.detail(startPs, endPs, maxSegments, lane)
    const { start, end, kind, operation, request, place, detail: details } = detail.segments
    const columns = [start, end, kind, operation, request, place, details]
    return transfer(detail, [...new Set(columns.map((column) => column.buffer))])
  },
  result: () => simulation.result(),
  partialResult: () => simulation.partialResult(),
  branch,
  advanceBranch: (wallMs) => simulation.advanceBranch(wallMs),
  branchResult: () => simulation.branchResult(),
}

expose(exposed)
