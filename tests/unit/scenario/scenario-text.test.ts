import { expect, test } from 'vitest'
import { scenarioText } from '../../../src/scenario/scenario-text'

test('objects take a line per field, lists of plain values one line', () => {
  const text = scenarioText({
    name: 'é "x"',
    at: { x: 0, y: 1.5 },
    kinds: ['cpu', null],
    nodes: [{ id: 'a' }],
    none: [],
    empty: {},
  })
  expect(text).toBe(`{
  "name": "é \\"x\\"",
  "at": {
    "x": 0,
    "y": 1.5
  },
  "kinds": ["cpu", null],
  "nodes": [
    {
      "id": "a"
    }
  ],
  "none": [],
  "empty": {}
}
`)
})

test('a field without a value is left out, as in JSON', () => {
  expect(scenarioText({ a: undefined, b: 1 })).toBe('{\n  "b": 1\n}\n')
})

test('a number that JSON cannot say is refused', () => {
  expect(() => scenarioText({ a: NaN })).toThrow('JSON has no number NaN')
})
