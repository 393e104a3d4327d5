import type { Remote } from 'comlink'
import type { SimulationApi } from '../../workers/api'
import { connect, type Connection, type PageWorker } from './worker-connection'

/** The simulation's calls as the page sees them: each answers later, or rejects with the model's own message. */
export type RemoteSimulation = {
  readonly [Call in keyof SimulationApi]: (
    ...args: Parameters<SimulationApi[Call]>
  ) => Promise<ReturnType<SimulationApi[Call]>>
}

export interface SimulationClient extends RemoteSimulation {
  /** Ends the worker; open calls reject. The next call starts a new one, which has no run loaded. */
  restart(): void
}

function startWorker(): PageWorker {
  return new Worker(new URL('../../workers/simulation.worker.ts', import.meta.url), { type: 'module' })
}

/**
 * Speaks to the simulation in its worker. The worker starts with the first call.
 *
 * @param start makes the worker; given by tests
 */
export function createSimulationClient(start: () => PageWorker = startWorker): SimulationClient {
  let connection: Connection<SimulationApi> | null = null
  const link = () => (connection ??= connect(start(), 'simulation'))
  async function ask<T>(call: (remote: Remote<SimulationApi>) => Promise<T>): Promise<T> {
    const { remote, death } = link()
    return Promise.race([call(remote), death])
  }
  return {
    catalog: () => ask((remote) => remote.catalog()),
    derive: (scenario) => ask((remote) => remote.derive(scenario)),
    load: (scenario) => ask((remote) => remote.load(scenario)),
    advance: (wallMs) => ask((remote) => remote.advance(wallMs)),
    detail: (startPs, endPs, maxSegments, lane) => ask((remote) => remote.detail(startPs, endPs, maxSegments, lane)),
    branch: (atPs, changed) => ask((remote) => remote.branch(atPs, changed)),
    advanceBranch: (wallMs) => ask((remote) => remote.advanceBranch(wallMs)),
    branchResult: () => ask((remote) => remote.branchResult()),
    result: () => ask((remote) => remote.result()),
    partialResult: () => ask((remote) => remote.partialResult()),
    restart() {
      connection?.worker.terminate()
      connection?.kill(new Error('The simulation was restarted.'))
      connection = null
    },
  }
}
