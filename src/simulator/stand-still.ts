import type { Executor } from './services/executor'
import type { Machine } from './services/machine'

/** An instance stops what it does, and does not go on before `Executor.thaw`. */
export function standStill(machine: Machine, executor: Executor, instance: number): void {
  const { instances, cores, tokens, executions } = machine
  instances.stopped[instance] = 1
  const home = instances.device[instance]
  const mine = (token: number): boolean =>
    executions.instance[tokens.execution[token]] === instance && tokens.via[token] === 0
  const jobs: number[] = []
  for (let token = cores.head[home]; token >= 0; token = cores.jobs.behind[token]!) if (mine(token)) jobs.push(token)
  for (const token of cores.owner.subarray(cores.first[home], cores.first[home] + cores.count[home]))
    if (token >= 0 && tokens.flushing[token] && mine(token)) jobs.push(token)
  for (const token of jobs) {
    executor.cores.interrupt(token)
    executor.freeze(token, instance)
  }
}
