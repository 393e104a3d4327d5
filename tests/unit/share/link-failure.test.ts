import { expect, test } from 'vitest'
import { failureText, type LinkFailure } from '../../../src/share/link-failure'

const failures: readonly LinkFailure[] = [
  { kind: 'damaged' },
  { kind: 'truncated' },
  { kind: 'too-new', what: 'link version 99' },
  { kind: 'unsafe', what: 'more than 1 MiB' },
  { kind: 'not-a-scenario', what: 'a list' },
  { kind: 'not-yet', what: 'It names a gallery scenario' },
]

test('every failure has words of its own', () => {
  const texts = failures.map(failureText)
  expect(new Set(texts.map((text) => text.title)).size).toBe(failures.length)
  expect(new Set(texts.map((text) => text.advice)).size).toBe(failures.length)
})

test('a cut link says what to ask for', () => {
  expect(failureText({ kind: 'truncated' })).toEqual({
    title: 'The end of this link is missing',
    advice: 'Some programs cut long links. Ask for the whole link or a file.',
  })
})
