import { describe, expect, test } from 'vitest'
import type { MigrationRow } from '../../src/simulator/result'
import type { Run } from '../../src/simulator/run'
import { migrationRow } from '../../src/simulator/outcome'
import { constant, cpuPool, finishedRun, freeNic, poisson, scenarioOf, trace, type Fields } from '../support/scenarios'

/**
 * A move over an idle path against the geometric series of the model, worked out here: each round sends what the round
 * before left dirty. Tolerance per round: in time a packet's way to the target, since a round ends when its last packet is
 * there; in bytes a packet's payload.
 */

const MIB = 1048576
const PAYLOAD = 4096
const HEADER = 82
const GBPS = 100
/** Bytes per second after headers. */
const RATE = (GBPS / 8) * 1e9 * (PAYLOAD / (PAYLOAD + HEADER))
/** Over two links of 50 ns and a switch of 200 ns, seconds. */
const wayOf = (bytes: number): number => (2 * ((bytes + HEADER) * 8)) / (GBPS * 1e9) + 300e-9
const PACKET_WAY = wayOf(PAYLOAD)
const HANDSHAKES = 2 * wayOf(64)

interface Move {
  readonly mechanism: 'pre-copy' | 'stop-and-copy'
  readonly stateMiB: number
  readonly dirtyMiBps: number
  readonly writableMiB?: number
  readonly downtimeTargetMs?: number
  readonly maxRounds?: number
  readonly stopWhenNotShrinking?: boolean
}

function scenario(
  move: Move,
  more: { service?: Fields; sources?: Fields[]; services?: Fields[]; orders?: Fields[] } = {},
) {
  const { mechanism, stateMiB, dirtyMiBps, writableMiB = null, ...settings } = move
  return scenarioOf({
    nodes: [
      cpuPool('cpu', 3, 4, { localMemoryGiB: 64 }),
      freeNic(),
      { id: 'tor', kind: 'switch', spec: { latencyNs: 200, bufferKiB: 1024 } },
    ],
    links: ['cpu', 'nic'].map((from) => ({
      id: from,
      from,
      to: 'tor',
      protocol: 'rdma',
      bandwidthGbps: GBPS,
      propagationNs: 50,
    })),
    services: [
      {
        id: 'store',
        on: { node: 'cpu', device: 0 },
        footprintMiB: Math.max(stateMiB, 1),
        stateMiB,
        dirtyMiBps,
        writableMiB,
        operations: [{ id: 'work', steps: [{ do: 'compute', timeNs: constant(50_000) }] }],
        ...more.service,
      },
      ...(more.services ?? []),
    ],
    sources: more.sources ?? [],
    policies: {
      migration: { use: 'never', mechanism, ...settings },
      orders: more.orders ?? [order(0.01, 1)],
    },
    run: { durationSeconds: 3 },
  })
}

function order(atSeconds: number, device: number): Fields {
  return { atSeconds, do: 'migrate', service: 'store', instance: 0, to: { node: 'cpu', device } }
}

function moves(run: Run): MigrationRow[] {
  return run.migrations.list.map((_, i) => migrationRow(run, i))
}

/** Volumes of all sends by the series, the last one with the instance stopped. */
function series(move: Move): { readonly sends: readonly number[]; readonly rounds: number } {
  const state = move.stateMiB * MIB
  if (move.mechanism === 'stop-and-copy') return { sends: [state], rounds: 0 }
  const writable = Math.min(state, (move.writableMiB ?? Infinity) * MIB)
  const sends = [state]
  for (let rounds = 1; ; rounds += 1) {
    const last = sends[sends.length - 1]
    const next = Math.min((move.dirtyMiBps * MIB * last) / RATE, writable)
    sends.push(next)
    const fits = next <= RATE * (move.downtimeTargetMs ?? 10) * 1e-3
    const stuck = (move.stopWhenNotShrinking ?? true) && next >= last
    if (fits || stuck || rounds === (move.maxRounds ?? 30)) return { sends, rounds }
  }
}

function expectSeries(move: Move): MigrationRow {
  const [row] = moves(finishedRun(scenario(move)))
  const { sends, rounds } = series(move)
  const sum = sends.reduce((total, bytes) => total + bytes, 0)
  expect(row.outcome).toBe('completed')
  expect(row.rounds).toBe(rounds)
  expect(row.detail.map((round) => round.live)).toEqual(sends.map((_, i) => i < rounds))
  row.detail.forEach((round, i) => {
    expect(Math.abs(round.bytes - sends[i])).toBeLessThanOrEqual(PAYLOAD)
  })
  expect(Math.abs(row.bytes - sum)).toBeLessThanOrEqual(PAYLOAD * sends.length)
  const downtime = sends[sends.length - 1] / RATE + HANDSHAKES
  expect(Math.abs(row.downtimeUs / 1e6 - downtime)).toBeLessThanOrEqual(PACKET_WAY + PAYLOAD / RATE)
  const total = sum / RATE + HANDSHAKES
  expect(Math.abs(row.totalUs / 1e6 - total)).toBeLessThanOrEqual((PACKET_WAY + PAYLOAD / RATE) * sends.length)
  return row
}

