import { expect, test } from 'vitest'
import { MOST_BYTES, readScenarioParameter, scenarioParameter } from '../../../src/share/scenario-parameter'
import { deflatedParameter, plainParameter, smallScenarioText } from '../../support/links/link-samples'

const scenario = (more: string): string => `{"format":"unrack-scenario","version":1${more}}`

async function failureOf(parameter: string): Promise<unknown> {
  const read = await readScenarioParameter(parameter)
  return read.kind === 'failure' ? read.failure : read
}

test('a document that goes into a link comes out of it the same', async () => {
  const document = { format: 'unrack-scenario', version: 1, name: 'µ, 😀 and "quotes"', deep: [[{ a: [1e-9, null] }]] }
  const parameter = await scenarioParameter(document)
  expect(parameter).toMatch(/^d1\.[A-Za-z0-9_-]+\.[0-9a-f]{8}$/)
  expect(await readScenarioParameter(parameter)).toEqual({ kind: 'content', document, text: JSON.stringify(document) })
})

test('a link that another deflate wrote opens', async () => {
  expect(await readScenarioParameter(deflatedParameter(smallScenarioText))).toMatchObject({
    kind: 'content',
    text: smallScenarioText,
  })
})

test('a plain link that a script wrote opens', async () => {
  expect(await readScenarioParameter(plainParameter(smallScenarioText))).toMatchObject({
    kind: 'content',
    text: smallScenarioText,
  })
})

test('punctuation that a sentence left behind a link does no harm', async () => {
  for (const rest of [')', '.', '>.', '"', ',']) {
    expect(await readScenarioParameter(deflatedParameter(smallScenarioText) + rest)).toMatchObject({ kind: 'content' })
  }
})

test('no single changed character of the data or the checksum is overlooked', async () => {
  const parameter = deflatedParameter(smallScenarioText)
  for (let at = 'd1.'.length; at < parameter.length; at += 1) {
    if (parameter[at] === '.') continue
    const other = parameter[at] === '0' ? '1' : '0'
    const changed = parameter.slice(0, at) + other + parameter.slice(at + 1)
    const read = await readScenarioParameter(changed)
    // The last character carries spare bits, which say nothing.
    if (read.kind === 'content') expect(read.text).toBe(smallScenarioText)
    else expect(read.failure.kind).toMatch(/^(damaged|unsafe)$/)
  }
})

test('a link that was cut is told apart from a damaged one, wherever it was cut', async () => {
  const parameter = deflatedParameter(smallScenarioText)
  for (let length = 'd1.'.length; length < parameter.length; length += 1) {
    expect(await failureOf(parameter.slice(0, length))).toEqual({ kind: 'truncated' })
  }
})

test('a link that ends in an ellipsis was cut too', async () => {
  expect(await failureOf(`${deflatedParameter(smallScenarioText).slice(0, 100)}…`)).toEqual({ kind: 'truncated' })
})

test('an encoding of the future is too new, not damaged', async () => {
  expect(await failureOf('d9.abc.00000000')).toEqual({ kind: 'too-new', what: 'the encoding "d9"' })
})

test('a scenario of the future is too new', async () => {
  expect(await failureOf(deflatedParameter('{"format":"unrack-scenario","version":2}'))).toEqual({
    kind: 'too-new',
    what: 'scenario version 2',
  })
})

test('a link to a gallery scenario with changes says that it cannot be opened yet', async () => {
  expect(await failureOf('p1.mm1~abc')).toMatchObject({ kind: 'not-yet' })
})

test.each(['__proto__', 'constructor', 'prototype'])('the name %s is refused at any depth', async (name) => {
  const text = scenario(`,"topology":{"nodes":[{"id":"a","spec":{"${name}":{"polluted":true}}}]}`)
  expect(await failureOf(deflatedParameter(text))).toEqual({ kind: 'unsafe', what: `the reserved name "${name}"` })
  expect('polluted' in {}).toBe(false)
})

test('a bomb is refused before it is unpacked', async () => {
  const bomb = deflatedParameter(' '.repeat(50 * MOST_BYTES))
  expect(bomb.length).toBeLessThan(80_000)
  expect(await failureOf(bomb)).toEqual({ kind: 'unsafe', what: 'more than 1 MiB' })
})

test('a link may hold exactly 1 MiB and not a byte more', async () => {
  const fill = (length: number): string => scenario(`,"name":"${'x'.repeat(length - scenario(',"name":""').length)}"`)
  expect(await readScenarioParameter(deflatedParameter(fill(MOST_BYTES)))).toMatchObject({ kind: 'content' })
  expect(await failureOf(deflatedParameter(fill(MOST_BYTES + 1)))).toMatchObject({ kind: 'unsafe' })
  expect(await failureOf(plainParameter(fill(MOST_BYTES + 1)))).toMatchObject({ kind: 'unsafe' })
})

test('32 lists inside each other are allowed, 33 are not', async () => {
  const nested = (depth: number): string => scenario(`,"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}`)
  expect(await readScenarioParameter(deflatedParameter(nested(32)))).toMatchObject({ kind: 'content' })
  expect(await failureOf(deflatedParameter(nested(33)))).toMatchObject({ kind: 'unsafe' })
  expect(
    await failureOf(deflatedParameter(scenario(`,"x":${'['.repeat(100_000)}${']'.repeat(100_000)}`))),
  ).toMatchObject({
    kind: 'unsafe',
  })
})

test.each([
  ['a list', '[1]'],
  ['a document of format "something-else"', '{"format":"something-else"}'],
  ['a document without a format', '{}'],
])('%s is no scenario', async (what, text) => {
  expect(await failureOf(deflatedParameter(text))).toEqual({ kind: 'not-a-scenario', what })
})

test('text that is no JSON, and bytes that are no text, are damaged', async () => {
  expect(await failureOf(deflatedParameter('{"format":'))).toEqual({ kind: 'damaged' })
  expect(await failureOf(`j1.${Buffer.from([0xff, 0xfe]).toString('base64url')}`)).toEqual({ kind: 'damaged' })
  expect(await failureOf('j1.***')).toEqual({ kind: 'damaged' })
  expect(await failureOf('')).toEqual({ kind: 'damaged' })
})
