import { describe, expect, test } from 'vitest'
import { checkDocument } from '../../../src/scenario/read-scenario'
import type { Scenario, ScenarioDocument } from '../../../src/scenario/scenario'
import { catalog } from '../../../src/simulator/catalog'
import * as State from '../../../src/simulator/services/instance-state'
import { digest } from '../../../src/formats/export'
import { balanced, figure, reasons } from '../../support/asked-of-runs'
import { memoryThatDoesNotAddUp } from '../../support/memory-sums'
import { resultOf } from '../../support/result-texts'
import { branchOff } from '../../../src/simulator/branch-off'
import { createRun, type Run } from '../../../src/simulator/run'
import { constant, cpuPool, documentOf, finishedRun, readDocument, type Fields } from '../../support/scenarios'

const MIB = 2 ** 20
interface Given {
  readonly copies?: number
  readonly memories?: number
  readonly steps?: readonly Fields[]
  readonly faults?: readonly Fields[]
  readonly recovery?: Fields
  readonly service?: Fields
  readonly protocol?: string
  readonly fidelity?: string
  readonly memory?: Fields
  readonly nodes?: Fields
  readonly run?: Fields
}

/** One service whose 64 MiB are all in pools, in slabs of 16 MiB; a request each 100 µs, a link of 100 Gbit/s. */
function rack(given: Given): Scenario {
  return readDocument(documentFor(given))
}

function documentFor(given: Given): ScenarioDocument {
  const read = { do: 'memory', access: 'read', bytes: 6400 }
  return documentOf({
    nodes: [
      cpuPool('cpu', 2, 4),
      { id: 'mem', kind: 'memory', count: given.memories ?? 3, spec: { capacityGiB: 1, slabMiB: 16, ...given.nodes } },
      { id: 'tor', kind: 'switch' },
    ],
    links: ['cpu', 'mem'].map((from) => ({
      id: from,
      from,
      to: 'tor',
      protocol: given.protocol ?? 'cxl',
      bandwidthGbps: 100,
    })),
    services: [
      {
        id: 's',
        footprintMiB: 64,
        localShare: 0,
        coldStartMs: 50,
        operations: [{ id: 'o', steps: [...(given.steps ?? [read])] }],
        ...given.service,
      },
    ],
    sources: [{ id: 'u', entry: 's.o', arrivals: { process: 'constant', ratePerSecond: 10_000 } }],
    policies: {
      memory: { use: 'first-fit', copies: given.copies ?? 2, ...given.memory },
      recovery: given.recovery ?? { use: 'restart', detectMs: 5 },
    },
    faults: [...(given.faults ?? [])],
    run: { durationSeconds: 0.1, fidelity: given.fidelity ?? 'burst', ...given.run },
  })
}

const memDown = (device: number, atSeconds = 0.03, forSeconds = 0.04): Fields => ({
  target: { node: 'mem', device },
  effect: 'down',
  atSeconds,
  forSeconds,
})

const used = (run: Run): readonly number[] => [2, 3, 4].map((device) => run.machine.slabs.usedBytes(device) / MIB)

