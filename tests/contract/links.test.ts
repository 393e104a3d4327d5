import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readScenario } from '../../src/scenario/read-scenario'
import { fragmentOf, readAddress, readScenarioParameter } from '../../src/share'
import { catalog } from '../../src/simulator/catalog'

const folder = resolve(import.meta.dirname, '../support/links')
const links = readdirSync(folder).filter((name) => name.endsWith('.txt'))

/** Links of every version of the grammar that was ever released, each beside the document that it holds. */
test.each(links)('%s opens forever', async (name) => {
  const fragment = fragmentOf(readFileSync(resolve(folder, name), 'utf8')) ?? ''
  const read = readAddress(fragment)
  if (read.kind !== 'address') throw new Error(read.failure.kind)
  expect(read.notes).toEqual([])
  const content = await readScenarioParameter(read.address.scenario ?? '')
  if (content.kind !== 'content') throw new Error(content.failure.kind)
  expect(content.document).toEqual(JSON.parse(readFileSync(resolve(folder, name.replace('.txt', '.json')), 'utf8')))
  expect(readScenario(content.text, catalog).problems).toEqual([])
})

test('there is a link of every released version', () => {
  expect(new Set(links.map((name) => name.split('-')[0]))).toEqual(new Set(['v1']))
})

test('what a link says about looking is still understood', () => {
  const fragment = fragmentOf(readFileSync(resolve(folder, 'v1-moment.txt'), 'utf8')) ?? ''
  expect(readAddress(fragment)).toMatchObject({
    address: {
      view: 'run',
      momentPs: 412_310_000_000,
      selection: { kind: 'dev', id: 'cpu.0' },
      theme: 'dark',
      engine: '0.1.0',
      check: '3f9a2c01be77',
    },
  })
})
