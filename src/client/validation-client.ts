import { wrap, type Remote } from 'comlink'
import type { CaseResult, Form } from '../validation/validation-case'
import type { ValidationApi } from '../../workers/validation-api'
import type { SimulationWorker } from './simulation-client'

/** Speaks to the validation in its own worker, so that nobody's run is disturbed. */
export interface ValidationClient {
  /**
   * Runs a case to its end. The worker starts with the first one.
   *
   * @param told hears the share that is done, 0..1, now and then
   */
  readonly run: (id: string, form: Form, told: (share: number) => void) => Promise<CaseResult>
  /** Ends the worker, whatever it does; the open call rejects. */
  readonly stop: () => void
}

function startWorker(): SimulationWorker {
  return new Worker(new URL('../../workers/validation.worker.ts', import.meta.url), { type: 'module' })
}

interface Connection {
  readonly worker: SimulationWorker
  /** Kept for as long as the worker lives: once it is collected, the worker stops listening. */
  readonly remote: Remote<ValidationApi>
  readonly kill: (error: Error) => void
  readonly death: Promise<never>
}

function connect(worker: SimulationWorker): Connection {
  let kill: (error: Error) => void = () => undefined
  const death = new Promise<never>((_resolve, reject) => {
    kill = reject
  })
  death.catch(() => undefined) // nobody may be waiting at that moment
  worker.addEventListener('error', (event) => {
    const said = event instanceof ErrorEvent ? event.message : ''
    kill(new Error(said === '' ? 'The validation worker stopped.' : `The validation worker stopped: ${said}`))
  })
  return { worker, remote: wrap<ValidationApi>(worker), kill, death }
}

/** @param start makes the worker; given by tests */
export function createValidationClient(start: () => SimulationWorker = startWorker): ValidationClient {
  let connection: Connection | null = null
  return {
    async run(id, form, told) {
      const { worker, remote, death } = (connection ??= connect(start()))
      const onMessage = (event: Event): void => {
        const share = shareOf(event)
        if (share !== null) told(share)
      }
      worker.addEventListener('message', onMessage)
      try {
        return await Promise.race([remote.run(id, form), death])
      } finally {
        worker.removeEventListener('message', onMessage)
      }
    },
    stop() {
      connection?.worker.terminate()
      connection?.kill(new Error('Cancelled.'))
      connection = null
    },
  }
}

/** The worker tells its progress beside its answers: `{ share: 0.4 }`. */
function shareOf(event: Event): number | null {
  const data: unknown = event instanceof MessageEvent ? event.data : null
  return typeof data === 'object' && data !== null && 'share' in data && typeof data.share === 'number'
    ? data.share
    : null
}