describe('copies of slabs', () => {
  test('are on other devices, and are paid for', () => {
    expect(used(finishedRun(rack({ copies: 1 })))).toEqual([64, 0, 0])
    expect(used(finishedRun(rack({ copies: 2 })))).toEqual([64, 64, 0])
    expect(used(finishedRun(rack({ copies: 3 })))).toEqual([64, 64, 64])
    // With 4 slabs dealt out to 3 devices, no slab has both copies on one.
    const { instances, copies } = finishedRun(rack({ copies: 2, memory: { use: 'spread' } })).machine
    const [held] = copies.held[0]
    instances.leases[0].forEach((lease, i) => {
      expect([held[i].slabs, held[i].device >= 2]).toEqual([lease.slabs, true])
      expect(held[i].device).not.toBe(lease.device)
    })
    expect(held.reduce((sum, copy) => sum + copy.slabs, 0)).toBe(4)
  })

  test('are in another rack where there is one', () => {
    const scenario = rack({ copies: 2 })
    const { nodes } = scenario.topology
    const racks = nodes.map((node) => (node.id === 'mem' ? { ...node, count: 2, rack: 'a' } : node))
    const far = { ...nodes[1], id: 'far', count: 1, rack: 'b' }
    const links = [...scenario.topology.links, { ...scenario.topology.links[1], id: 'far', from: 'far' }]
    const run = finishedRun({ ...scenario, topology: { ...scenario.topology, nodes: [...racks, far], links } })
    const at = (device: number): string => run.machine.devices.names[device]
    expect(at(run.machine.instances.leases[0][0].device)).toBe('mem.0')
    expect(run.machine.copies.held[0][0].map((copy) => at(copy.device))).toEqual(['far.0'])
  })

  test('are as many as there are devices with room', () => {
    const run = finishedRun(rack({ copies: 3, memories: 2 }))
    expect(run.machine.copies.held[0].map((level) => level.map(({ device }) => device))).toEqual([[3], [-1]])
    expect(reasons(run, 'memory')[1]).toMatch(/4 slabs lack one/)
  })

  test('go with their instance', () => {
    const scenario = rack({
      copies: 3,
      service: { footprintPhases: [{ atSeconds: 0.02, footprintMiB: 20 }] },
      memory: { leaseMs: 5 },
    })
    const run = createRun(scenario)
    run.advance(0.019e12, Infinity)
    expect(used(run)).toEqual([64, 64, 64])
    run.advance(0.03e12, Infinity)
    expect(used(run)).toEqual([32, 32, 32])
    run.lifecycle.lose(0)
    expect(used(run)).toEqual([0, 0, 0])
  })

  test('go with whole leases that are taken back', () => {
    const footprintPhases = [
      { atSeconds: 0.01, footprintMiB: 128 },
      { atSeconds: 0.02, footprintMiB: 20 },
    ]
    const run = finishedRun(rack({ copies: 2, service: { footprintPhases }, memory: { leaseMs: 5, use: 'spread' } }))
    expect(run.machine.copies.held[0][0].reduce((sum, copy) => sum + copy.slabs, 0)).toBe(2)
    expect(memoryThatDoesNotAddUp(run)).toEqual([])
  })

  test('grow with their instance', () => {
    const phases = { footprintPhases: [{ atSeconds: 0.02, footprintMiB: 100 }] }
    expect(used(finishedRun(rack({ copies: 2, service: phases })))).toEqual([112, 112, 0])
  })
})

describe('what is written', () => {
  const write = { do: 'memory', access: 'write', bytes: 6400 }
  /** A window of 10 lines of 64 bytes and a header of 12 on the one wire that leads to all copies, ps. */
  const serialized = (lines: number, headerBytes: number): number => (lines * (64 + headerBytes) * 8000) / 100

  test.each(['line', 'burst', 'fluid'])('%s: goes to all copies, and waits for the last of them', (fidelity) => {
    const latency = (copies: number): number =>
      figure(finishedRun(rack({ steps: [write], copies, fidelity })), 'latency_mean_us') * 1e6
    const header = finishedRun(rack({})).machine.fabric.ports.header[0]
    // 100 lines in windows: each further copy follows behind the one before on the host's wire.
    for (const copies of [2, 3])
      expect(latency(copies) - latency(1)).toBeCloseTo((copies - 1) * serialized(100, header), -2)
  })

  test.each(['line', 'burst', 'fluid'])('%s: lines and pages written back go to all copies', (fidelity) => {
    const step = { do: 'compute', instructions: constant(100_000), missesPerKiloInstruction: 1, dirtyRatio: 0.5 }
    for (const protocol of ['cxl', 'rdma']) {
      const run = finishedRun(rack({ steps: [step], copies: 3, fidelity, protocol, run: { durationSeconds: 0.01 } }))
      const [read, ...others] = [2, 3, 4].map((device) => run.machine.memory.served[device])
      const written = run.machine.instances.writeBacks[0]
      expect([protocol, written > 1000, others]).toEqual([protocol, true, [written, written]])
      expect(read).toBeGreaterThan(2.9 * written)
    }
  })
})

