import { createRun, type Run } from '../../src/simulator/run'
import type { Scenario } from '../../src/scenario/scenario'
import type { Offer } from '../../src/simulator/services/calls'
import type { Draw } from '../../src/simulator/services/draw'

/** All that chance gave the requests of a run: per source (by its stream) when they came, and what each drew. */
export interface Drawn {
  readonly arrivals: ReadonlyMap<string, readonly string[]>
  /** Per `source stream#request`: `operation stream @place = value`, sorted. */
  readonly draws: ReadonlyMap<string, readonly string[]>
  readonly run: Run
}

/** Runs a scenario to its end with every sampler, every choice and every arrival overheard. */
export function overhear(scenario: Scenario): Drawn {
  const run = createRun(scenario)
  const arrivals = new Map<string, string[]>()
  const draws = new Map<string, string[]>()
  const { streams, program, measures } = run.machine
  const names = new Map(
    [...(streams as unknown as { handles: Map<string, number> }).handles].map(([name, key]) => [key, name]),
  )
  const sources = new Map([...measures.sourceHash].map((hash, i) => [hash, scenario.workload.sources[i].stream]))
  const note = (key: number, request: number, source: number, place: number, value: number): void =>
    push(draws, `${sources.get(source)}#${request}`, `${names.get(key)} @${place} = ${value}`)

  for (const code of [...program.computes, ...program.delays]) listen(code, note)
  const choices = new Set(program.chooses.map((code) => code.key))
  const uniform = streams.uniform.bind(streams)
  streams.uniform = (key, c0, c1, c2, c3) => {
    const value = uniform(key, c0, c1, c2, c3)
    if (choices.has(key)) note(key, c0, c1, c2, value)
    return value
  }
  const { calls } = (run as unknown as { executor: { calls: { offer: (offer: Offer) => void } } }).executor
  const offer = calls.offer.bind(calls)
  calls.offer = (due) => {
    push(arrivals, scenario.workload.sources[due.source].stream, `${due.request} at ${run.now}`)
    offer(due)
  }
  while (!run.advance(run.shape.endPs, 1_000_000));
  for (const list of draws.values()) list.sort()
  return { arrivals, draws, run }
}

type Note = (key: number, request: number, source: number, place: number, value: number) => void

function listen(code: Draw, note: Note): void {
  const { sampler } = code
  const heard = {
    mean: sampler.mean,
    sample: (...address: Parameters<typeof sampler.sample>): number => {
      const value = sampler.sample(...address)
      note(address[1], address[2], address[3], address[4], value)
      return value
    },
  }
  ;(code as { sampler: typeof heard }).sampler = heard
}

function push(lists: Map<string, string[]>, key: string, line: string): void {
  const list = lists.get(key)
  if (list) list.push(line)
  else lists.set(key, [line])
}
