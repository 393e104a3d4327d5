import type { Progress } from '../../workers/api'

export interface RunLoopOptions {
  /** Asks the worker for one slice of about `wallMs` of wall time. */
  readonly advance: (wallMs: number) => Promise<Progress>
  readonly onProgress: (progress: Progress) => void
  /** Looked at between two slices; cancelling is not asking again. */
  readonly isCancelled: () => boolean
  /** Wall time of one slice, ms. */
  readonly sliceMs?: number
}

/**
 * Asks for one slice after another, one in flight, until the run is done.
 *
 * @returns `cancelled` if it was told to stop before the end
 * @throws what the model throws
 */
export async function runToEnd(options: RunLoopOptions): Promise<'done' | 'cancelled'> {
  const { advance, onProgress, isCancelled, sliceMs = 12 } = options
  while (!isCancelled()) {
    const progress = await advance(sliceMs)
    if (isCancelled()) break
    onProgress(progress)
    if (progress.done) return 'done'
  }
  return 'cancelled'
}
