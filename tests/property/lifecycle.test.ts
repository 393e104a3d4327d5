import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digest } from '../../src/formats/export'
import { audit } from '../../src/simulator/audit'
import { createRun, type Run } from '../../src/simulator/run'
import type { Scenario } from '../../src/scenario/scenario'
import * as Stage from '../../src/simulator/services/stage'
import * as State from '../../src/simulator/services/instance-state'
import * as Origin from '../../src/simulator/services/origin'
import { followed, racks, type LifeScript } from '../support/life-script'
import { resultOf, textOf } from '../support/result-texts'
import { readDocument } from '../support/scenarios'

const scenarios = racks.map((rack) => readDocument(rack))

const step = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  what: fc.constantFrom('start' as const, 'release' as const, 'lose' as const),
  instance: fc.nat(20),
})
const anyScript: fc.Arbitrary<LifeScript> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 25 }),
  isRetried: fc.boolean(),
})
const anyRack = fc.nat(scenarios.length - 1)

function forAnyLives(check: (run: Run) => void, numRuns: number): void {
  fc.assert(
    fc.property(anyRack, anyScript, (rack, script) => check(followed(scenarios[rack], script))),
    { numRuns },
  )
}

function expectCounts(run: Run): void {
  const { executions, measures } = run.machine
  let inFlight = 0
  executions.pool.liveMap().forEach((live, execution) => {
    if (live === 1 && executions.origin[execution] <= Origin.nic) inFlight += executions.measured[execution]
  })
  expect(measures.requests.completed + measures.requests.failed + inFlight).toBe(measures.offeredCount)
  for (const { integral, sojourn, station } of audit(run)) expect([station, integral]).toEqual([station, sojourn])
}

function expectMemory(run: Run): void {
  const { instances, local, slabs } = run.machine
  const used = new Float64Array(local.used.length)
  const owned = new Map<number, number>()
  instances.state.forEach((state, instance) => {
    const isThere = state >= State.starting
    expect(instances.device[instance] >= 0).toBe(isThere)
    if (!isThere) expect([instances.localBytes[instance], instances.leases[instance].length]).toEqual([0, 0])
    else used[instances.device[instance]] += instances.localBytes[instance]
    for (const lease of instances.leases[instance]) owned.set(instance, (owned.get(instance) ?? 0) + lease.slabs)
  })
  for (const { instance, to, outcome } of run.migrations.list)
    if (outcome === 'running') used[to] += instances.localBytes[instance]
  local.devices.forEach((device, i) => {
    if (run.machine.gpus.devices[i] === null && device) expect([i, local.used[i]]).toEqual([i, used[i]])
  })
  const counted = new Map<number, number>()
  for (const owner of slabs.owner) if (owner >= 0) counted.set(owner, (counted.get(owner) ?? 0) + 1)
  expect(counted).toEqual(owned)
  expect(slabs.free.reduce((sum, count) => sum + count, 0)).toBe(slabs.owner.filter((owner) => owner < 0).length)
}

/** Requests of an instance are those that say so, and no core works for one that is not there. */
function expectHolders(run: Run): void {
  const { instances, executions, tokens, cores } = run.machine
  const held = new Int32Array(instances.count)
  executions.pool.liveMap().forEach((live, execution) => {
    if (live === 0 || executions.origin[execution] === Origin.ghost) return
    if (executions.admitted[execution] === 1 && tokens.stage[executions.token[execution]] !== Stage.ended)
      held[executions.instance[execution]] += 1
  })
  expect([...instances.held]).toEqual([...held])
  const live = tokens.pool.liveMap()
  cores.count.forEach((count, device) => {
    const owners = [...cores.owner.subarray(cores.first[device], cores.first[device] + count)].filter((job) => job >= 0)
    expect(owners.length).toBe(cores.busy[device])
    for (const job of owners) expect([live[job], tokens.device[job]]).toEqual([1, device])
  })
}

test('whatever starts, is released or lost: requests are conserved, memory is given back to the byte', () => {
  forAnyLives((run) => {
    expectCounts(run)
    expectMemory(run)
    expectHolders(run)
  }, 60)
})

test('wait, compute, memory and network still add up to the latency', () => {
  forAnyLives((run) => {
    const { measures } = run.machine
    for (const { latency, spent } of [...measures.operations, measures.requests])
      expect(spent.reduce((sum, part) => sum + part.value(), 0)).toBe(latency.total())
  }, 25)
})

test('a run that is saved and put back before every such step goes on as if it had not been', () => {
  fc.assert(
    fc.property(anyRack, anyScript, (rack, script) => {
      const whole = followed(scenarios[rack], script)
      const broken = followed(scenarios[rack], script, (run) => {
        const saved = structuredClone(run.save())
        const next = createRun(scenarios[rack])
        next.restore(saved)
        return next
      })
      expect(digest(resultOf(broken))).toBe(digest(resultOf(whole)))
      expect(textOf(resultOf(broken))).toBe(textOf(resultOf(whole)))
    }),
    { numRuns: 12 },
  )
})

test('what a lost instance has left behind runs out: no ghost, no job, no byte stays', () => {
  let ghosts = 0
  scenarios.forEach((scenario) => {
    const count = createRun(scenario).machine.instances.count
    for (const at of [0.31, 0.42, 0.5]) {
      const steps = Array.from({ length: count }, (_, instance) => ({ at, what: 'lose' as const, instance }))
      const run = followed(scenario, { steps, isRetried: false }, (before) => before)
      const { instances, executions, tokens, local, slabs, cores } = run.machine
      expect([...instances.state].every((state) => state === State.absent)).toBe(true)
      expect([...executions.pool.liveMap()].filter((live, i) => live === 1 && isGhost(run, i))).toEqual([])
      expect(tokens.pool.live).toBe(executions.pool.live)
      expect([...local.used, ...cores.busy, ...cores.waiting].every((value) => value === 0)).toBe(true)
      expect(slabs.owner.every((owner) => owner < 0)).toBe(true)
      expect(run.machine.measures.requests.failed).toBeGreaterThan(0)
      ghosts += ghostsAt(scenario, at, count)
    }
  })
  expect(ghosts).toBeGreaterThan(30)
})

const isGhost = (run: Run, execution: number): boolean => run.machine.executions.origin[execution] === Origin.ghost

/** How much was still on its way for lost instances just after all were lost. */
function ghostsAt(scenario: Scenario, at: number, count: number): number {
  const run = createRun(scenario)
  while (!run.advance(Math.floor(at * run.shape.endPs), 1_000_000));
  for (let i = 0; i < count; i += 1) run.lifecycle.lose(i)
  return [...run.machine.executions.pool.liveMap()].filter((live, i) => live === 1 && isGhost(run, i)).length
}
