import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../src/simulator/outcome'
import { createRun, type Run } from '../../src/simulator/run'
import { onlyMove, within } from '../support/asked-of-runs'
import { finishedRun, scenarioOf, trace, type Fields } from '../support/scenarios'

/**
 * Moves between GPUs against what can be worked out by hand. The tolerances were written down before the first run: one
 * packet a round where only the fabric counts, 1 % of a downtime.
 */

const MIB = 1048576
const PAYLOAD = 4096
const HEADER = 82
const GBPS = 100
/** Bytes per second after headers. */
const RATE = (GBPS / 8) * 1e9 * (PAYLOAD / (PAYLOAD + HEADER))
/** Over two links of 50 ns and a switch of 200 ns, seconds. */
const wayOf = (bytes: number): number => (2 * ((bytes + HEADER) * 8)) / (GBPS * 1e9) + 300e-9
const HANDSHAKES = 2 * wayOf(64)
const LAST_PACKET = wayOf(PAYLOAD) + PAYLOAD / RATE

/** A kernel of 5 ms: 5e10 operations at 10 TFLOP/s, nothing for its launch. */
const kernel = (more: Fields = {}): Fields => ({ do: 'kernel', flops: 5e10, bytes: 0, offload: ['gpu'], ...more })

interface Parts {
  readonly service?: Fields
  readonly services?: Fields[]
  readonly steps?: Fields[]
  readonly sources?: Fields[]
  readonly policies?: Fields
  readonly faults?: Fields[]
  readonly mechanism?: string
  readonly gpu?: Fields
  readonly gpus?: number
  /** The order asks for a move to a CPU. */
  readonly cores?: boolean
  readonly run?: Fields
}

function scenario(parts: Parts) {
  const order = {
    atSeconds: 0.01,
    do: 'migrate',
    service: 'llm',
    instance: 0,
    to: parts.cores === true ? { node: 'cpu', device: 0 } : { node: 'gpu', device: 1 },
    mechanism: parts.mechanism ?? 'stop-and-copy',
  }
  const spec = { peakTflops: 10, memoryBandwidthGBps: 1000, launchUs: 0, streams: 1, memoryGiB: 16, ...parts.gpu }
  return scenarioOf({
    nodes: [
      { id: 'gpu', kind: 'gpu', count: parts.gpus ?? 2, spec },
      { id: 'cpu', kind: 'cpu' },
      { id: 'tor', kind: 'switch', spec: { latencyNs: 200, bufferKiB: 1024 } },
    ],
    links: ['gpu', 'cpu'].map((from) => ({
      id: from,
      from,
      to: 'tor',
      protocol: 'rdma',
      bandwidthGbps: GBPS,
      propagationNs: 50,
    })),
    services: parts.services ?? [
      {
        id: 'llm',
        runsOn: ['gpu'],
        on: { node: 'gpu', device: 0 },
        footprintMiB: 512,
        operations: [{ id: 'go', steps: parts.steps ?? [kernel()] }],
        ...parts.service,
      },
    ],
    sources: parts.sources ?? [],
    policies: parts.policies ?? { orders: [order] },
    faults: parts.faults ?? [],
    run: { durationSeconds: 1, ...parts.run },
  })
}

/** When the only move's instance went on, seconds. */
const resumed = (run: Run): number => run.migrations.list[0].resume / 1e12

const requests = (run: Run) => run.machine.measures.requests