describe('a memory device that fails', () => {
  test.each(['line', 'burst', 'fluid'])('%s: its copy is read once the failure is known', (fidelity) => {
    const run = finishedRun(rack({ faults: [memDown(0)], fidelity }))
    balanced(run)
    expect(figure(run, 'requests_failed')).toBe(0)
    expect(reasons(run, 'recovery')).toEqual(['switch: reads the copies of what it had on mem.0'])
    // Who came at the moment of the failure, and about 50 more at 10,000 a second, wait 5 ms at most.
    expect(figure(run, 'latency_max_us')).toBeGreaterThan(4990)
    expect(figure(run, 'latency_max_us')).toBeLessThan(5020)
    const usual = figure(finishedRun(rack({ fidelity })), 'latency_mean_us')
    // One in 20 waits 2.5 ms on average; then these 50 are served: faster than one by one, but not at once.
    const waited = figure(run, 'latency_mean_us') - usual - (0.05 * 5000) / 2
    expect(waited).toBeGreaterThan(0)
    expect(waited).toBeLessThan((0.05 * 50 * usual) / 2)
    const { tokens } = run.machine
    expect(tokens.pool.live).toBe(0)
    const left = Array.from({ length: tokens.pool.used }, (_, i) => tokens.outstanding[i * tokens['width']])
    expect(left.every((count) => count === 0)).toBe(true)
  })

  test('pages that were asked for there are asked for again', () => {
    const run = finishedRun(
      rack({ faults: [memDown(0)], protocol: 'rdma', steps: [{ do: 'memory', access: 'read', bytes: 40_960 }] }),
    )
    expect([figure(run, 'requests_failed'), run.machine.copies.counts[0]]).toEqual([0, 1])
    expect(figure(run, 'latency_max_us')).toBeLessThan(5200)
    balanced(run)
  })

  test('without a copy the instance starts again, as long as that takes', () => {
    const run = finishedRun(rack({ copies: 1, faults: [memDown(0)] }))
    expect(reasons(run, 'recovery')).toEqual(['restart: its memory on mem.0 is lost'])
    expect(figure(run, 'requests_failed')).toBeGreaterThanOrEqual(50)
    balanced(run)
  })

  test.each([1, 2])('hits nobody whose slabs are elsewhere; %i copies', (copies) => {
    const scenario = rack({ copies, memories: 4, faults: [memDown(0)], nodes: { capacityGiB: 1 / 16 } })
    const [service] = scenario.application.services
    const [source] = scenario.workload.sources
    const run = finishedRun({
      ...scenario,
      application: { ...scenario.application, services: [service, { ...service, id: 'other' }] },
      workload: { sources: [source, { ...source, id: 'v', stream: 'v', entry: 'other.o' }] },
    })
    const [hit, other] = resultOf(run).operations
    // They share cores with those who have waited, and nothing else.
    expect([other.failed, other.memoryMeanUs < 7]).toEqual([0, true])
    expect(run.decisions.rows.filter((row) => row.kind === 'recovery').map((row) => row.subject)).toEqual(['s.0'])
    if (copies === 1) expect(hit.failed).toBeGreaterThan(49)
    else expect([hit.failed, hit.maxUs > 4990]).toEqual([0, true])
  })

  test('one that held a further copy only interrupts nobody', () => {
    const run = finishedRun(rack({ faults: [memDown(1)] }))
    expect([figure(run, 'requests_failed'), run.machine.copies.counts[0]]).toEqual([0, 0])
    expect(figure(run, 'latency_max_us')).toBeLessThan(20)
    expect(used(run)).toEqual([64, 0, 64])
  })

  test('with all copies the instance is lost', () => {
    const run = finishedRun(rack({ memories: 2, faults: [memDown(0), memDown(1, 0.034)] }))
    expect(reasons(run, 'recovery')).toEqual([
      'switch: reads the copies of what it had on mem.0',
      'restart: its memory on mem.1 is lost',
    ])
    balanced(run)
  })

  test('twice in a row: two failures, two copies', () => {
    const run = finishedRun(rack({ copies: 3, faults: [memDown(0), memDown(1, 0.033)] }))
    expect(figure(run, 'requests_failed')).toBe(0)
    expect(figure(run, 'latency_max_us')).toBeGreaterThan(7990) // until 38 ms
    expect(figure(run, 'latency_max_us')).toBeLessThan(8020)
    balanced(run)
  })

  test('wait: an instance whose host is down too goes on with the copy once both are known', () => {
    const host = { target: { node: 'cpu', device: 0 }, effect: 'down', atSeconds: 0.028, forSeconds: 0.004 }
    const run = finishedRun(rack({ faults: [host, memDown(0)], recovery: { use: 'wait', detectMs: 5 } }))
    expect(run.machine.instances.state[0]).toBe(3)
    expect(figure(run, 'requests_failed_lost')).toBe(0)
    balanced(run)
  })
})

