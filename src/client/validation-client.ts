import type { CaseResult, Form } from '../validation/validation-case'
import type { ValidationApi } from '../../workers/validation-api'
import { connect, type Connection, type PageWorker } from './worker-connection'

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

function startWorker(): PageWorker {
  return new Worker(new URL('../../workers/validation.worker.ts', import.meta.url), { type: 'module' })
}

/** @param start makes the worker; given by tests */
export function createValidationClient(start: () => PageWorker = startWorker): ValidationClient {
  let connection: Connection<ValidationApi> | null = null
  return {
    async run(id, form, told) {
      const { worker, remote, death } = (connection ??= connect(start(), 'validation'))
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