describe('an idle instance on a GPU', () => {
  test.each([1, 64, 4096])('of %i MiB: stop-and-copy is down for its memory and the handshakes', (footprintMiB) => {
    const row = onlyMove(finishedRun(scenario({ service: { footprintMiB } })))
    const expected = (footprintMiB * MIB) / RATE + HANDSHAKES
    within(row.downtimeUs / 1e6, expected, LAST_PACKET)
    expect(row.totalUs).toBe(row.downtimeUs)
    expect(row.bytes).toBe(footprintMiB * MIB)
    if (footprintMiB >= 64) within(row.downtimeUs / 1e6, expected, 0.01 * expected)
  })

  test('pre-copy sends the weights once while it runs, and the cache that is written again until little is left', () => {
    const service = { footprintMiB: 2048, writableMiB: 512, dirtyMiBps: 2000 }
    const policies = {
      migration: { use: 'never', downtimeTargetMs: 5, maxRounds: 30, mechanism: 'pre-copy' },
      orders: [{ atSeconds: 0.01, do: 'migrate', service: 'llm', instance: 0, to: { node: 'gpu', device: 1 } }],
    }
    const row = onlyMove(finishedRun(scenario({ service, policies })))
    const dirty = 2000 * MIB
    let volume = 2048 * MIB
    let total = 0
    do {
      total += volume / RATE
      volume = Math.min(512 * MIB, dirty * (volume / RATE))
    } while (volume > RATE * 5e-3)
    const downtime = volume / RATE + HANDSHAKES
    within(row.downtimeUs / 1e6, downtime, 0.01 * downtime)
    within(row.totalUs / 1e6, total + downtime, 0.01 * (total + downtime))
    expect(row.rounds).toBeGreaterThan(2)
  })

  test('its memory is taken at the target before, and given back at the source after', () => {
    const run = createRun(scenario({}))
    const used = (): number[] => [...run.machine.local.used].map((bytes) => bytes / MIB).slice(0, 2)
    run.advance(9e9, 1e6)
    expect(used()).toEqual([512, 0])
    run.advance(11e9, 1e5)
    expect(used()).toEqual([512, 512])
    while (!run.advance(run.shape.endPs, 1e6));
    expect(used()).toEqual([0, 512])
  })
})

describe('an instance whose kernels run', () => {
  const copy = (512 * MIB) / RATE + HANDSHAKES

  test('waits stopped for the end of the launch, which the estimate knows', () => {
    const run = finishedRun(scenario({ sources: [trace('llm.go', [9000])] }))
    const row = onlyMove(run)
    within(row.downtimeUs / 1e6, 4e-3 + copy, 1e-3 * copy)
    expect(requests(run).completed).toBe(1)
    within(requests(run).latency.max / 1e12, resumed(run) - 9e-3, 1e-9)
    const [decision] = run.decisions.rows.filter(({ kind }) => kind === 'migration')
    within(decision.estimateUs / 1e6, 4e-3 + copy, 1e-2 * copy)
  })

  test('takes along the kernels that wait, with their input, and they run at the target in order', () => {
    const steps = [kernel({ inputBytes: 8 * MIB, outputBytes: 0 })]
    const run = finishedRun(scenario({ steps, sources: [trace('llm.go', [9000, 9100, 9200])] }))
    const row = onlyMove(run)
    expect(row.bytes).toBe((512 + 16) * MIB)
    within(row.downtimeUs / 1e6, 4e-3 + (528 * MIB) / RATE + HANDSHAKES, 1e-3 * copy)
    expect(requests(run).completed).toBe(3)
    within(requests(run).latency.max / 1e12, resumed(run) + 10e-3 - 9.2e-3, 1e-9)
    expect([...run.machine.gpus.served].slice(0, 2)).toEqual([1, 2])
    expect([...run.machine.local.used].slice(0, 2)).toEqual([0, 512 * MIB])
    expect([...run.machine.gpus.kernels].slice(0, 2)).toEqual([0, 0])
  })

  test('breaks off between two rounds of a kernel that is repeated', () => {
    const steps = [kernel({ repeat: 4 })]
    const run = finishedRun(scenario({ steps, sources: [trace('llm.go', [3000])] }))
    const row = onlyMove(run)
    // two rounds, 3 to 13 ms, then two more at the target
    within(row.downtimeUs / 1e6, 3e-3 + copy, 1e-3 * copy)
    within(requests(run).latency.max / 1e12, resumed(run) + 10e-3 - 3e-3, 1e-9)
    expect([...run.machine.gpus.served].slice(0, 2)).toEqual([2, 2])
  })

  test('leaves the kernels of others in the batches where they are', () => {
    const services = [
      {
        id: 'llm',
        runsOn: ['gpu'],
        on: { node: 'gpu', device: 0 },
        replicas: 2,
        footprintMiB: 64,
        operations: [{ id: 'go', steps: [kernel({ batchSize: 8, inputBytes: MIB })] }],
      },
    ]
    const policies = {
      loadBalancing: { use: 'round-robin' },
      orders: [
        {
          atSeconds: 0.01,
          do: 'migrate',
          service: 'llm',
          instance: 0,
          to: { node: 'gpu', device: 1 },
          mechanism: 'stop-and-copy',
        },
      ],
    }
    // One launches alone, of either instance; four wait together, two of each.
    const run = finishedRun(
      scenario({ services, policies, sources: [trace('llm.go', [8000, 9000, 9100, 9200, 9300])] }),
    )
    onlyMove(run)
    expect(requests(run).completed).toBe(5)
    expect([...run.machine.gpus.served].slice(0, 2)).toEqual([3, 2])
    expect([...run.machine.gpus.batches].slice(0, 2)).toEqual([2, 1])
    expect(run.machine.gpus.queue.valueOf(0)).toBe(0)
    // What runs first is the mover's, whose answer waits for it to go on. The batch of the two others is launched when the first one has ended, for 10 ms of work; the mover's at the target.
    const up = resumed(run) * 1e3
    const ends = [up, 23, 23, up + 10, up + 10]
    const mean = (ends.reduce((sum, end) => sum + end, 0) - 8 - 9 - 9.1 - 9.2 - 9.3) / 5
    within(requests(run).latency.mean() / 1e9, mean, 1e-6)
  })
})

