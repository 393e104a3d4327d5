import type { ValidationCase } from './validation-case'

interface Family {
  readonly cases: readonly ValidationCase[]
}

/** By what ids begin with; each is loaded when one of its cases is asked for. */
const families: readonly (readonly [RegExp, () => Promise<Family>])[] = [
  [/^A(\d|1[0-3])$/, () => import('./families/published')],
  [/^A/, () => import('./families/more-published')],
  [/^B([1-9]|10.)$/, () => import('./families/queues')],
  [/^B1[1-7]$/, () => import('./families/closed-forms')],
  [/^B/, () => import('./families/more-closed-forms')],
  [/^D/, () => import('./families/decisions')],
  [/^F/, () => import('./families/fidelity')],
  [/^X/, () => import('./families/more-queues')],
]

/** @throws RangeError where there is no such case */
export async function caseById(id: string): Promise<ValidationCase> {
  const family = families.find(([ids]) => ids.test(id))
  const found = family && (await family[1]()).cases.find((one) => one.id === id)
  if (!found) throw new RangeError(`no validation case "${id}"`)
  return found
}
