import { expect, test } from 'vitest'
import { catalog } from '../../src/simulator/catalog'
import { presetsPage } from '../support/presets-page'

test('docs/presets.md is what the catalog says (write it anew with --update)', async () => {
  await expect(presetsPage(catalog)).toMatchFileSnapshot('../../docs/presets.md')
})
