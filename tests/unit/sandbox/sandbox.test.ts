import { describe, expect, test } from 'vitest'
import { sandboxOf } from '../../support/sandbox'

const draws = [1, 2, 3, 4]

describe('a sandbox decides by its arguments, its state and the draws alone', () => {
  test('it is given its arguments, its parameters and its state', async () => {
    const sandbox = await sandboxOf(
      `function decide(a, b, state) { state.seen = (state.seen ?? 0) + a.n; return { sum: a.n + b[1] + parameters.more, seen: state.seen } }`,
      { more: 100 },
    )
    const first = sandbox.decide([{ n: 1 }, [5, 10]], '{}', draws)
    expect(first).toEqual({ answer: { sum: 111, seen: 1 }, sort: 'object', state: '{"seen":1}' })
    expect(sandbox.decide([{ n: 2 }, [5, 10]], first.state, draws).answer).toEqual({ sum: 112, seen: 3 })
    // From the same state the same again, whatever came in between.
    expect(sandbox.decide([{ n: 2 }, [5, 10]], first.state, draws).answer).toEqual({ sum: 112, seen: 3 })
  })

  test('what stands at the top begins anew for each decision', async () => {
    const sandbox = await sandboxOf(
      'let count = 0\nconst seen = new Map()\nfunction decide() { count += 1; seen.set(count, 1); return count + seen.size }',
    )
    for (let i = 0; i < 3; i += 1) expect(sandbox.decide([], '{}', draws).answer).toBe(2)
  })

  test('a function under a name serves as well', async () => {
    const sandbox = await sandboxOf('const decide = (view, state) => view')
    expect(sandbox.decide([{ a: [1, { b: 2 }] }], '{}', draws).answer).toEqual({ a: [1, { b: 2 }] })
  })

  test('Math.random draws from the words it is given', async () => {
    const sandbox = await sandboxOf('function decide() { return [Math.random(), Math.random(), Math.random()] }')
    const once = sandbox.decide([], '{}', draws).answer as number[]
    expect(sandbox.decide([], '{}', draws).answer).toEqual(once)
    expect(sandbox.decide([], '{}', [1, 2, 3, 5]).answer).not.toEqual(once)
    expect(new Set(once).size).toBe(3)
    for (const one of once) expect(one > 0 && one < 1).toBe(true)
  })

  test('its draws are uniform', async () => {
    const sandbox = await sandboxOf(
      'function decide() { const bins = Array(10).fill(0); for (let i = 0; i < 1e5; i += 1) bins[Math.floor(Math.random() * 10)] += 1; return bins }',
    )
    const bins = sandbox.decide([], '{}', [9, 8, 7, 6]).answer as number[]
    const chiSquared = bins.reduce((sum, count) => sum + (count - 1e4) ** 2 / 1e4, 0)
    expect(chiSquared).toBeLessThan(27.9) // 99.9 % of 9 degrees of freedom
  })

  test('inexact functions are those of the sandbox and have fixed bits', async () => {
    const sandbox = await sandboxOf(
      'function decide() { return [Math.sin(1e5), Math.exp(1.234), Math.pow(1.1, 33.3), Math.log(7.7), Math.tanh(0.3), 1.1 ** 33.3] }',
    )
    // musl's, compiled to WebAssembly: the same wherever WebAssembly is.
    expect(sandbox.decide([], '{}', draws).answer).toEqual([
      0.03574879797201651, 3.43494186080076, 23.898817661508915, 2.0412203288596382, 0.29131261245159085,
      23.898817661508915,
    ])
  })

  test('what most code uses works', async () => {
    const sandbox = await sandboxOf(`
      class Best { #n = -1; take(x) { this.#n = Math.max(this.#n, x); return this } get n() { return this.#n } }
      function* odd(to) { for (let i = 1; i < to; i += 2) yield i }
      function decide(list) {
        const sorted = [...list].sort((a, b) => a - b).map((x) => x * 2).filter((x) => x > 2)
        const { length, 0: head = 7, ...rest } = sorted
        const best = sorted.reduce((best, x) => best.take(x), new Best()).n
        const words = 'a-b-c'.split('-').join('+').replace(/b/g, 'B').replaceAll('+', '')
        const byKey = new Map(sorted.map((x, i) => [x, i]))
        return { sorted, best, words, odd: [...odd(6)], at: byKey.get(6), text: \`\${head}\`, caught: caught(), has: new Set([1]).has(1), parts: 'abc'.split() }
      }
      function caught() { try { null.x } catch (error) { return error instanceof TypeError } }
    `)
    expect(sandbox.decide([[3, 1, 2]], '{}', draws).answer).toEqual({
      sorted: [4, 6],
      best: 6,
      words: 'aBc',
      odd: [1, 3, 5],
      at: 1,
      text: '4',
      caught: true,
      has: true,
      parts: ['abc'],
    })
  })

  test('a wrong answer is told from none', async () => {
    const sorts = [
      '',
      'return () => 1',
      'return null',
      'return [1]',
      'return (async () => 1)()',
      'return Symbol.iterator',
    ]
    const told = []
    for (const code of sorts) told.push((await sandboxOf(`function decide() { ${code} }`)).decide([], '{}', draws).sort)
    expect(told).toEqual(['undefined', 'function', 'null', 'a list', 'a promise', 'symbol'])
  })

  test('code without the function is refused', async () => {
    await expect(sandboxOf('function place() {}')).rejects.toThrow('it has no function "decide"')
  })

  test('the limit counts, so that where the count stood before makes no difference', async () => {
    const sandbox = await sandboxOf('function decide(n) { let x = 0; for (let i = 0; i < n; i += 1) x += 1; return x }')
    const fits = (n: number): boolean => {
      try {
        return sandbox.decide([n], '{}', draws).answer === n
      } catch {
        return false
      }
    }
    // The most that fits, by halving; found again after other work.
    const most = (): number => {
      let low = 0
      let high = 4e6
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2)
        if (fits(middle)) low = middle
        else high = middle
      }
      return low
    }
    const found = most()
    for (const n of [1, 777, 5000, 9999]) {
      fits(n)
      expect(fits(found)).toBe(true)
      fits(n)
      expect(fits(found + 1)).toBe(false)
    }
  })
})
