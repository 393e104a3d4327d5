import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compactDocument } from '../../src/scenario/compact'
import { readJsonText } from '../../src/scenario/json-text'
import { problemText } from '../../src/scenario/problems'
import { checkDocument, readScenario } from '../../src/scenario/read-scenario'
import type { Json, ScenarioDocument } from '../../src/scenario/scenario'
import { scenarioText } from '../../src/scenario/scenario-text'
import { catalog } from '../../src/simulator/catalog'
import { arbitraryScenario } from '../support/scenario-arbitrary'

/** The scenario, or a failure that says what is wrong with it. */
function scenarioOf(document: ScenarioDocument) {
  const { scenario, problems } = checkDocument(document, catalog)
  expect(problems.filter((problem) => problem.severity === 'error').map(problemText)).toEqual([])
  return scenario
}

test('every drawn scenario is valid', () => {
  fc.assert(
    fc.property(arbitraryScenario, (document) => void scenarioOf(document)),
    { numRuns: 300 },
  )
})

test('a scenario with its defaults filled in, written and read again, is the same scenario', () => {
  fc.assert(
    fc.property(arbitraryScenario, (document) => {
      const scenario = scenarioOf(document)
      const again = readScenario(scenarioText(scenario!), catalog)
      expect(again.scenario).toEqual(scenario)
      expect(scenarioText(again.scenario!)).toBe(scenarioText(scenario!))
    }),
    { numRuns: 200 },
  )
})

test('a document without its defaults is the same scenario, and as short as the filled one becomes', () => {
  fc.assert(
    fc.property(arbitraryScenario, (document) => {
      const scenario = scenarioOf(document)
      const short = compactDocument(document, catalog)
      expect(scenarioOf(short)).toEqual(scenario)
      expect(compactDocument(short, catalog)).toEqual(short)
      const filled = JSON.parse(scenarioText(scenario!)) as ScenarioDocument
      expect(scenarioText(compactDocument(filled, catalog))).toBe(scenarioText(short))
    }),
    { numRuns: 200 },
  )
})

test('no value makes the reader throw, and it gives a scenario exactly when it reports no error', () => {
  fc.assert(
    fc.property(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withNullPrototype: true,
        withSparseArray: true,
        withTypedArray: true,
      }),
      (value) => {
        const { scenario, problems } = checkDocument(value, catalog)
        expect(scenario === null).toBe(problems.some((problem) => problem.severity === 'error'))
      },
    ),
    { numRuns: 1000 },
  )
})

test('no change to one place of a valid scenario makes the reader throw or the short document say something else', () => {
  fc.assert(
    fc.property(arbitraryScenario, fc.nat(), fc.jsonValue({ maxDepth: 3 }), (document, where, value) => {
      const broken = withReplaced(document, where, value as Json)
      const { scenario, problems } = checkDocument(broken, catalog)
      expect(scenario === null).toBe(problems.some((problem) => problem.severity === 'error'))
      const again = checkDocument(compactDocument(broken, catalog), catalog)
      expect(again.scenario).toEqual(scenario)
    }),
    { numRuns: 1000 },
  )
})

test('no cut of a scenario text makes the reader throw or accept it', () => {
  fc.assert(
    fc.property(arbitraryScenario, fc.nat(), (document, cut) => {
      const text = scenarioText(document)
      const { scenario, problems } = readScenario(text.slice(0, cut % (text.length - 2)), catalog)
      expect(scenario).toBeNull()
      expect(problems.length).toBeGreaterThan(0)
    }),
    { numRuns: 200 },
  )
})

test('our JSON reader and the engine agree on every text that JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const read = readJsonText(text)
      if (/"(__proto__|constructor|prototype)"/.test(text)) return
      expect(read.mistakes).toEqual([])
      expect(read.value).toEqual(JSON.parse(text.replaceAll(/(?<=[[,:\s]|^)-0(?=[,\]}\s]|$)/g, '0')))
    }),
    { numRuns: 500 },
  )
})

test('our JSON reader accepts a text exactly when the engine does', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '1',
    '-0.5e3',
    '01',
    '.5',
    'true',
    'null',
    'NaN',
    ' ',
    '\n',
    '"\\u00e9"',
    '"\\x"',
    "'a'",
    '//',
    '+1',
    '1.',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 9 }), (parts) => {
      const text = parts.join('')
      const read = readJsonText(text)
      expect(read.value !== undefined).toBe(isJson(text))
    }),
    { numRuns: 3000 },
  )
})

/** Whether the engine reads it, and every number fits into a double. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text, (_, value: unknown) => {
      if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('overflow')
      return value
    })
    return true
  } catch {
    return false
  }
}

/** The document with the n-th of all its values (counted round and round) replaced. */
function withReplaced(document: ScenarioDocument, n: number, value: Json): ScenarioDocument {
  const left = { count: n % countOf(document) }
  return replaced(document, value, left) as ScenarioDocument
}

function countOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce<number>((sum, item: Json) => sum + countOf(item), 0)
}

function replaced(here: Json, value: Json, left: { count: number }): Json {
  if (typeof here !== 'object' || here === null) {
    left.count -= 1
    return left.count === -1 ? value : here
  }
  if (Array.isArray(here)) return here.map((item: Json) => replaced(item, value, left))
  return Object.fromEntries(Object.entries(here).map(([key, item]) => [key, replaced(item, value, left)]))
}
