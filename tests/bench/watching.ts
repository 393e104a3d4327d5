import { spentMs } from './clock'
import { readFileSync } from 'node:fs'
import type { ScenarioDocument } from '../../src/scenario/scenario'
import { createRun } from '../../src/simulator/run'
import { createSimulation } from '../../src/simulator/session'
import { readDocument } from '../support/scenarios'

const RUNS = 3
/** Segments kept before they are handed over, as a window of the page is. */
const MOST_SEGMENTS = 50_000
const SLICE_EVENTS = 2000

/** Least ms of several calls. */
function least(measured: () => void): number {
  let best = Infinity
  for (let i = 0; i < RUNS; i += 1) {
    const start = spentMs()
    measured()
    best = Math.min(best, spentMs() - start)
  }
  return best
}

/** Prints what being watched costs: the page's first pass, with its snapshots and lists; and a pass with the log on. */
export function benchWatching(print: (line: string) => void): void {
  const text = readFileSync('public/scenarios/far-memory.json', 'utf8')
  const scenario = readDocument(JSON.parse(text) as ScenarioDocument)
  const bare = least(() => {
    const run = createRun(scenario)
    while (!run.advance(run.shape.endPs, SLICE_EVENTS));
  })
  const session = least(() => {
    const simulation = createSimulation(() => performance.now())
    simulation.load(scenario)
    while (!simulation.advance(8).done);
  })
  const logged = least(() => {
    const run = createRun(scenario)
    const { log } = run.machine
    log.on = true
    while (!run.advance(run.shape.endPs, SLICE_EVENTS)) if (log.count > MOST_SEGMENTS) log.clear()
  })
  const percent = (ms: number): string => `${(100 * (ms / bare - 1)).toFixed(0)} %`
  print(`being watched costs ${percent(session)} of a bare run in the page's first pass`)
  print(`with the log on all the time ${percent(logged)}`)
}
