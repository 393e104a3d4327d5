import { markovSingle } from './cases/single-server'
import type { CaseInfo, NotSimulated, ValidationCase } from './validation-case'

/** Every validation case, in the order in which it is told. */
export const cases: readonly ValidationCase[] = [markovSingle]

/** Closed forms and results whose mechanism the model does not have. */
export const notSimulated: readonly NotSimulated[] = []

/** What is said of a case before it runs. */
export function infoOf(one: ValidationCase): CaseInfo {
  const { id, title, group, strictness, question, source, tolerance, inputs, secondsShort } = one
  return { id, title, group, strictness, question, source, tolerance, inputs, secondsShort }
}
