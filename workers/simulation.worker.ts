import { expose, transfer } from 'comlink'
import { createSimulation } from '../src/simulator/session'
import type { SimulationApi } from './api'

/** The simulation behind its thread: the same calls, with bulk columns handed over instead of copied. */
const simulation: SimulationApi = createSimulation(() => performance.now())

const exposed: SimulationApi = {
  catalog: () => simulation.catalog(),
  derive: (scenario) => simulation.derive(scenario),
  load: (scenario) => simulation.load(scenario),
  advance: (wallMs) => simulation.advance(wallMs),
  detail(startPs, endPs, maxSegments) {
    const detail = simulation.detail(startPs, endPs, maxSegments)
    const { start, end, kind, operation, request, place, detail: details } = detail.segments
    const columns = [start, end, kind, operation, request, place, details]
    return transfer(detail, [...new Set(columns.map((column) => column.buffer))])
  },
  result: () => simulation.result(),
  partialResult: () => simulation.partialResult(),
}

expose(exposed)