describe('a move over an idle path follows the geometric series', () => {
  test('pre-copy of 4 GiB at 1000 MiB/s of dirt', () => {
    const row = expectSeries({ mechanism: 'pre-copy', stateMiB: 4096, dirtyMiBps: 1000, writableMiB: 2048 })
    expect(row.rounds).toBe(2)
  })

  test('pre-copy in many rounds to a short stop', () => {
    const row = expectSeries({ mechanism: 'pre-copy', stateMiB: 256, dirtyMiBps: 6000, downtimeTargetMs: 0.1 })
    expect(row.rounds).toBeGreaterThan(5)
    expect(row.downtimeUs).toBeLessThan(110)
  })

  test('stop-and-copy: down for all of it', () => {
    const row = expectSeries({ mechanism: 'stop-and-copy', stateMiB: 512, dirtyMiBps: 1000 })
    expect(row.totalUs).toBe(row.downtimeUs)
  })

  test('a clean instance is down for the handshakes alone', () => {
    const row = expectSeries({ mechanism: 'pre-copy', stateMiB: 64, dirtyMiBps: 0 })
    expect(row.bytes).toBe(64 * MIB)
    expect(row.downtimeUs).toBeCloseTo(HANDSHAKES * 1e6, 6)
  })

  test('the decision says afterwards what it estimated and what came of it', () => {
    const run = finishedRun(scenario({ mechanism: 'stop-and-copy', stateMiB: 512, dirtyMiBps: 1000 }))
    const [row] = moves(run)
    const decision = run.decisions.rows.find((each) => each.kind === 'migration')!
    expect(decision.outcome).toMatchObject({ end: 'completed', actualUs: row.totalUs, timePs: row.resumePs })
    const [total, downtime] = decision.outcome!.against
    expect(total).toEqual({ name: 'total', estimateUs: decision.estimateUs, actualUs: row.totalUs })
    expect(downtime).toMatchObject({ name: 'downtime', actualUs: row.downtimeUs })
    for (const { estimateUs, actualUs } of [total, downtime]) expect(estimateUs / actualUs).toBeCloseTo(1, 3)
  })

  test('an instance without state moves with the handshakes alone', () => {
    const row = expectSeries({ mechanism: 'pre-copy', stateMiB: 0, dirtyMiBps: 100 })
    expect(row.totalUs).toBeCloseTo(HANDSHAKES * 1e6, 6)
  })

  test('dirt faster than the wire: copying stops when it no longer shrinks', () => {
    const row = expectSeries({ mechanism: 'pre-copy', stateMiB: 512, dirtyMiBps: 20_000 })
    expect(row.rounds).toBe(1)
    expect(row.detail[1].bytes).toBe(512 * MIB)
  })

  test('dirt faster than the wire goes on to the most rounds when asked to', () => {
    const row = expectSeries({
      mechanism: 'pre-copy',
      stateMiB: 512,
      dirtyMiBps: 20_000,
      stopWhenNotShrinking: false,
      maxRounds: 7,
    })
    expect(row.rounds).toBe(7)
  })

  test('a bounded writable set bounds every later round', () => {
    const row = expectSeries({
      mechanism: 'pre-copy',
      stateMiB: 512,
      dirtyMiBps: 20_000,
      writableMiB: 128,
      downtimeTargetMs: 5,
      stopWhenNotShrinking: false,
      maxRounds: 4,
    })
    expect(row.detail.map((round) => round.bytes / MIB)).toEqual([512, 128, 128, 128, 128])
  })

  test('a writable set that fits the target ends after the first round', () => {
    expect(expectSeries({ mechanism: 'pre-copy', stateMiB: 512, dirtyMiBps: 20_000, writableMiB: 16 }).rounds).toBe(1)
  })

  test('one round at most', () => {
    expect(expectSeries({ mechanism: 'pre-copy', stateMiB: 512, dirtyMiBps: 6000, maxRounds: 1 }).rounds).toBe(1)
  })
})

