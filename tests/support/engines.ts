import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'

/** JavaScript engines beside the one of Node: JavaScriptCore and SpiderMonkey, as Debian's packages have them. */
const shells = [
  { name: 'JavaScriptCore', program: 'jsc', folders: webkitFolders(), install: 'libjavascriptcoregtk-4.0-bin' },
  { name: 'SpiderMonkey', program: 'js102', folders: [], install: 'libmozjs-102-dev' },
] as const

/** Globals of a context are slow to look up; named anew in the script they are not. */
const fastGlobals = 'const { Math, Map, Float64Array } = globalThis;\n'

/** A test for each shell, that a script prints what it should; one that is not installed is skipped, and says so. */
export function testInShells(script: () => string, expected: () => string): void {
  for (const { name, program, folders, install } of shells) {
    const path = findProgram(program, folders)
    test(`${name} gives the same bytes`, (context) => {
      if (path === null) context.skip(`${program} is not installed (Debian: apt-get install ${install})`)
      else expect(execFileSync(path, [script()], { encoding: 'utf8' })).toBe(expected())
    })
  }
}

/** What a script says in a context of V8 that has nothing of its host but a `print`. */
export async function printedInContext(script: string, given: object = {}): Promise<string> {
  let printed = ''
  const print = (line: string): void => {
    printed += `${line}\n`
  }
  runInNewContext(fastGlobals + readFileSync(script, 'utf8'), { print, ...given })
  for (let turn = 0; turn < 1000 && printed === ''; turn += 1) await new Promise((resolve) => setTimeout(resolve, 5))
  return printed
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
