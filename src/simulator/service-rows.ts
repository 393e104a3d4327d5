import { PS_PER_US } from '../units/time'
import type { ServiceRow } from './result'
import type { Run } from './run'
import * as Wait from './services/wait'
import { ExactSum } from './statistics/exact-sum'
import type { Totals } from './window'

/** One row per service, in the order of the document; `window` is what was added within `length` ps. */
export function serviceRows(run: Run, window: Totals, length: number): ServiceRow[] {
  return run.scenario.application.services.map((_, index) => serviceRow(run, window, length, index))
}

function serviceRow(run: Run, window: Totals, length: number, index: number): ServiceRow {
  const { instances, stack } = run.machine
  const [first, end] = [instances.first[index], instances.first[index + 1]]
  const total = (column: Float64Array): number => column.subarray(first, end).reduce((sum, value) => sum + value, 0)
  const [instructions, left] = [total(window.ofInstructions), total(window.ofLeft)]
  const perInstruction = (cycles: Float64Array): number => (instructions > 0 ? total(cycles) / instructions : NaN)
  const [base, local, remote, queueing] = [window.ofBase, window.ofLocal, window.ofRemote, window.ofQueueing].map(
    perInstruction,
  ) as [number, number, number, number]
  const [near, far] = [total(window.ofNearMisses), total(window.ofFarMisses)]
  return {
    service: instances.services[index].id,
    ...executed(run, index),
    instructions: Math.round(instructions),
    coreMeanUs: left > 0 ? total(window.ofCores) / left / PS_PER_US : NaN,
    coresMean: (total(window.ofCores) + window.unassigned[index]) / length,
    cpiBase: base,
    cpiLocal: local,
    cpiRemote: remote,
    cpiQueueing: queueing,
    cpiTotal: base + local + remote + queueing,
    missesLocal: near,
    missesRemote: far,
    hitRatio: near + far > 0 ? near / (near + far) : NaN,
    threadsMean: total(window.ofHeld) / length / (end - first),
    threadsMax: stack.mostHeld.subarray(first, end).reduce((most, held) => Math.max(most, held), 0),
    llcMeanMib: instances.services[index].cache === null ? NaN : total(window.ofCache) / length / (end - first),
  }
}

type Executed = Pick<
  ServiceRow,
  | 'completed'
  | 'failed'
  | 'workerWaitMeanUs'
  | 'coreWaitMeanUs'
  | 'downtimeWaitMeanUs'
  | 'outsideWaitMeanUs'
  | 'streamWaitMeanUs'
  | 'instanceWaitMeanUs'
  | 'attemptsWaitMeanUs'
>

/** The executions of all its operations together. */
function executed(run: Run, index: number): Executed {
  const { measures, program } = run.machine
  const mine = measures.operations.filter((_, operation) => program.service[operation] === index)
  const completed = mine.reduce((sum, measure) => sum + measure.completed, 0)
  const mean = (kind: number): number => {
    const sum = new ExactSum()
    for (const measure of mine) sum.addSum(measure.waited[kind])
    return sum.mean(completed) / PS_PER_US
  }
  return {
    completed,
    failed: mine.reduce((sum, measure) => sum + measure.failed, 0),
    workerWaitMeanUs: mean(Wait.worker),
    coreWaitMeanUs: mean(Wait.core),
    downtimeWaitMeanUs: mean(Wait.downtime),
    outsideWaitMeanUs: mean(Wait.outside),
    streamWaitMeanUs: mean(Wait.stream),
    instanceWaitMeanUs: mean(Wait.instance),
    attemptsWaitMeanUs: mean(Wait.attempts),
  }
}
