import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { catalog } from '../../../src/simulator/catalog'
import { formatTables } from '../../support/format-tables'

const page = readFileSync(fileURLToPath(new URL('../../../docs/scenario-format.md', import.meta.url)), 'utf8')
const rows = new Set(page.split('\n').map(withoutPadding))

/** A table row without the spaces that align its columns. */
function withoutPadding(row: string): string {
  return row.replaceAll(/\s+/g, ' ').trim()
}

test.each(Object.entries(formatTables(catalog)))('docs/scenario-format.md tells the truth about: %s', (_, expected) => {
  expect(expected.map(withoutPadding).filter((row) => !rows.has(row))).toEqual([])
})
