import { expect, test } from 'vitest'
import { closest, named, oneOf, shown, suggestion } from '../../../src/scenario/words'

test('values are shown short and as the author wrote them', () => {
  expect([undefined, null, 'a"b', 1.5, true, [], [1], {}].map(shown)).toEqual([
    'nothing',
    'null',
    '"a\\"b"',
    '1.5',
    'true',
    'an empty list',
    'a list',
    'an object',
  ])
  expect(shown('x'.repeat(200))).toBe(`"${'x'.repeat(40)}"…`)
})

test('long lists of names are cut', () => {
  expect(named('nodes', ['a', 'b'])).toBe('nodes: a, b')
  expect(named('nodes', [])).toBe('there are no nodes')
  expect(
    named(
      'nodes',
      Array.from({ length: 15 }, (_, index) => `n${index}`),
    ),
  ).toMatch(/n11 and 3 more$/)
})

test('alternatives are joined by or', () => {
  expect(oneOf(['a'])).toBe('"a"')
  expect(oneOf(['a', 'b', 'c'])).toBe('"a", "b" or "c"')
})

test('a name is suggested when few letters differ', () => {
  expect(suggestion('coress', ['cores', 'speed'])).toBe(' (did you mean "cores"?)')
  expect(suggestion('color', ['cores', 'speed'])).toBe('')
  expect(closest('Frequency', ['frequencyGHz', 'cores'])).toBe('frequencyGHz')
  expect(closest('x'.repeat(1000), ['y'])).toBeUndefined()
  expect(closest('a', ['b'])).toBeUndefined()
  expect(named('fields', ['cores', 'speed'], 'coress')).toBe('did you mean "cores"? fields: cores, speed')
})
