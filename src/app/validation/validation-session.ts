import { createValidationClient, type ValidationClient } from '../../client/validation-client'
import { createValidationStore, type LiveRun, type ValidationStore } from '../../stores/validation-store'
import { readRecorded } from './recorded'

/** The recorded validation, and running its cases here. */
export interface ValidationSession {
  readonly store: ValidationStore
  /** Puts cases at the end of the queue; those that wait already stay where they are. */
  readonly run: (ids: readonly string[]) => void
  /** Stops the case that runs and forgets those that wait. */
  readonly cancel: () => void
}

export interface ValidationParts {
  /** The text of `validation/results.json`. */
  readonly fetchRecorded: () => Promise<string>
  /** Wall time, ms. */
  readonly now: () => number
  readonly client?: ValidationClient
  /** Calls back every so many ms until it is told to stop; given by tests. */
  readonly every?: (callback: () => void, ms: number) => () => void
}

/** What a browser runs: the full form takes minutes. */
const form = 'short'
/** Between two looks at the time that a case takes, ms. */
const TICK_MS = 500

export function createValidationSession(parts: ValidationParts): ValidationSession {
  const { now, client = createValidationClient(), every = interval } = parts
  const store = createValidationStore()
  let turn = 0
  let isAtWork = false

  function setLive(id: string, run: LiveRun | null): void {
    store.setState(({ live }) => {
      const next = new Map(live)
      if (run === null) next.delete(id)
      else next.set(id, run)
      return { live: next }
    })
  }

  async function runOne(id: string, mine: number): Promise<void> {
    const begun = now()
    const at = (rest: Partial<LiveRun>): LiveRun => ({ ...waiting, elapsedMs: now() - begun, ...rest })
    let share = 0
    const tell = (): void => {
      if (mine === turn) setLive(id, at({ status: 'running', share }))
    }
    tell()
    const stop = every(tell, TICK_MS)
    try {
      const result = await client.run(id, form, (done) => {
        share = done
        tell()
      })
      if (mine === turn) setLive(id, at({ status: 'done', share: 1, result }))
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      if (mine === turn) setLive(id, at({ status: 'failed', message }))
    } finally {
      stop()
    }
  }

  async function work(): Promise<void> {
    if (isAtWork) return
    isAtWork = true
    const mine = turn
    while (mine === turn) {
      const [id] = store.getState().queue
      if (id === undefined) break
      await runOne(id, mine)
      if (mine === turn) store.setState(({ queue }) => ({ queue: queue.slice(1) }))
    }
    if (mine !== turn) return
    isAtWork = false
    store.setState({ asked: 0 })
  }

  void parts
    .fetchRecorded()
    .then((text) => {
      store.setState({ recorded: readRecorded(text) })
    })
    .catch((error: unknown) => {
      store.setState({ message: error instanceof Error ? error.message : String(error) })
    })

  return {
    store,
    run(ids) {
      const fresh = ids.filter((id) => !store.getState().queue.includes(id))
      for (const id of fresh) setLive(id, waiting)
      store.setState(({ queue, asked }) => ({ queue: [...queue, ...fresh], asked: asked + fresh.length }))
      void work()
    },
    cancel() {
      turn += 1
      isAtWork = false
      client.stop()
      for (const id of store.getState().queue) setLive(id, null)
      store.setState({ queue: [], asked: 0 })
    },
  }
}

const waiting: LiveRun = { status: 'waiting', form, share: 0, elapsedMs: 0, result: null, message: '' }

function interval(callback: () => void, ms: number): () => void {
  const timer = setInterval(callback, ms)
  return () => {
    clearInterval(timer)
  }
}
