import { describe, expect, test } from 'vitest'
import { digest } from '../../../src/formats/export'
import type { Json, Scenario } from '../../../src/scenario/scenario'
import { createRun, type Run } from '../../../src/simulator/run'
import { simulate } from '../../../src/simulator/simulate'
import { policyRack } from '../../support/policy-rack'
import { resultOf, textOf } from '../../support/result-texts'
import { prepared } from '../../support/sandbox'
import { readDocument } from '../../support/scenarios'

async function scenarioWith(policies: { readonly [kind: string]: Json }): Promise<Scenario> {
  return prepared(readDocument({ ...policyRack, policies: { memory: { use: 'spread' }, ...policies } }))
}

const finish = (run: Run): Run => {
  while (!run.advance(run.shape.endPs, 1_000_000));
  return run
}

/** The built-in spread, written by somebody. */
const ownSpread = `
function place(request, candidates) {
  let best = 0
  candidates.forEach((candidate, i) => {
    const leader = candidates[best]
    const fewer = candidate.instances < leader.instances
    const roomier = candidate.instances === leader.instances && candidate.freeBytes > leader.freeBytes
    if (fewer || roomier) best = i
  })
  const { instances } = candidates[best]
  return { choose: best, reason: instances === 0 ? 'an empty device' : \`fewest instances: \${instances}\` }
}`

/** Moves something every third look, and remembers where it was. */
const wanderer = `
function decide(view, state) {
  state.looks = (state.looks ?? 0) + 1
  state.last ??= {}
  if (state.looks % parameters.every !== 0) return []
  const movable = view.instances.filter((one) => one.movable && one.targets.length > 0)
  if (movable.length === 0) return
  const one = movable[Math.floor(Math.random() * movable.length)]
  const target = one.targets[Math.floor(Math.random() * one.targets.length)]
  const before = state.last[one.name] ?? 'nowhere'
  state.last[one.name] = view.devices[one.device].name
  return [{ instance: one.name, target: view.devices[target].name, reason: 'look ' + state.looks + ', before on ' + before, saw: { looks: state.looks } }]
}`
const wandering = { use: 'custom', code: wanderer, parameters: { every: 3 }, controlPeriodMs: 0.5 }

describe('a policy that the scenario brings along', () => {
  test('placement: the built-in spread written anew decides exactly as the built-in', async () => {
    const own = finish(createRun(await scenarioWith({ placement: { use: 'custom', code: ownSpread } })))
    const builtIn = finish(createRun(await scenarioWith({ placement: { use: 'spread' } })))
    const rows = (run: Run) => run.decisions.rows.map((row) => ({ ...row, policy: '' }))
    expect(own.decisions.rows.filter((row) => row.kind === 'placement').length).toBeGreaterThan(3)
    expect(rows(own)).toEqual(rows(builtIn))
    expect(own.events).toBe(builtIn.events)
  })

  test('three runs of one seed are the same to the last byte, another seed differs', async () => {
    const scenario = await scenarioWith({ migration: wandering })
    const digests = [1, 2, 3].map(() => digest(simulate(scenario)))
    expect(new Set(digests).size).toBe(1)
    const other = await scenarioWith({ migration: wandering })
    expect(digest(simulate({ ...other, run: { ...other.run, seed: 99 } }))).not.toBe(digests[0])
    const run = finish(createRun(scenario))
    const moves = run.decisions.rows.filter((row) => row.kind === 'migration')
    expect(moves.length).toBeGreaterThan(3)
    expect(moves[0]).toMatchObject({ reason: 'look 3, before on nowhere', saw: [{ name: 'looks', value: '3' }] })
  })

  test('what it remembers is saved and put back', async () => {
    const scenario = await scenarioWith({ migration: wandering })
    const expected = textOf(resultOf(finish(createRun(scenario))))
    let run = createRun(scenario)
    for (const time of [0.004, 0.0105, 0.0172]) {
      while (!run.advance(time * 1e12, 1_000_000));
      const saved = structuredClone(run.save())
      run.advance(run.shape.endPs, 5000)
      run = createRun(scenario)
      run.restore(saved)
    }
    expect(textOf(resultOf(finish(run)))).toBe(expected)
  })
})

describe('what is wrong with an answer is said: kind, found, expected', () => {
  const place = (answer: string): Json => ({
    placement: { use: 'custom', code: `function place() { return ${answer} }` },
  })
  const decide = (answer: string): Json => ({
    migration: { use: 'custom', code: `function decide(view) { return ${answer} }`, controlPeriodMs: 1 },
  })
  test.each([
    [
      place('1'),
      /^the placement policy of this scenario stopped: it returned 1, expected \{ choose, reason \} with choose from 0 to \d+ or a name \(about web\.0 at 0 ms\)$/,
    ],
    [place('undefined'), /it returned nothing, expected/],
    [place('() => 1'), /it returned a function, expected/],
    [place('{ choose: 99 }'), /it returned \{"choose":99\}, expected/],
    [place('{ choose: "nowhere" }'), /it returned \{"choose":"nowhere"\}, expected/],
    [place('{ choose: 0.5 }'), /it returned \{"choose":0.5\}, expected/],
    [place('{ choose: NaN }'), /it returned \{"choose":null\}, expected/],
    [
      place('nope.x'),
      /^the placement policy of this scenario stopped at line 1 of its code: ReferenceError: nope is not defined \(about/,
    ],
    [decide('7'), /^the migration policy of this scenario stopped: it returned 7, expected a list of/],
    [decide('[7]'), /it returned 7, expected a list of .*each of them an object/],
    [decide('[{ instance: "x", target: 0 }]'), /expected instance from 0 to \d+ or a name/],
    [decide('[{ instance: 0, target: 99 }]'), /expected a target that \S+ can move to now: /],
  ])('%#', async (policies, words) => {
    const scenario = await scenarioWith(policies as { readonly [kind: string]: Json })
    expect(() => finish(createRun(scenario))).toThrow(words)
    expect(() => finish(createRun(scenario))).toThrow(words)
  })

  test('code that is not JavaScript, or has no such function, is refused before the run', async () => {
    await expect(scenarioWith({ placement: { use: 'custom', code: 'function place( {' } })).rejects.toThrow(
      /^the placement policy of this scenario stopped at line 1 of its code: SyntaxError/,
    )
    await expect(scenarioWith({ migration: { use: 'custom', code: 'const decide = 3' } })).rejects.toThrow(
      /^the migration policy of this scenario stopped: it has no function "decide"/,
    )
  })

  test('what was not made ready does not run', () => {
    const scenario = readDocument({
      ...policyRack,
      policies: { placement: { use: 'custom', code: 'function place() { return { choose: 0 } } // new' } },
    })
    expect(() => createRun(scenario)).toThrow('code that was not made ready to run')
  })
})

test('offload: the rule decides on each step, with its own reason', async () => {
  const code = `function offload(step, candidates, state) {
    state.count = (state.count ?? 0) + 1
    return { choose: state.count % candidates.length, reason: 'number ' + state.count }
  }`
  const scenario = await scenarioWith({ offload: { use: 'custom', code } })
  const run = finish(createRun(scenario))
  const rows = run.decisions.rows.filter((row) => row.kind === 'offload')
  expect(rows.length).toBeGreaterThan(10)
  expect(rows[0].reason).toBe('number 1')
  expect(textOf(resultOf(finish(createRun(scenario))))).toBe(textOf(resultOf(run)))
})
