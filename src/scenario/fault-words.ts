/** How a run tells of a fault in its decisions, and what such words say: written and read here alone. */

export type FaultTurn =
  { readonly effect: 'down'; readonly begins: boolean } | { readonly effect: 'slow'; readonly factor: number }

const DOWN = 'is down'
const UP = 'is up again'
const FULL_SPEED = 'works at full speed again'

export const downWords = (more: string): string => `${DOWN}: ${more}`
export const upWords = (more: string): string => `${UP}: ${more}`
export const speedWords = (factor: number): string => (factor === 1 ? FULL_SPEED : `works ${factor} times slower`)

/** What a fault's decision says has happened; null: nothing yet, such as a warning. */
export function faultTurn(words: string): FaultTurn | null {
  if (words.startsWith(`${DOWN}:`)) return { effect: 'down', begins: true }
  if (words.startsWith(`${UP}:`)) return { effect: 'down', begins: false }
  if (words === FULL_SPEED) return { effect: 'slow', factor: 1 }
  const factor = Number(/^works (\S+) times slower$/.exec(words)?.[1])
  return Number.isFinite(factor) ? { effect: 'slow', factor } : null
}
