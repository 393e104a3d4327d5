import type { CaseInfo, CaseResult, Form } from '../src/validation/validation-case'

/**
 * The calls of the validation worker: cases are run in the reader's browser, one at a time, plain data both ways.
 * A run cannot be stopped but by ending the worker.
 */
export interface ValidationApi {
  cases(): readonly CaseInfo[]
  /** Runs a case to its end: the numbers that `npm run validate` recorded for this form. */
  run(id: string, form: Form): CaseResult
}