describe('a lost copy', () => {
  const quiet = (given: Given): Run => {
    const scenario = rack(given)
    return createRun({ ...scenario, workload: { sources: [] } })
  }
  const isWhole = (run: Run): boolean =>
    run.machine.copies.held[0].every((level) => level.every(({ device, fresh }) => device >= 0 && !fresh))

  test('is made anew over the fabric, as fast as its wires are', () => {
    const run = quiet({ faults: [memDown(1, 0.03, 0.05)] })
    const { ports, routes } = run.machine.fabric
    const route = routes.list[routes.between(2, 4)]
    const { payloadBytes } = route
    const header = ports.header[route.channels[0]]
    const sending = ((64 * MIB) / payloadBytes) * (payloadBytes + header) * 0.08e-9 // at 100 Gbit/s
    const due = 0.035 + sending
    run.advance((due - 0.001 * sending) * 1e12, Infinity)
    expect(isWhole(run)).toBe(false)
    run.advance((due + 0.001 * sending) * 1e12, Infinity)
    expect(isWhole(run)).toBe(true)
    expect(run.machine.copies.counts[1]).toBe(64 * MIB)
  })

  test('that is nearer than the one that is read takes its place', () => {
    const scenario = rack({ faults: [memDown(0, 0.03, 0.05)] })
    const { nodes, links } = scenario.topology
    const near = nodes.map((node) => (node.id === 'mem' ? { ...node, count: 2, rack: 'a' } : node))
    const far = { ...nodes[1], id: 'far', count: 1, rack: 'b' }
    const cable = { ...links[1], id: 'far', from: 'far', propagationNs: 1000 }
    const topology = { ...scenario.topology, nodes: [...near, far], links: [...links, cable] }
    const run = createRun({ ...scenario, topology, workload: { sources: [] } })
    const read = (): string => run.machine.devices.names[run.machine.instances.leases[0][0].device]
    expect(read()).toBe('mem.0')
    run.advance(0.036e12, Infinity)
    expect(read()).toBe('far.0')
    run.advance(0.06e12, Infinity)
    expect([read(), isWhole(run)]).toEqual(['mem.1', true])
    expect(run.machine.copies.held[0].flat().map(({ device }) => run.machine.devices.names[device])).toEqual(['far.0'])
  })

  test('waits for a device that has room', () => {
    const run = quiet({ memories: 2, faults: [memDown(1, 0.03, 0.03)] })
    run.advance(0.059e12, Infinity)
    expect(used(run).slice(0, 2)).toEqual([64, 0])
    run.advance(0.1e12, Infinity)
    expect(used(run).slice(0, 2)).toEqual([64, 64])
    expect(isWhole(run)).toBe(true)
  })

  test('that was half made anew is begun again elsewhere', () => {
    const run = quiet({ memories: 3, faults: [memDown(1, 0.03, 0.05), memDown(2, 0.037, 0.01)] })
    run.advance(0.1e12, Infinity)
    expect(isWhole(run)).toBe(true)
    expect(run.machine.copies.counts[1]).toBe(64 * MIB)
  })

  test('is no use before it is whole: its instance is lost with the last good one', () => {
    const run = quiet({ memories: 3, faults: [memDown(1, 0.03, 0.05), memDown(0, 0.037, 0.01)] })
    run.advance(0.1e12, Infinity)
    expect(reasons(run, 'recovery')).toEqual(['restart: its memory on mem.0 is lost'])
  })
})

