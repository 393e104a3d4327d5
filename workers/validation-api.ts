import type { CaseResult, Form } from '../src/validation/validation-case'

/**
 * The calls of the validation worker: cases are run in the reader's browser, one at a time, plain data both ways.
 * A run cannot be stopped but by ending the worker.
 */
export interface ValidationApi {
  /** Runs a case to its end, telling `ValidationShare` on the way: the numbers that `npm run validate` recorded for this form. */
  run(id: string, form: Form): Promise<CaseResult>
}

/** What the worker tells of its own accord, now and then: how much of the case is done, 0..1. */
export interface ValidationShare {
  readonly share: number
}
