import type { ValidationCase } from './validation-case'

interface Family {
  readonly cases: readonly ValidationCase[]
}

/** By the letter that their ids begin with; each is loaded when one of its cases is asked for. */
const families: Readonly<Record<string, () => Promise<Family>>> = {
  A: () => import('./families/published'),
  B: () => import('./families/closed-forms'),
  D: () => import('./families/decisions'),
  F: () => import('./families/fidelity'),
  X: () => import('./families/more-queues'),
}

/** @throws RangeError where there is no such case */
export async function caseById(id: string): Promise<ValidationCase> {
  const load = families[id.charAt(0)] as (() => Promise<Family>) | undefined
  const found = load && (await load()).cases.find((one) => one.id === id)
  if (!found) throw new RangeError(`no validation case "${id}"`)
  return found
}
