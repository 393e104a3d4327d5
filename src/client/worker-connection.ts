import { wrap, type Remote } from 'comlink'

/** The part of a `Worker` that the clients need. */
export type PageWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'removeEventListener' | 'terminate'>

/** A worker and what is needed to ask it, for as long as it lives. */
export interface Connection<Api> {
  readonly worker: PageWorker
  /** One for the whole life of the worker: once it is collected, the worker stops listening. */
  readonly remote: Remote<Api>
  /** Rejects when the worker dies; never resolves. */
  readonly death: Promise<never>
  readonly kill: (error: Error) => void
}

/** @param name what stopped, for people */
export function connect<Api>(worker: PageWorker, name: string): Connection<Api> {
  let kill: (error: Error) => void = () => undefined
  const death = new Promise<never>((_resolve, reject) => {
    kill = reject
  })
  death.catch(() => undefined) // nobody may be waiting at that moment
  worker.addEventListener('error', (event) => {
    const said = event instanceof ErrorEvent ? event.message : ''
    kill(new Error(said === '' ? `The ${name} worker stopped.` : `The ${name} worker stopped: ${said}`))
  })
  return { worker, remote: wrap<Api>(worker), death, kill }
}