describe('restore', () => {
  const hostDown = { target: { node: 'cpu', device: 0 }, effect: 'down', atSeconds: 0.03, forSeconds: 0.04 }
  const restore = { use: 'restore', detectMs: 5 }
  const half = { localShare: 0.5 }
  /** When an instance is up again, to a thousandth of what that takes, s. */
  function expectUpAt(run: Run, seconds: number, takes: number): void {
    run.advance((seconds - 0.001 * takes) * 1e12, Infinity)
    expect(run.machine.instances.state[0]).not.toBe(State.up)
    run.advance((seconds + 0.001 * takes) * 1e12, Infinity)
    expect(run.machine.instances.state[0]).toBe(State.up)
  }

  test.each([1, 2])('pools hold what is local too, and it is fetched from there; %i copies', (copies) => {
    const scenario = rack({ copies, faults: [hostDown], recovery: restore, service: half })
    const run = createRun({ ...scenario, workload: { sources: [] } })
    expect(used(run)).toEqual(copies === 1 ? [64, 0, 0] : [64, 64, 0])
    const { ports, routes } = run.machine.fabric
    const { payloadBytes, channels } = routes.list[routes.between(2, 1)]
    const fetching = ((32 * MIB) / payloadBytes) * (payloadBytes + ports.header[channels[0]]) * 0.08e-9
    expectUpAt(run, 0.035 + fetching, fetching)
    expect(reasons(run, 'recovery')).toEqual(['restore: cpu.0 has failed, its memory is in pools'])
    expect([run.machine.instances.device[0], run.machine.copies.counts[2]]).toEqual([1, 32 * MIB])
    expect(used(run)).toEqual(copies === 1 ? [64, 0, 0] : [64, 64, 0])
  })

  test('restart takes the cold start instead, and leases anew', () => {
    const scenario = rack({ faults: [hostDown], service: half })
    expectUpAt(createRun({ ...scenario, workload: { sources: [] } }), 0.035 + 0.05, 0.05)
  })

  test('loses what the host held, and fewer requests than a cold start', () => {
    const [warm, cold] = [restore, { use: 'restart', detectMs: 5 }].map((recovery) => {
      const run = finishedRun(rack({ faults: [hostDown], recovery, service: half }))
      balanced(run)
      // Those of the 5 ms in which nobody knows; who comes later waits for the instance.
      expect(figure(run, 'requests_failed')).toBeGreaterThanOrEqual(50)
      expect(figure(run, 'requests_failed')).toBeLessThanOrEqual(52)
      return figure(run, 'latency_max_us')
    })
    expect(warm).toBeLessThan(3500)
    expect(cold).toBeGreaterThan(49_000)
  })

  test('starts anew where the memory is lost with the host, and waits for no fetch from a failed device', () => {
    const both = rack({ copies: 1, faults: [hostDown, memDown(0, 0.036)], recovery: restore, service: half })
    const run = createRun({ ...both, workload: { sources: [] } })
    expectUpAt(run, 0.036 + 0.005 + 0.05, 0.05)
    expect(reasons(run, 'recovery')[1]).toBe('restart: its memory on mem.0 is lost')
    const copied = rack({ copies: 2, faults: [hostDown, memDown(0, 0.036)], recovery: restore, service: half })
    const other = createRun({ ...copied, workload: { sources: [] } })
    other.advance(0.0411e12, Infinity)
    expect(other.machine.instances.state[0]).toBe(State.starting)
    // Its copy is made anew meanwhile, over the same wire.
    other.advance(0.0475e12, Infinity)
    expect([other.machine.instances.state[0], other.machine.instances.stopped[0]]).toEqual([State.up, 0])
  })

  test('what memory is kept for is lost where its device fails before a host is found', () => {
    const all = { ...hostDown, target: 'cpu' }
    const run = finishedRun(
      rack({ copies: 1, faults: [all, memDown(0, 0.05, 0.01)], recovery: restore, service: half }),
    )
    expect(run.machine.copies.counts[2]).toBe(0)
    expect(run.machine.slabs.owner.filter((owner) => owner === 0).length).toBe(4)
    balanced(run)
  })

  test('what is changed in local memory is written to all copies', () => {
    const dirty = { localShare: 0.5, dirtyMiBps: 400 }
    const scenario = rack({ copies: 2, recovery: { ...restore, writeBackMs: 2 }, service: dirty })
    const run = finishedRun({ ...scenario, workload: { sources: [] } })
    // 400 MiB a second for 98 ms, in pages of 4 KiB
    const pages = Math.floor((400 * 0.002 * MIB) / 4096) * 49
    expect([2, 3, 4].map((device) => run.machine.memory.served[device])).toEqual([pages, pages, 0])
  })

  test('all local: no access goes to the pools', () => {
    const missing = { do: 'compute', instructions: constant(20_000), missesPerKiloInstruction: 2, dirtyRatio: 0.5 }
    const run = finishedRun(rack({ recovery: restore, service: { localShare: 1 }, steps: [missing] }))
    expect([used(run), [...run.machine.memory.served]]).toEqual([
      [64, 64, 0],
      [0, 0, 0, 0, 0, 0],
    ])
  })
})

