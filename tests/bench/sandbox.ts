import { sandboxOf } from '../support/sandbox'
import { spentMs } from './clock'

/** What a decision in the sandbox costs, by how much it is shown; medians of rounds. */
const ROUNDS = 7
const DECISIONS = 2000

const spread = `function decide(request, candidates) {
  let best = 0
  candidates.forEach((candidate, i) => {
    const leader = candidates[best]
    const fewer = candidate.instances < leader.instances
    const roomier = candidate.instances === leader.instances && candidate.freeBytes > leader.freeBytes
    if (fewer || roomier) best = i
  })
  return { choose: best, reason: 'fewest instances' }
}`

const candidate = (i: number): object => ({
  name: `cpu.${i}`,
  instances: i % 5,
  freeBytes: 2 ** 37 - i,
  capacityBytes: 2 ** 38,
  cores: 64,
  load: 3.25 + i,
  addedLoad: 0.123456789,
  sameOnDevice: 0,
  sameInRack: 1,
  sameAtSwitch: 2,
  bytesUnderWay: 12345.678,
  estimateUs: 1.2345678,
})

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

async function microseconds(code: string, args: readonly unknown[]): Promise<number> {
  const sandbox = await sandboxOf(code)
  const round = (): number => {
    const start = spentMs()
    for (let i = 0; i < DECISIONS; i += 1) sandbox.decide(args, '{}', [1, 2, 3, i])
    return ((spentMs() - start) * 1000) / DECISIONS
  }
  round()
  return median(Array.from({ length: ROUNDS }, round))
}

const starts = []
for (let i = 0; i < ROUNDS; i += 1) {
  const start = spentMs()
  await sandboxOf(spread)
  starts.push(spentMs() - start)
}
console.log(`a sandbox starts in ${median(starts).toFixed(1)} ms`)
console.log(`nothing decided: ${(await microseconds('function decide() {}', [])).toFixed(1)} us a decision`)
for (const count of [2, 8, 32, 128]) {
  const candidates = Array.from({ length: count }, (_, i) => candidate(i))
  const cost = await microseconds(spread, [{ instance: 'kv.1', localBytes: 2 ** 33, next: 0 }, candidates])
  console.log(`spread over ${count} candidates: ${cost.toFixed(1)} us a decision`)
}
