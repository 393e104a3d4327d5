import { expect, test } from 'vitest'
import { csvText, microsecondsCell, numberCell, quantityCell } from '../../../../src/formats/export/csv'

const twoColumns = [
  ['name', (row: { name: string; value: string }) => row.name],
  ['value', (row: { name: string; value: string }) => row.value],
] as const

test('a file without rows is its header line', () => {
  expect(csvText(twoColumns, [])).toBe('name,value\r\n')
})

test('every line ends in CRLF, the last one too', () => {
  expect(csvText(twoColumns, [{ name: 'a', value: '1' }])).toBe('name,value\r\na,1\r\n')
})

test.each([
  ['a comma', 'a,b', '"a,b"'],
  ['a quote, which is doubled', 'say "hi"', '"say ""hi"""'],
  ['a line break', 'a\nb', '"a\nb"'],
  ['a carriage return', 'a\rb', '"a\rb"'],
])('a cell with %s is quoted', (_, cell, written) => {
  expect(csvText(twoColumns, [{ name: cell, value: '' }])).toBe(`name,value\r\n${written},\r\n`)
})

test('a cell without them is not quoted', () => {
  expect(csvText(twoColumns, [{ name: "it's; fine\tso", value: ' x ' }])).toBe("name,value\r\nit's; fine\tso, x \r\n")
})

test('a number is the shortest text that reads back the same', () => {
  expect([0.1 + 0.2, 1e21, -0, 12345].map(numberCell)).toEqual(['0.30000000000000004', '1e+21', '0', '12345'])
})

test('what is not applicable is an empty cell, never 0 and never NaN', () => {
  expect([NaN, Infinity, -Infinity].map(numberCell)).toEqual(['', '', ''])
  expect([NaN, Infinity, -Infinity].map(microsecondsCell)).toEqual(['', '', ''])
})

test('times in microseconds have six decimals: whole picoseconds', () => {
  expect([0, 0.0000005, 1 / 3, 2302.6].map(microsecondsCell)).toEqual([
    '0.000000',
    '0.000000',
    '0.333333',
    '2302.600000',
  ])
})

test('the unit decides how a quantity is written', () => {
  expect(quantityCell(1.5, 'us')).toBe('1.500000')
  expect(quantityCell(1.5, 's')).toBe('1.5')
})
