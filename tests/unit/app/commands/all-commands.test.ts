import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { isSingleKey } from '../../../../src/app/commands/key-match'
import { keyConflicts } from '../../../../src/app/commands/registry'
import { runCommands } from '../../../../src/app/commands/run-commands'
import { buildCommands } from '../../../../src/ui/rack-editor/build-commands'
import { shellCommands } from '../../../../src/ui/shell/shell-commands'
import { stageCommands } from '../../../../src/ui/stage/stage-commands'
import { fakePage } from '../../../support/fake-page'

const page = fakePage()
const none = () => null
const files = { show: () => undefined, opener: { empty: () => undefined } }
const all = [
  ...shellCommands(page, files),
  ...stageCommands(page, none),
  ...buildCommands(page, none),
  ...runCommands(page),
]

test('no two commands share a key where both count', () => {
  expect(keyConflicts(all)).toEqual([])
})

test('every command has an id of its own and a title', () => {
  expect(new Set(all.map((command) => command.id)).size).toBe(all.length)
  for (const command of all) expect(command.title, command.id).not.toBe('')
})

test('no shortcut takes a key that browsers keep for themselves', () => {
  const keys = all.flatMap((command) => command.keys)
  for (const kept of ['Ctrl+W', 'Ctrl+T', 'Ctrl+N', 'Ctrl+L', 'Ctrl+Shift+P', 'Ctrl+Shift+N', 'Ctrl+Shift+C']) {
    expect(keys).not.toContain(kept)
  }
  expect(keys.filter((one) => /Alt\+([A-Z]|\d|Arrow)/.test(one))).toEqual([])
})

test('everything that a letter alone does can also be asked for by name', () => {
  const letters = all.filter((command) => command.keys.some((keys) => isSingleKey(keys) && /[A-Z]/.test(keys)))
  expect(letters.length).toBeGreaterThan(10)
  expect(letters.filter((command) => command.hidden).map((command) => command.id)).toEqual([])
})

test('every button and menu asks for a command that exists', () => {
  const ui = resolve(import.meta.dirname, '../../../../src/ui')
  const files = readdirSync(ui, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
  const named = files.flatMap((name) => {
    const text = readFileSync(join(ui, name), 'utf8')
    return [...text.matchAll(/(?:command="|commands\.run\(')([^"']+)/g)].map((match) => match[1])
  })
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((id) => !all.some((command) => command.id === id))).toEqual([])
})
