import { expect, test } from 'vitest'
import { fittingFact } from '../../../../src/ui/stage/stage-texts'

test('the head of a card shows as many parts of its fact as fit beside the title', () => {
  const fact = '16 cores · 2.5 GHz'
  expect(fittingFact('CPU', 4, fact)).toBe(fact)
  expect(fittingFact('Edge hosts', 2, fact)).toBe('16 cores')
  expect(fittingFact('Very long pool na…', 1000, fact)).toBe('')
})
