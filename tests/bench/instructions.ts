import { spawnSync } from 'node:child_process'

/** Simulated seconds of the shorter and of the longer run; what they differ in is free of start-up and compilation. */
const SHORT = 30
const LONG = 60
const REQUESTS_PER_SECOND = 16_000
const EVENTS_PER_REQUEST = 8

/** Counts machine instructions of a run of the three tiers: repeatable, unlike times. NaN where valgrind is missing. */
function count(seconds: number): number {
  const tool = ['--tool=callgrind', '--callgrind-out-file=/dev/null', '--smc-check=all-non-file']
  const node = [process.execPath, '--single-threaded', '--predictable', 'dist-bench/count.mjs', String(seconds)]
  const { stderr, error } = spawnSync('valgrind', [...tool, ...node], { encoding: 'utf8' })
  return error ? NaN : Number(/Collected : (\d+)/.exec(stderr)?.[1])
}

/** Prints instructions per request and event of the three tiers. */
export function benchInstructions(print: (line: string) => void): void {
  const perRequest = (count(LONG) - count(SHORT)) / ((LONG - SHORT) * REQUESTS_PER_SECOND)
  if (Number.isNaN(perRequest)) print('instructions: valgrind is not installed')
  else
    print(
      `three tiers: ${perRequest.toFixed(0)} instructions a request, ${(perRequest / EVENTS_PER_REQUEST).toFixed(0)} an event`,
    )
}
