import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { digest, exportFiles, sha256Hex } from '../../src/formats/export'
import { simulate } from '../../src/simulator/simulate'
import { customScenarios } from '../support/custom-scenarios'
import { printedInContext, testInShells } from '../support/engines'
import { prepared } from '../support/sandbox'
import { readDocument } from '../support/scenarios'

/** Policies that a scenario brings along decide the same, to the byte, whichever engine runs the WebAssembly of their sandbox. */

const root = join(import.meta.dirname, '../..')
const script = join(root, 'dist-core/custom-digest-whole.js')
let expected = ''

beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/build-core.mjs'], { cwd: root })
  const wasm = readFileSync(createRequire(import.meta.url).resolve('quickjs-wasi/quickjs.wasm'))
  const bundle = readFileSync(join(root, 'dist-core/custom-digest.js'), 'utf8')
  writeFileSync(script, `var quickjs = new Uint8Array([${wasm.join()}]);\n${bundle}`)
  for (const [name, document] of Object.entries(customScenarios)) {
    const result = simulate(await prepared(readDocument(document)))
    const customs = result.decisions.filter(({ policy }) => policy === 'custom').map(({ kind }) => kind)
    expect(new Set(customs)).toEqual(new Set(['placement', 'offload', 'migration']))
    const texts = exportFiles(result).map((file) => file.text)
    expected += `${name} ${digest(result)} ${sha256Hex(texts.join(''))}\n`
  }
})

test('V8 in a context of its own gives the bytes of the sources', async () => {
  expect(await printedInContext(script, { WebAssembly })).toBe(expected)
})

testInShells(
  () => script,
  () => expected,
)
