import { expect, test } from 'vitest'
import { importers } from '../../../../../src/formats/import'
import { jaegerInput, jaegerTrace } from '../../../../support/import/jaeger-trace'

const jaeger = importers.find((importer) => importer.name === 'jaeger')

test('Jaeger JSON is recognized by its beginning, other JSON is not', () => {
  const { text } = jaegerInput([jaegerTrace('t', [{ service: 'a', at: 0, lasts: 1 }])])
  const texts = [
    text,
    `\ufeff\r\n[${text}]`,
    '{"resourceSpans": [{"scopeSpans": [{"spans": [{"spanId": "1"}]}]}]}',
    '{"format": "unrack-scenario"}',
    'traceID,spanID',
  ]
  expect(texts.map((each) => jaeger?.accepts(each))).toEqual([true, true, false, false, false])
})

test('a scenario that mentions spans is no trace', () => {
  expect(jaeger?.accepts('{"format": "unrack-scenario", "description": "\\"spans\\": []"}')).toBe(false)
})

test('the importer runs', () => {
  const input = jaegerInput([jaegerTrace('t', [{ service: 'a', at: 0, lasts: 1 }])])
  expect(jaeger?.run([input]).scenario).toMatchObject({ format: 'unrack-scenario', version: 1 })
})
