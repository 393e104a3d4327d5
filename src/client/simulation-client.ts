import { wrap, type Remote } from 'comlink'
import type { SimulationApi } from '../../workers/api'

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

/** The part of a `Worker` that the client needs. */
export type SimulationWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'removeEventListener' | 'terminate'>

function startWorker(): SimulationWorker {
  return new Worker(new URL('../../workers/simulation.worker.ts', import.meta.url), { type: 'module' })
}

interface Connection {
  readonly worker: SimulationWorker
  readonly remote: Remote<SimulationApi>
  /** Rejects when the worker dies; never resolves. */
  readonly death: Promise<never>
  readonly kill: (error: Error) => void
}

function connect(worker: SimulationWorker): Connection {
  let kill: (error: Error) => void = () => undefined
  const death = new Promise<never>((_resolve, reject) => {
    kill = reject
  })
  death.catch(() => undefined) // nobody may be waiting at that moment
  worker.addEventListener('error', (event) => {
    const said = event instanceof ErrorEvent ? event.message : ''
    kill(new Error(said === '' ? 'The simulation worker stopped.' : `The simulation worker stopped: ${said}`))
  })
  return { worker, remote: wrap<SimulationApi>(worker), death, kill }
}

/**
 * Speaks to the simulation in its worker. The worker starts with the first call.
 *
 * @param start makes the worker; given by tests
 */
export function createSimulationClient(start: () => SimulationWorker = startWorker): SimulationClient {
  let connection: Connection | null = null
  const link = () => (connection ??= connect(start()))
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
