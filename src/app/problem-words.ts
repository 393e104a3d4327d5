import type { Problem } from '../scenario/problems'

/** A problem for a narrow place: where it is, and what it is, apart. */
export function problemWords({ path, message }: Problem): { readonly place: string; readonly text: string } {
  return { place: path === '' ? 'the scenario' : path, text: message }
}
