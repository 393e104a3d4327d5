import { describe, expect, test } from 'vitest'
import { Failure } from '../../../src/sandbox/failure'
import { sandboxOf } from '../../support/sandbox'

/** What somebody may try, the words it is answered with, and the line that is blamed. */
const attempts: readonly (readonly [what: string, code: string, words: RegExp, line: number | null])[] = [
  ['an endless loop', 'function decide() { for (;;) {} }', /takes too long/, 1],
  [
    'a loop with work',
    'function decide() {\n  let n = 0\n  for (;;) {\n    n += Math.sqrt(n)\n  }\n}',
    /takes too long/,
    4,
  ],
  ['a loop that catches', 'function decide() { for (;;) { try { for (;;) {} } catch {} } }', /takes too long/, 1],
  ['an endless loop before any call', 'for (;;) {}', /takes too long/, null],
  ['a pattern without end', 'function decide() { return /(a+)+$/.test("a".repeat(40) + "b") }', /takes too long/, 1],
  [
    'a list of everything',
    'function decide() {\n const a = []\n for (;;) a.push("x".repeat(1000) + a.length)\n}',
    /more memory/,
    3,
  ],
  ['a huge array', 'function decide() { return new Array(1e9).fill(1) }', /too long: at most 1000000/, 1],
  ['a text that doubles', 'function decide() { let s = "abc"; for (;;) s += s + "" }', /memory|too long|string/, 1],
  [
    'a text doubled and torn',
    'function decide() { let s = "ab"; for (;;) s = [...s, ...s].join("") }',
    /memory|too long/,
    1,
  ],
  [
    'memory, and to hide it',
    'function decide() { const a = []; try { for (;;) a.push([1, 2, 3]) } catch { return a.length } }',
    /more memory/,
    null,
  ],
  ['deep recursion', 'function decide() {\n  return decide() + 1\n}', /too deeply/, 2],
  ['deep text', 'function decide() { return JSON.parse("[".repeat(1e5)) }', /too deeply|SyntaxError/, 1],
  [
    'fetch',
    'function decide() {\n\n  return fetch("https://example.org")\n}',
    /fetch is not available: a policy sees/,
    3,
  ],
  ['postMessage', 'function decide() { postMessage(1) }', /postMessage is not available/, 1],
  ['import()', 'function decide() { import("node:fs"); return 1 }', /waits for something \(import/, null],
  ['import', 'import fs from "node:fs"\nfunction decide() {}', /SyntaxError/, 1],
  ['require', 'function decide() { return require("fs") }', /require is not available/, 1],
  ['process', 'function decide() { return process.env }', /process is not available/, 1],
  ['localStorage', 'function decide() { return localStorage.length }', /localStorage is not available/, 1],
  ['self', 'function decide() { return self.x }', /self is not available/, 1],
  [
    'setTimeout',
    'function decide() { setTimeout(() => {}, 1) }',
    /setTimeout is not available: a policy answers at once/,
    1,
  ],
  ['await', 'async function decide() { await 1; return 1 }', /waits for something/, null],
  ['Date', 'function decide() { return Date.now() }', /Date is not available: take the time/, 1],
  ['new Date', 'function decide() { return new Date() }', /Date is not available/, 1],
  ['eval', 'function decide() { return eval("1") }', /eval is not available/, 1],
  ['Function', 'function decide() { return Function("return this")() }', /Function is not available/, 1],
  [
    'constructor.constructor',
    'function decide() { return decide.constructor("return this")() }',
    /code cannot be made from text/,
    1,
  ],
  [
    'the one of a generator',
    'function decide() { return (function* () {}).constructor("yield 1")().next() }',
    /code cannot be made/,
    1,
  ],
  [
    'the one of an async function',
    'function decide() { return (async () => {}).constructor("1") }',
    /code cannot be made/,
    1,
  ],
  [
    'through an error',
    'function decide() { return new Error().constructor.constructor("return this")() }',
    /code cannot be made/,
    1,
  ],
  [
    'through what it is given',
    'function decide(view) { return view.constructor.constructor("return this")() }',
    /code cannot be made/,
    1,
  ],
  ['Object.prototype', 'function decide() { Object.prototype.toString = 1 }', /TypeError/, 1],
  ['__proto__', 'function decide() { ({}).__proto__.x = 1 }', /TypeError/, 1],
  ['a new global', 'function decide() { globalThis.kept = 1 }', /TypeError/, 1],
  ['a global by mistake', 'function decide() { kept = 1 }', /ReferenceError/, 1],
  ['JSON', 'function decide() { JSON.stringify = () => "{}" }', /TypeError/, 1],
  ['Array.prototype', 'function decide() { Array.prototype.map = null }', /TypeError/, 1],
  ['Math.random', 'function decide() { Math.random = () => 1 }', /TypeError/, 1],
  ['the clock of iterators', 'function decide() { [][Symbol.iterator]().__proto__.next = null }', /TypeError/, 1],
  ['what it is given', 'function decide(view) { view.n = 2 }', /TypeError/, 1],
  ['out of its wrapping', '} } ); globalThis.x = 1; (p => () => { { ', /SyntaxError/, 1],
  ['a return at the top', 'return 1', /SyntaxError/, 1],
  [
    'an array that is none',
    'function decide() { return Array.prototype.reverse.call({ length: 2 ** 53 - 1 }) }',
    /for arrays alone/,
    1,
  ],
  [
    'an array of holes',
    'function decide() { const a = []; a.length = 4e9; return a.reverse() }',
    /too long: at most 1000000/,
    1,
  ],
  [
    'a long search',
    'function decide() { return "a".repeat(1e5).indexOf("a".repeat(5e4) + "b") }',
    /too long to search/,
    1,
  ],
  [
    'an error that lies',
    'function decide() { throw { get message() { for (;;) {} }, get name() { for (;;) {} } } }',
    /threw something|takes too long/,
    null,
  ],
  ['an answer that loops', 'function decide() { return { toJSON() { for (;;) {} } } }', /takes too long/, 1],
  ['a state that grows', 'function decide(view, state) { state.text = "x".repeat(3e5) }', /state has become/, null],
  ['a state that cannot be kept', 'function decide(view, state) { state.self = state }', /circular/i, null],
  ['Atomics', 'function decide() { Atomics.wait() }', /Atomics is not available/, 1],
  ['a proxy', 'function decide() { return new Proxy({}, {}) }', /Proxy is not available/, 1],
]

describe('what a policy must not do stops it with a clear message', () => {
  test.each(attempts)('%s', async (_what, code, words, line) => {
    const failure = await failed(code)
    expect(failure.message).toMatch(words)
    expect(failure.line).toBe(line)
    // And again the same: it can be repeated.
    const again = await failed(code)
    expect(again.message).toBe(failure.message)
  })
})

/** Tried twice in one sandbox where it comes to deciding: the second time must not differ. */
async function failed(code: string): Promise<Failure> {
  try {
    const sandbox = await sandboxOf(code)
    const tries = [1, 2].map(() => {
      try {
        return sandbox.decide([{ n: 1 }], '{}', [1, 2, 3, 4])
      } catch (error) {
        return error
      }
    })
    const [first, second] = tries
    if (!(first instanceof Failure)) throw new Error(`it was not stopped: ${JSON.stringify(first)}`)
    expect((second as Failure).message).toBe(first.message)
    return first
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}
