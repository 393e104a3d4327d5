import { createRun, type Run } from '../../src/simulator/run'
import type { Scenario, ScenarioDocument } from '../../src/scenario/scenario'
import { busyRack } from './busy-rack'
import { policyRack } from './policy-rack'
import { withPlaces } from './with-places'

/** One thing done to an instance from outside, while a run goes on. */
export interface LifeStep {
  /** Part of the run that has gone by. */
  readonly at: number
  readonly what: 'start' | 'release' | 'lose'
  /** Taken modulo the number of instances. */
  readonly instance: number
}

export interface LifeScript {
  readonly steps: readonly LifeStep[]
  /** What becomes of requests that are torn from an instance. */
  readonly isRetried: boolean
}

export const racks: readonly ScenarioDocument[] = [
  withPlaces(busyRack, { warmupSeconds: 0.001, durationSeconds: 0.02 }, 0.3),
  withPlaces(busyRack, { warmupSeconds: 0, durationSeconds: 0.01, fidelity: 'burst' }, 0),
  withPlaces(policyRack, { warmupSeconds: 0.001, durationSeconds: 0.015, fidelity: 'line' }, 0.5),
  withPlaces(policyRack, { warmupSeconds: 0, durationSeconds: 0.015, fidelity: 'fluid' }, 0.1),
]

/** A run that follows a script; told of each moment just before something is done. */
export function followed(scenario: Scenario, script: LifeScript, before?: (run: Run) => Run): Run {
  let run = prepared(createRun(scenario), script)
  for (const { at, what, instance } of [...script.steps].sort((a, b) => a.at - b.at)) {
    while (!run.advance(Math.floor(at * run.shape.endPs), 1_000_000));
    if (before) run = prepared(before(run), script)
    const number = instance % run.machine.instances.count
    if (what === 'start') run.lifecycle.start(number, 'as the script says')
    else run.lifecycle[what](number)
  }
  while (!run.advance(run.shape.endPs, 1_000_000));
  return run
}

function prepared(run: Run, { isRetried }: LifeScript): Run {
  const { calls } = run.executor
  run.lifecycle.told.torn = (_, torn) => {
    for (const execution of torn) calls[isRetried ? 'retry' : 'fail'](execution)
  }
  return run
}
