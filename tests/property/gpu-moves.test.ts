import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRun, type Run } from '../../src/simulator/run'
import { BatchState } from '../../src/simulator/services/batches'
import * as Origin from '../../src/simulator/services/origin'
import { expectRequests } from '../support/asked-of-runs'
import { expectMemory, kernelsAt } from '../support/device-memory'
import { finishedInPieces } from '../support/finished-in-pieces'
import { gpuMovesScenario } from '../support/gpu-moves-arbitrary'
import { resultOf, textOf } from '../support/result-texts'
import { finishedRun, readDocument } from '../support/scenarios'

/**
 * Whatever moves between GPUs, in whatever way, and whatever fails in the middle of it: no request is lost or counted twice,
 * every byte of device memory belongs to an instance, a move or a kernel, and nothing is left in a queue that nobody serves.
 */

const MOMENTS = [0.15, 0.3, 0.45, 0.6, 0.8, 1]

/** What the queues of GPUs say is what waits there, and what waits does so for a reason. */
function expectQueues(run: Run): void {
  const { gpus, batches, devices } = run.machine
  const { held } = kernelsAt(run)
  devices.names.forEach((_, device) => {
    if (gpus.devices[device] === null) return
    let waiting = held[device]
    batches.pool.liveMap().forEach((live, batch) => {
      if (live === 0 || batches.device[batch] !== device) return
      expect(batches.count[batch]).toBeGreaterThan(0)
      if (batches.state[batch] === BatchState.gathers || batches.state[batch] === BatchState.waits)
        waiting += batches.count[batch]
    })
    expect(gpus.queue.valueOf(device)).toBe(waiting)
    const isIdle = gpus.off[device] === 0 && gpus.busy[device] < gpus.devices[device].streams
    if (isIdle) expect(gpus.head[device]).toBe(-1)
  })
}

/** An instance that stands still on a GPU while it moves has no kernels there but those that run. */
function expectStill(run: Run): void {
  const { instances, batches, tokens, executions } = run.machine
  const still = run.migrations.list.filter(
    ({ outcome, stop, resume }) => outcome === 'running' && !Number.isNaN(stop) && Number.isNaN(resume),
  )
  for (const { instance, from } of still) {
    expect([instances.stopped[instance], instances.device[instance]]).toEqual([1, from])
    batches.pool.liveMap().forEach((live, batch) => {
      if (live === 0 || batches.device[batch] !== from || batches.state[batch] >= BatchState.runs) return
      for (let token = batches.head[batch]; token >= 0; token = tokens.next[token]!) {
        const execution = tokens.execution[token]
        if (executions.origin[execution] !== Origin.ghost) expect(executions.instance[execution]).not.toBe(instance)
      }
    })
  }
}

const seed = Number(process.env['UNRACK_SEED'] ?? 20261126)

test('no request is lost, and every byte and every waiting kernel is accounted for, whatever moves between GPUs', () => {
  const outcomes = new Map<string, number>()
  fc.assert(
    fc.property(gpuMovesScenario, (document) => {
      const run = createRun(readDocument(document))
      for (const moment of MOMENTS) {
        while (!run.advance(Math.floor(moment * run.shape.endPs), 100_000) && run.now < moment * run.shape.endPs - 1);
        expectRequests(run)
        expectMemory(run)
        expectQueues(run)
        expectStill(run)
      }
      for (const { mechanism, outcome, draining } of run.migrations.list) {
        const what = `${mechanism} ${outcome}`
        outcomes.set(what, (outcomes.get(what) ?? 0) + 1)
        if (outcome !== 'running') expect(draining).toBe(0)
      }
    }),
    { numRuns: 60, seed },
  )
  for (const mechanism of ['stop-and-copy', 'pre-copy'])
    expect([mechanism, (outcomes.get(`${mechanism} completed`) ?? 0) >= 20]).toEqual([mechanism, true])
  expect(outcomes.get('post-copy completed')).toBeUndefined()
})

test('a run with moves between GPUs that is saved and put back anywhere gives the same bytes', () => {
  fc.assert(
    fc.property(
      gpuMovesScenario,
      fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 5 }),
      (document, stretches) => {
        const scenario = readDocument(document)
        const expected = finishedRun(scenario)
        const run = finishedInPieces(scenario, stretches, 300)
        expect(textOf(resultOf(run))).toBe(textOf(resultOf(expected)))
      },
    ),
    { numRuns: 25, seed },
  )
})
