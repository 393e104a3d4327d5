import { describe, expect, test } from 'vitest'
import { readJsonText } from '../../../src/scenario/json-text'

const mistakesIn = (text: string): readonly string[] => readJsonText(text).mistakes

test('values of every kind are read as the engine reads them', () => {
  const text = ' {"a": [1, -0.5e3, 2E-2, true, false, null, "x\\n\\u00e9\\"\\/"], "b": {}, "c": []}\r\n'
  expect(readJsonText(text)).toEqual({ value: JSON.parse(text) as unknown, mistakes: [] })
})

test('the byte order mark of some editors is skipped', () => {
  expect(readJsonText('\ufeff[1]').value).toEqual([1])
})

test('minus zero is zero', () => {
  expect(Object.is(readJsonText('-0').value, 0)).toBe(true)
})

describe('a mistake is told with its line and column', () => {
  test.each([
    ['', 'line 1, column 1: found the end of the text, expected a JSON document'],
    ['{\n  "a": 1,\n  "b" 2\n}', 'line 3, column 7: found 2, expected ":"'],
    ['[1 2]', 'line 1, column 4: found 2, expected "," or "]"'],
    ['[1,\r\n2,\r\n]', 'line 3, column 1: found "]", expected another value, as no comma may stand before "]"'],
    ['{"a": 1,}', 'line 1, column 9: found "}", expected another "key": value, as no comma may stand before "}"'],
    ['{a: 1}', 'line 1, column 2: found a, expected a key in double quotes'],
    ["['x']", 'line 1, column 2: found "\'", expected a value'],
    ['[1] x', 'line 1, column 5: found x, expected the end of the text'],
    ['[NaN]', 'line 1, column 2: found NaN, expected a number, as JSON has no NaN and no Infinity'],
    ['[-Infinity]', 'line 1, column 2: found -Infinity, expected a number, as JSON has no NaN and no Infinity'],
    ['[True]', 'line 1, column 2: found True, expected true, false or null'],
    ['[01]', 'line 1, column 2: found 01, expected a number such as 12, -0.5 or 3e6'],
    ['[+1]', 'line 1, column 2: found +1, expected a number such as 12, -0.5 or 3e6'],
    ['[.5]', 'line 1, column 2: found .5, expected a number such as 12, -0.5 or 3e6'],
    ['[1e999]', 'line 1, column 2: found 1e999, expected a number of at most 1.7976931348623157e308'],
    ['[ // one\n1]', 'line 1, column 3: found a comment, expected a value, as JSON has no comments'],
    ['["a\nb"]', 'line 1, column 4: found a line break, expected an escape such as \\n or \\t inside text'],
    ['["a\\x"]', 'line 1, column 4: found \\x, expected one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000'],
    ['["abc', 'line 1, column 2: found text without an end, expected a closing "'],
    ['[', 'line 1, column 2: found the end of the text, expected a value'],
    ['[1,', 'line 1, column 4: found the end of the text, expected a value'],
  ])('%j', (text, mistake) => {
    expect(readJsonText(text)).toEqual({ value: undefined, mistakes: [mistake] })
  })
})

test('every key that is given twice is told, and the first value is kept', () => {
  const read = readJsonText('{"a": 1, "a": 2,\n "b": {"c": 1, "c": 1}}')
  expect(read.value).toEqual({ a: 1, b: { c: 1 } })
  expect(read.mistakes).toEqual([
    'line 1, column 10: found the key "a" a second time, expected every key of an object once',
    'line 2, column 16: found the key "c" a second time, expected every key of an object once',
  ])
})

test('keys that reach into prototypes are refused and never stored', () => {
  const read = readJsonText('{"__proto__": {"polluted": true}, "constructor": 1, "prototype": 2, "toString": 3}')
  expect(read.mistakes).toHaveLength(3)
  expect(Object.keys(read.value as object)).toEqual(['toString'])
  expect((read.value as { polluted?: boolean }).polluted).toBeUndefined()
})

test('64 lists inside each other are read, 65 are not', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
  expect(mistakesIn(nested(64))).toEqual([])
  expect(mistakesIn(nested(65))).toEqual([
    'line 1, column 65: found "[", expected at most 64 lists and objects inside each other',
  ])
  expect(mistakesIn('['.repeat(1_000_000))).toHaveLength(1)
})

test('a text full of repeated keys is answered with the first hundred', () => {
  expect(mistakesIn(`{${'"a":1,'.repeat(5000)}"b":1}`)).toHaveLength(100)
})
