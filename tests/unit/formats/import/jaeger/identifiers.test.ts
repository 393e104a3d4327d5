import { expect, test } from 'vitest'
import { Identifiers } from '../../../../../src/formats/import/jaeger/identifiers'

const make = (...names: readonly string[]): readonly string[] => {
  const ids = new Identifiers()
  return names.map((name) => ids.make(name, 'service'))
}

test('characters that identifiers do not have become hyphens', () => {
  expect(make('/geo.Geo/Nearby', 'HTTP GET /hotels', '_x_')).toEqual(['geo-Geo-Nearby', 'HTTP-GET-hotels', 'x_'])
})

test('the same identifier is never given twice', () => {
  expect(make('a b', 'a/b', 'a-b')).toEqual(['a-b', 'a-b-2', 'a-b-3'])
})

test('names without a usable character get a word instead', () => {
  expect(make('日本', '…')).toEqual(['service', 'service-2'])
})

test('identifiers have at most 64 characters, numbered ones too', () => {
  const [first, second] = make('x'.repeat(100), 'x'.repeat(101))
  expect([first, second]).toEqual(['x'.repeat(64), `${'x'.repeat(62)}-2`])
})