test('a run saved in the middle of it all goes on as if it had not been', () => {
  const faults = [
    memDown(0, 0.03, 0.01),
    { target: { node: 'cpu', device: 0 }, effect: 'down', atSeconds: 0.05, forSeconds: 0.02 },
  ]
  for (const fidelity of ['line', 'burst', 'fluid']) {
    const scenario = rack({
      faults,
      fidelity,
      memories: 3,
      memory: { use: 'spread' },
      recovery: { use: 'restore', detectMs: 3 },
      service: { localShare: 0.5, dirtyMiBps: 100 },
      steps: [{ do: 'compute', instructions: constant(20_000), missesPerKiloInstruction: 2, dirtyRatio: 0.5 }],
      run: { durationSeconds: 0.08 },
    })
    const whole = finishedRun(scenario)
    expect(whole.machine.copies.counts.every((count) => count > 0)).toBe(true)
    // Standing still; a copy being made; its host down; fetching
    let run = createRun(scenario)
    for (const at of [0.0315, 0.034, 0.0515, 0.0535, 0.06]) {
      run.advance(at * 1e12, Infinity)
      const saved = structuredClone(run.save())
      run = createRun(scenario)
      run.restore(saved)
    }
    run.advance(run.shape.endPs, Infinity)
    expect(digest(resultOf(run))).toBe(digest(resultOf(whole)))
  }
})

test('a branch may ask for fewer copies, or more, or another recovery', () => {
  const hostDown = { target: { node: 'cpu', device: 0 }, effect: 'down', atSeconds: 0.07, forSeconds: 0.02 }
  const faults = [memDown(0, 0.05, 0.01), hostDown]
  for (const [before, after] of [
    [2, 1],
    [1, 2],
    [3, 2],
  ]) {
    const run = createRun(rack({ copies: before, faults, service: { localShare: 0.5 } }))
    run.advance(0.02e12, Infinity)
    const recovery = { use: 'restore', detectMs: 5 }
    const branch = createRun(rack({ copies: after, faults, recovery, service: { localShare: 0.5 } }))
    branch.restore(run.save())
    branch.advance(branch.shape.endPs, Infinity)
    balanced(branch)
    // Pools do not hold what was local of an instance that has started under another policy, or is still starting cold.
    expect([before, reasons(branch, 'recovery')]).toEqual([
      before,
      before === 1
        ? ['restart: its memory on mem.0 is lost', 'restart: cpu.0 has failed']
        : ['switch: reads the copies of what it had on mem.0', 'restart: cpu.0 has failed'],
    ])
    const { slabs, copies } = branch.machine
    const held = copies.all(0).reduce((sum, lease) => sum + lease.slabs, 0)
    expect(slabs.owner.filter((owner) => owner === 0).length).toBe(held)
  }
})

test('a branch takes up and leaves off writing back with the recovery policy', () => {
  const dirty = { localShare: 0.5, dirtyMiBps: 400 }
  const under = (recovery: Fields): Scenario => ({
    ...rack({ copies: 1, recovery, service: dirty }),
    workload: { sources: [] },
  })
  const [warm, cold] = [{ use: 'restore', writeBackMs: 2 }, { use: 'restart' }]
  const written = (before: Fields, after: Fields): number => {
    const run = createRun(under(before))
    run.advance(0.0501e12, Infinity)
    const branch = branchOff(run, under(after), 0.0501e12)
    branch.advance(branch.shape.endPs, Infinity)
    return (branch.machine.memory.served[2] * 4096) / MIB
  }
  expect(written(warm, cold)).toBeCloseTo(400 * 0.05, 0)
  expect(written(cold, warm)).toBeCloseTo(400 * 0.0981, 0) // all since the start, then every 2 ms
  expect(written(warm, { ...warm, writeBackMs: 4 })).toBeCloseTo(400 * 0.0981, 0)
})

describe('doubtful and wrong input', () => {
  const problems = (given: Given): readonly string[] =>
    checkDocument(documentFor(given), catalog).problems.map(({ path, message }) => `${path}: ${message}`)

  test('is named with its figures', () => {
    expect(problems({ copies: 4 })).toContain(
      'policies.memory.copies: 4 copies of each slab, but 3 memory devices to hold them',
    )
    expect(problems({ copies: 2, nodes: { capacityGiB: 0.03125 }, memories: 3 })).toContain(
      'policies.memory.copies: 2 copies of 64 MiB are more than the 96 MiB of all memory pools: some slabs will lack one',
    )
    expect(problems({ recovery: { use: 'restore' }, service: { footprintMiB: 0 } })).toContain(
      'policies.recovery.use: "restore" is "restart", as no service has a footprintMiB to be held in pools',
    )
    expect(problems({ copies: 2 }).filter((problem) => problem.startsWith('policies'))).toEqual([])
  })
})
