import type { Command, CommandScope } from './command'
import { isSingleKey, pressName } from './key-match'
import type { KeyPress } from './key-match'

/** All commands of the page. */
export interface CommandRegistry {
  /** Adds commands; the answer takes them out again. A command with a known id replaces it. */
  register(commands: readonly Command[]): () => void
  list(): readonly Command[]
  get(id: string): Command | undefined
  /** Runs a command if it can be done now; answers whether it did. */
  run(id: string): boolean
  /**
   * Looks for a command of the active scopes (the most particular first) and runs it.
   *
   * @param singleKeys whether letters alone count
   * @returns whether the press was used, also as the beginning of a sequence
   */
  press(press: KeyPress, scopes: readonly CommandScope[], singleKeys: boolean): boolean
}

/** A begun sequence is forgotten after this many ms. */
const SEQUENCE_MS = 1500

export function createCommandRegistry(now: () => number, isMac: boolean): CommandRegistry {
  const commands = new Map<string, Command>()
  let begun = ''
  let begunAt = 0
  const isPossible = (command: Command): boolean => command.when?.() ?? true

  function find(keys: string, scopes: readonly CommandScope[]): Command | undefined {
    for (const scope of scopes) {
      for (const command of commands.values()) {
        if (command.scope === scope && command.keys.includes(keys) && isPossible(command)) return command
      }
    }
    return undefined
  }

  const begins = (keys: string, scopes: readonly CommandScope[]): boolean =>
    [...commands.values()].some(
      (command) => scopes.includes(command.scope) && command.keys.some((one) => one.startsWith(`${keys} `)),
    )

  return {
    register(added) {
      for (const command of added) commands.set(command.id, command)
      return () => {
        for (const command of added) if (commands.get(command.id) === command) commands.delete(command.id)
      }
    },
    list: () => [...commands.values()],
    get: (id) => commands.get(id),
    run(id) {
      const command = commands.get(id)
      if (command === undefined || !isPossible(command)) return false
      command.run()
      return true
    },
    press(press, scopes, singleKeys) {
      const name = pressName(press, isMac)
      if (name === '') return false
      const before = now() - begunAt < SEQUENCE_MS ? begun : ''
      begun = ''
      const sequence = before === '' ? name : `${before} ${name}`
      if (!singleKeys && isSingleKey(name)) return false
      const command = find(sequence, scopes) ?? find(name, scopes)
      if (command !== undefined) {
        command.run()
        return true
      }
      if (!begins(name, scopes)) return false
      begun = name
      begunAt = now()
      return true
    },
  }
}

/** Pairs of commands that would fight for a key: tests expect none. */
export function keyConflicts(commands: readonly Command[]): string[] {
  const together: readonly (readonly CommandScope[])[] = [
    ['global', 'stage', 'build'],
    ['global', 'stage', 'run'],
    ['global', 'timeline', 'run'],
    ['global', 'table'],
  ]
  const found = new Set<string>()
  for (const scopes of together) {
    const owner = new Map<string, string>()
    for (const command of commands.filter((one) => scopes.includes(one.scope))) {
      for (const keys of command.keys) {
        const other = owner.get(keys)
        if (other !== undefined && other !== command.id) found.add(`${keys}: ${other} and ${command.id}`)
        owner.set(keys, command.id)
      }
    }
  }
  return [...found]
}
