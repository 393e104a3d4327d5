import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { digest, exportFiles, sha256Hex } from '../../src/formats/export'
import { simulate } from '../../src/simulator/simulate'
import { coreScenarios } from '../support/core-scenarios'
import { printedInContext, testInShells } from '../support/engines'
import { readDocument } from '../support/scenarios'

/** The same bundle of the core gives the same bytes in V8, JavaScriptCore and SpiderMonkey. */

const root = join(import.meta.dirname, '../..')
const script = join(root, 'dist-core/core-digest.js')
let expected = ''

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build-core.mjs'], { cwd: root })
  expected = Object.entries(coreScenarios)
    .map(([name, document]) => {
      const result = simulate(readDocument(document))
      const texts = exportFiles(result).map((file) => file.text)
      return `${name} ${digest(result)} ${sha256Hex(texts.join(''))}\n`
    })
    .join('')
})

test('V8 in a context of its own gives the bytes of the sources', async () => {
  expect(await printedInContext(script)).toBe(expected)
})

testInShells(
  () => script,
  () => expected,
)
