import type { Step } from '../scenario'

const rounds = 200

/**
 * How many executions follow one execution within circles of calls, round after round: the largest eigenvalue of the matrix
 * of expected calls, by power iteration. The identity is added to the matrix, so that it converges for circles of any length.
 * From 1 on, one request causes ever more executions.
 *
 * @param steps the steps of every operation that is on or between circles
 * @returns the rate, and the operation that takes the largest part in it; null where there are no operations
 */
export function growthOfCalls(
  steps: ReadonlyMap<string, readonly Step[]>,
): { readonly rate: number; readonly operation: string } | null {
  const calls = [...steps].map(([name, list]) => ({ name, expected: expectedCalls(list) }))
  let sizes = new Map<string, number>(calls.map(({ name }) => [name, 1]))
  let operation: string | undefined = calls[0]?.name
  let largest = 1
  for (let round = 0; round < rounds; round += 1) {
    const next = calls.map(({ name, expected }) => ({ name, size: (sizes.get(name) ?? 0) + sumOver(expected, sizes) }))
    largest = next.reduce((most, { size }) => Math.max(most, size), 0)
    operation = next.find(({ size }) => size === largest)?.name
    sizes = new Map(next.map(({ name, size }) => [name, size / largest]))
  }
  return operation === undefined ? null : { rate: largest - 1, operation }
}

/** Expected executions of each operation that one pass through the steps starts. */
function expectedCalls(steps: readonly Step[]): ReadonlyMap<string, number> {
  const expected = new Map<string, number>()
  const collect = (list: readonly Step[], weight: number): void => {
    for (const step of list) {
      if (step.do === 'call' || step.do === 'send') expected.set(step.to, (expected.get(step.to) ?? 0) + weight)
      if (step.do === 'parallel') for (const branch of step.branches) collect(branch, weight)
      if (step.do === 'choose') for (const option of step.options) collect(option.steps, weight * option.probability)
    }
  }
  collect(steps, 1)
  return expected
}

function sumOver(expected: ReadonlyMap<string, number>, sizes: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const [name, weight] of expected) sum += weight * (sizes.get(name) ?? 0)
  return sum
}