describe('who moves where', () => {
  /** Placed by first-fit, as a policy leaves alone what is pinned to a device. */
  const llm = (footprintMiB: number, id = 'llm'): Fields => ({
    id,
    runsOn: ['gpu'],
    footprintMiB,
    operations: [{ id: 'go', steps: [kernel()] }],
  })

  test('cores take over nothing from a GPU, a GPU without room neither, and post-copy is refused in words', () => {
    const full = [llm(8192), llm(12_288, 'other')]
    const refused = (parts: Parts): string | undefined => {
      const run = finishedRun(scenario(parts))
      expect(run.migrations.list.map(({ outcome }) => outcome)).toEqual(['refused'])
      return run.decisions.rows.find(({ kind }) => kind === 'migration')?.reason
    }
    expect(refused({ services: full })).toBe('refused: gpu.1 has not the local memory')
    expect(refused({ services: [{ ...llm(8), runsOn: ['gpu', 'cpu'] }], cores: true })).toBe(
      'refused: what runs on a GPU cannot go on on cores',
    )
    expect(refused({ mechanism: 'post-copy' })).toBe('refused: llm.0 is on a GPU, whose kernels fetch no missing pages')
  })

  test('an evacuation leaves a slow GPU for GPUs with room, least asked first', () => {
    const services = [llm(900), llm(600, 'second'), llm(1200, 'full')]
    const run = finishedRun(
      scenario({
        services,
        gpus: 4,
        gpu: { memoryGiB: 1.6 },
        policies: { migration: { use: 'evacuation', mechanism: 'auto' } },
        faults: [{ target: { node: 'gpu', device: 0 }, effect: 'slow', factor: 3, atSeconds: 0.05 }],
        run: { durationSeconds: 0.5 },
      }),
    )
    const moves = outcomeOf(run).migrations.map(({ from, to, outcome }) => [from, to, outcome])
    expect(moves).toEqual([
      ['gpu.0', 'gpu.2', 'completed'],
      ['gpu.0', 'gpu.2', 'completed'],
    ])
  })

  test('a hotspot is a GPU whose streams stay busy, and the instance that keeps them busy goes', () => {
    const services = [llm(1024), llm(1024, 'second')]
    const every = (entry: string, ms: number): Fields =>
      trace(
        entry,
        Array.from({ length: Math.floor(900 / ms) }, (_, i) => 1000 * ms * (i + 1)),
        { id: entry.replace('.', '-') },
      )
    const run = finishedRun(
      scenario({
        services,
        sources: [every('llm.go', 8), every('second.go', 16)],
        policies: {
          migration: { use: 'hotspot', mechanism: 'auto', utilization: 0.9, controlPeriodMs: 16, forMs: 48 },
        },
        run: { durationSeconds: 0.2 },
      }),
    )
    const [first] = run.decisions.rows.filter(({ kind }) => kind === 'migration')
    expect([first.subject, first.from, first.to]).toEqual(['llm.0', 'gpu.0', 'gpu.1'])
    expect(first.saw[1]?.value).toBe('0.63 of 1 streams')
  })
})
