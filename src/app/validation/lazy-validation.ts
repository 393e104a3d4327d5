import type { ValidationSession } from './validation-session'

/** What only the Validation view needs is loaded when it is opened for the first time. */
export function lazyValidation(now: () => number): () => Promise<ValidationSession> {
  let made: Promise<ValidationSession> | null = null
  return () => (made ??= make(now))
}

async function make(now: () => number): Promise<ValidationSession> {
  const { createValidationSession } = await import('./validation-session')
  return createValidationSession({ now, fetchRecorded })
}

async function fetchRecorded(): Promise<string> {
  const answer = await fetch('./validation/results.json')
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`)
  return answer.text()
}