describe('requests while an instance moves', () => {
  const stop: Move = { mechanism: 'stop-and-copy', stateMiB: 64, dirtyMiBps: 0 }

  test('work that is interrupted goes on where it was: later by the downtime, to the picosecond', () => {
    const long = { operations: [{ id: 'work', steps: [{ do: 'compute', timeNs: constant(20e6) }] }] }
    const run = finishedRun(scenario(stop, { service: long, sources: [trace('store.work', [0])] }))
    const { stop: stopped, resume } = run.migrations.list[0]
    expect(run.machine.measures.requests.latency.max).toBe(20e9 + resume - stopped)
  })

  test('all that comes during the downtime waits, and is answered after it', () => {
    const times = Array.from({ length: 400 }, (_, i) => 8000 + 25 * i)
    const run = finishedRun(scenario(stop, { sources: [trace('store.work', times)] }))
    const { stop: stopped, resume } = run.migrations.list[0]
    const { requests, offeredCount } = run.machine.measures
    expect(offeredCount).toBe(400)
    expect(requests.completed).toBe(400)
    expect(requests.latency.max).toBeGreaterThan(resume - stopped - 25e6)
  })

  test('a request on its way to the old device follows to the new one', () => {
    const times = Array.from({ length: 4000 }, (_, i) => 8000 + 2.5 * i)
    const run = finishedRun(
      scenario(stop, {
        service: { operations: [{ id: 'work', steps: [] }] },
        sources: [trace('store.work', times, { via: 'nic', requestBytes: 9000, responseBytes: 100 })],
      }),
    )
    expect(run.machine.measures.requests.completed).toBe(4000)
    expect(run.machine.instances.device[0]).toBe(1)
  })

  test('they share the wire with the move', () => {
    const far = { id: 'far', on: { node: 'cpu', device: 2 }, operations: [{ id: 'ping', steps: [] }] }
    const near = {
      id: 'near',
      on: { node: 'cpu', device: 0 },
      operations: [{ id: 'ask', steps: [{ do: 'call', to: 'far.ping', requestBytes: 20_000, responseBytes: 100 }] }],
    }
    const mean = (orders: Fields[]): number => {
      const move: Move = { mechanism: 'pre-copy', stateMiB: 16384, dirtyMiBps: 0 }
      const run = finishedRun(scenario(move, { services: [far, near], sources: [poisson('near.ask', 2000)], orders }))
      expect(run.machine.measures.requests.failed).toBe(0)
      return run.machine.measures.requests.latency.mean()
    }
    const alone = mean([])
    const beside = mean([order(0, 1)])
    expect(beside).toBeGreaterThan(1.2 * alone)
    // Pieces of 64 KiB go between its packets: about one piece of 5.4 µs to wait for, not the whole copy.
    expect(beside).toBeLessThan(alone + 10e6)
  })
})

describe('an order that cannot be carried out is refused with its reason', () => {
  const calm: Move = { mechanism: 'pre-copy', stateMiB: 1024, dirtyMiBps: 0 }
  const reasons = (run: Run) => run.decisions.rows.filter((row) => row.kind === 'migration').map((row) => row.reason)

  test('to where it is already', () => {
    const run = finishedRun(scenario(calm, { orders: [order(0.01, 0)] }))
    expect(reasons(run)).toEqual(['refused: store.0 is on cpu.0 already'])
    expect(moves(run).map((row) => row.outcome)).toEqual(['refused'])
    expect(moves(run)[0].bytes).toBe(0)
  })

  test('while it is moving', () => {
    const run = finishedRun(scenario(calm, { orders: [order(0.01, 1), order(0.02, 2), order(0.9, 2)] }))
    expect(reasons(run)).toEqual(['by order', 'refused: store.0 is moving already', 'by order'])
    expect(moves(run).map((row) => row.outcome)).toEqual(['completed', 'refused', 'completed'])
    expect(run.machine.instances.device[0]).toBe(2)
  })

  test('to a device without the memory', () => {
    const hog = { id: 'hog', on: { node: 'cpu', device: 1 }, footprintMiB: 64 * 1024 }
    const run = finishedRun(scenario(calm, { services: [{ ...hog, operations: [{ id: 'o', steps: [] }] }] }))
    expect(reasons(run)).toEqual(['refused: cpu.1 has not the local memory'])
    expect(run.machine.instances.device[0]).toBe(0)
  })
})

test('a move hands over the local memory', () => {
  const run = finishedRun(scenario({ mechanism: 'pre-copy', stateMiB: 512, dirtyMiBps: 0 }))
  expect([...run.machine.local.used].map((bytes) => bytes / MIB)).toEqual([0, 512, 0, 0, 0])
})
