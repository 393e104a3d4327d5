import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { beforeAll, expect, test } from 'vitest'
import { digest, exportFiles, sha256Hex } from '../../src/formats/export'
import { simulate } from '../../src/simulator/simulate'
import { coreScenarios } from '../support/core-scenarios'
import { readDocument } from '../support/scenarios'

/**
 * The same bundle of the core gives the same bytes in every engine: V8 (node:vm), JavaScriptCore (`jsc`, of Debian's
 * libjavascriptcoregtk-4.0-bin) and SpiderMonkey (`js102`, of Debian's libmozjs-102-dev).
 */

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

/** Globals of a context are slow to look up; named anew in the script they are not. */
const fastGlobals = 'const { Math, Map, Float64Array } = globalThis;\n'

test('V8 in a context of its own gives the bytes of the sources', () => {
  let printed = ''
  runInNewContext(fastGlobals + readFileSync(script, 'utf8'), {
    print: (line: string) => {
      printed += `${line}\n`
    },
  })
  expect(printed).toBe(expected)
})

for (const { name, program, folders, install } of [
  {
    name: 'JavaScriptCore',
    program: 'jsc',
    folders: webkitFolders(),
    install: 'libjavascriptcoregtk-4.0-bin',
  },
  { name: 'SpiderMonkey', program: 'js102', folders: [], install: 'libmozjs-102-dev' },
]) {
  const path = findProgram(program, folders)
  test(`${name} gives the same bytes`, (context) => {
    if (path === null) context.skip(`${program} is not installed (Debian: apt-get install ${install})`)
    else expect(execFileSync(path, [script], { encoding: 'utf8' })).toBe(expected)
  })
}

function findProgram(name: string, folders: readonly string[]): string | null {
  const everywhere = [...(process.env.PATH ?? '').split(delimiter), ...folders]
  const paths = everywhere.map((folder) => join(folder, name))
  return paths.find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where Debian puts programs of WebKit that are not on the path. */
function webkitFolders(): string[] {
  const library = '/usr/lib'
  if (!existsSync(library)) return []
  const machines = readdirSync(library).filter((name) => name.includes('linux-gnu'))
  return machines.flatMap((machine) =>
    ['webkit2gtk-4.0', 'webkit2gtk-4.1', 'javascriptcoregtk-4.0'].map((name) => join(library, machine, name)),
  )
}
