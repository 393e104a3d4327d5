import * as Origin from './services/origin'
import type { Run } from './run'

/**
 * Little's law at one station, as an identity: the integral of the number there over time is the sum of the times that
 * each has spent there so far, those still there included. Both in ps.
 */
export interface StationAudit {
  /** `requests`, or a run queue as `cpu.0 run queue`. */
  readonly station: string
  readonly integral: number
  readonly sojourn: number
}

/** The stations of a run, each counted in two ways that must agree at any moment. */
export function audit(run: Run): readonly StationAudit[] {
  const now = run.isDone ? run.shape.endPs : run.now
  const { cores, devices, measures } = run.machine
  const requests = {
    station: 'requests',
    integral: measures.inHouse.integralAt(0, now),
    sojourn: measures.stayed + stayedSoFar(run, now),
  }
  const queues = devices.names.flatMap((name, device): StationAudit[] =>
    cores.count[device] === 0
      ? []
      : [
          {
            station: `${name} run queue`,
            integral: cores.queue.integralAt(device, now),
            sojourn: cores.waited[device] + waitedSoFar(run, device, now),
          },
        ],
  )
  return [requests, ...queues]
}

/** Times in the house of the requests from outside that are not answered yet. */
function stayedSoFar(run: Run, now: number): number {
  const { executions } = run.machine
  let sum = 0
  executions.pool.liveMap().forEach((live, execution) => {
    if (live === 1 && executions.origin[execution] <= Origin.nic && executions.tries[execution] < 0)
      sum += now - executions.start[execution]
  })
  return sum
}

/** Times in a run queue of the jobs that still wait there. */
function waitedSoFar(run: Run, device: number, now: number): number {
  const { cores } = run.machine
  let sum = 0
  for (let job = cores.head[device]; job >= 0; job = cores.jobs.behind[job]) sum += now - cores.jobs.joined[job]
  return sum
}
