import { cases as closedForms } from './families/closed-forms'
import { cases as decisions } from './families/decisions'
import { cases as fidelity } from './families/fidelity'
import { cases as moreClosedForms } from './families/more-closed-forms'
import { cases as morePublished } from './families/more-published'
import { cases as moreQueues } from './families/more-queues'
import { cases as published } from './families/published'
import { cases as queues } from './families/queues'
import type { CaseInfo, NotSimulated, ValidationCase } from './validation-case'

/** Every validation case, in the order in which it is told. */
export const cases: readonly ValidationCase[] = [
  ...queues,
  ...closedForms,
  ...moreClosedForms,
  ...moreQueues,
  ...decisions,
  ...published,
  ...morePublished,
  ...fidelity,
]

/** Closed forms and results whose mechanism the model does not have. */
export const notSimulated: readonly NotSimulated[] = [
  { id: 'B21', title: 'Non-preemptive priority (Cobham)', reason: 'Run queues know no classes of priority.' },
  {
    id: 'B22',
    title: 'Max-min fairness',
    reason: 'Ports serve packets first come first served or in turns; nobody allocates rates.',
  },
]

/** What is said of a case before it runs. */
export function infoOf(one: ValidationCase): CaseInfo {
  const { id, title, group, strictness, question, source, tolerance, inputs, secondsShort } = one
  return { id, title, group, strictness, question, source, tolerance, inputs, secondsShort }
}
