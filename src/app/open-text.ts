import type { Json } from '../scenario/scenario'
import { fragmentOf } from '../share'

/** What somebody dropped, pasted or chose. */
export interface TextInput {
  readonly name: string
  readonly text: string
}

export type TextKind = 'link' | 'scenario' | 'traces'

/** What a text is, by its outermost shape. What is nothing known counts as a scenario, whose reader says what is wrong. */
export function kindOfText(text: string): TextKind {
  if (fragmentOf(text) !== null) return 'link'
  const value = parsed(text)
  if (value === undefined || value === null || typeof value !== 'object') return 'scenario'
  if ('format' in value) return 'scenario'
  return Array.isArray(value) || ['data', 'traceID', 'spans'].some((key) => key in value) ? 'traces' : 'scenario'
}

function parsed(text: string): Json | undefined {
  try {
    // What JSON.parse gives is JSON.
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
