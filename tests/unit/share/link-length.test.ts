import { expect, test } from 'vitest'
import { linkLength } from '../../../src/share/link-length'

test.each([
  [2_000, 'everywhere'],
  [2_001, 'browsers'],
  [8_000, 'browsers'],
  [8_001, 'desktop'],
  [32_000, 'desktop'],
  [32_001, 'too-long'],
])('a link of %d characters is graded %s', (characters, grade) => {
  expect(linkLength('x'.repeat(characters))).toMatchObject({ characters, grade })
})
