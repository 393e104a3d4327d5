import { expect, test } from 'vitest'
import type { Command } from '../../../../src/app/commands/command'
import { createCommandRegistry, keyConflicts } from '../../../../src/app/commands/registry'

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
const letter = (key: string) => ({ ...plain, key, code: `Key${key.toUpperCase()}` })

function setUp() {
  let time = 0
  const done: string[] = []
  const command = (id: string, keys: string, scope: Command['scope'], when?: () => boolean): Command => ({
    id,
    title: id,
    keys: [keys],
    scope,
    group: '',
    ...(when === undefined ? {} : { when }),
    run: () => done.push(id),
  })
  const registry = createCommandRegistry(() => time, false)
  return {
    registry,
    done,
    command,
    wait: (ms: number) => {
      time += ms
    },
  }
}

test('the most particular scope comes first', () => {
  const { registry, done, command } = setUp()
  registry.register([command('everywhere', 'M', 'global'), command('here', 'M', 'build')])
  registry.press(letter('m'), ['build', 'stage', 'global'], true)
  registry.press(letter('m'), ['global'], true)
  expect(done).toEqual(['here', 'everywhere'])
})

test('keys pressed one after another make one shortcut, for a while', () => {
  const { registry, done, command, wait } = setUp()
  registry.register([command('add', 'A C', 'build')])
  expect(registry.press(letter('a'), ['build'], true)).toBe(true)
  registry.press(letter('c'), ['build'], true)
  expect(done).toEqual(['add'])
  registry.press(letter('a'), ['build'], true)
  wait(5000)
  expect(registry.press(letter('c'), ['build'], true)).toBe(false)
})

test('letters alone do nothing when they are switched off', () => {
  const { registry, done, command } = setUp()
  registry.register([command('link', 'L', 'build')])
  expect(registry.press(letter('l'), ['build'], false)).toBe(false)
  expect(done).toEqual([])
})

test('what cannot be done now leaves its key to others', () => {
  const { registry, done, command } = setUp()
  registry.register([command('never', 'X', 'build', () => false), command('always', 'X', 'global')])
  registry.press(letter('x'), ['build', 'global'], true)
  expect(done).toEqual(['always'])
})

test('two commands that share a key where both count are found', () => {
  const { command } = setUp()
  expect(keyConflicts([command('a', 'K', 'stage'), command('b', 'K', 'build')])).toEqual(['K: a and b'])
  expect(keyConflicts([command('a', 'K', 'run'), command('b', 'K', 'build')])).toEqual([])
})
