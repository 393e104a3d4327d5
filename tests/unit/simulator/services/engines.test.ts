import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../../../src/simulator/outcome'
import type { Run } from '../../../../src/simulator/run'
import { constant, cpuPool, finishedRun, scenarioOf, trace, type Fields } from '../../../support/scenarios'

const nic = (spec: Fields = {}, more: Fields = {}): Fields => ({
  id: 'nic',
  kind: 'nic',
  spec: { cores: 1, frequencyGHz: 1000, baseCpi: 1, ...spec },
  ...more,
})
const wire = (more: Fields = {}): Fields => ({
  id: 'l',
  from: 'cpu',
  to: 'nic',
  protocol: 'ideal',
  propagationNs: 0,
  ...more,
})
const step = (more: Fields = {}): Fields => ({
  do: 'compute',
  timeNs: constant(9000),
  offload: ['nic', 'memory'],
  ...more,
})
const toNic = { offload: { use: 'static', map: [{ operation: 's.o', step: 0, to: 'nic' }] } }

function runOf(parts: {
  nodes: Fields[]
  links?: Fields[]
  steps: Fields[]
  times?: number[]
  policies?: Fields
  service?: Fields
}): Run {
  return finishedRun(
    scenarioOf({
      nodes: parts.nodes,
      links: parts.links ?? [wire()],
      services: [{ id: 's', operations: [{ id: 'o', steps: parts.steps }], ...parts.service }],
      sources: [trace('s.o', parts.times ?? [1])],
      policies: parts.policies ?? toNic,
      run: { durationSeconds: 0.001 },
    }),
  )
}
const meanUs = (run: Run): number => run.machine.measures.requests.latency.mean() / 1e6
const crypto = { work: 'crypto', bandwidthGBps: 2 }

describe('an engine of a NIC', () => {
  test('does steps of its work in place of a core: their bytes over its bandwidth', () => {
    const nodes = [cpuPool('cpu', 1, 1), nic({ engines: [crypto] })]
    expect(meanUs(runOf({ nodes, steps: [step({ work: 'crypto', workBytes: 8000 })] }))).toBeCloseTo(4, 9)
    expect(meanUs(runOf({ nodes, steps: [step({ work: 'crypto', inputBytes: 6000 })] }))).toBeCloseTo(3, 9)
  })

  test('leaves other work to the cores', () => {
    const nodes = [cpuPool('cpu', 1, 1), nic({ engines: [crypto] })]
    expect(meanUs(runOf({ nodes, steps: [step({ work: 'compression', workBytes: 8000 })] }))).toBeCloseTo(9, 9)
    expect(meanUs(runOf({ nodes, steps: [step()] }))).toBeCloseTo(9, 9)
  })

  test('serves first come first served; of two the one that is free first', () => {
    const steps = [step({ work: 'crypto', workBytes: 8000 })]
    const one = runOf({ nodes: [cpuPool('cpu', 1, 3), nic({ engines: [crypto] })], steps, times: [1, 1, 1] })
    expect(meanUs(one)).toBeCloseTo((4 + 8 + 12) / 3, 9)
    const row = outcomeOf(one).devices.find((each) => each.kind === 'nic')
    expect(row?.utilization).toBeCloseTo(0.012, 9)
    expect(row?.meanQueue).toBeCloseTo(0.012, 9)
    expect(row?.completed).toBe(3)
    const two = runOf({ nodes: [cpuPool('cpu', 1, 3), nic({ engines: [crypto, crypto] })], steps, times: [1, 1, 1] })
    expect(meanUs(two)).toBeCloseTo((4 + 4 + 8) / 3, 9)
  })

  test('needs no cores beside it, but bytes need to say what for', () => {
    const nodes = [cpuPool('cpu', 1, 1), nic({ cores: 0, engines: [crypto] })]
    expect(meanUs(runOf({ nodes, steps: [step({ work: 'crypto', workBytes: 8000 })] }))).toBeCloseTo(4, 9)
    expect(() => runOf({ nodes, steps: [step({ work: 'serialization' })] })).toThrow(
      'policies.offload.map[0].to: NIC pool "nic" has no cores to run a step on, and no serialization engine',
    )
    expect(() => runOf({ nodes, steps: [step({ workBytes: 8 })] })).toThrow(
      'application.services[0].operations[0].steps[0].workBytes: bytes for an engine need "work", what the engine does',
    )
  })
})

test('a step mapped to a memory pool runs on the device that holds most of its instance', () => {
  const pool = { id: 'mem', kind: 'memory', count: 3, spec: { capacityGiB: 1, slabMiB: 256, cores: 1, speed: 3 } }
  const run = runOf({
    nodes: [cpuPool('cpu', 1, 1), pool],
    links: [wire({ to: 'mem' })],
    steps: [step()],
    service: { footprintMiB: 1300, localShare: 0 },
    policies: {
      memory: { use: 'first-fit' },
      offload: { use: 'static', map: [{ operation: 's.o', step: 0, to: 'mem' }] },
    },
  })
  expect(meanUs(run)).toBeCloseTo(3, 9)
  const offloads = run.decisions.rows.filter((row) => row.kind === 'offload')
  expect(offloads.map((row) => row.to)).toEqual(['mem.0'])
})

describe('a card between its host and the wire', () => {
  /**
   * Clients and the card share the wire; the card and its host share PCIe, at half the rate of the wire. Packets are of one
   * size on both, as ports serve messages packet by packet in turn, and larger packets would get more.
   */
  const nodes = [
    cpuPool('cpu', 1, 8),
    nic({ cores: 8, messageNs: 0, messagesPerSecond: 1e12 }),
    { id: 'tor', kind: 'switch', spec: { latencyNs: 0 } },
    cpuPool('clients', 1, 64),
  ]
  const links = [
    wire({
      id: 'pcie',
      from: 'cpu',
      to: 'nic',
      protocol: 'pcie',
      bandwidthGbps: 8,
      headerBytes: 0,
      payloadBytes: 4096,
    }),
    wire({ id: 'wire', from: 'nic', to: 'tor', protocol: 'rdma', bandwidthGbps: 16, headerBytes: 0 }),
    wire({ id: 'far', from: 'clients', to: 'tor', protocol: 'rdma', bandwidthGbps: 1000, headerBytes: 0 }),
  ]
  /** 64 KiB there in each of some calls at once; the bytes per µs that come through. */
  function rate(to: readonly string[], from: readonly string[] = to.map(() => 'client')): number {
    const calls = 50
    const bytes = 65536
    const run = finishedRun(
      scenarioOf({
        nodes,
        links,
        services: [
          { id: 'host', on: 'cpu', operations: [{ id: 'o', steps: [] }] },
          { id: 'card', runsOn: ['nic'], on: 'nic', operations: [{ id: 'o', steps: [] }] },
          ...to.map((target, i) => ({
            id: `client${i}`,
            runsOn: ['cpu', 'nic'],
            on: from[i] === 'client' ? 'clients' : 'nic',
            operations: [{ id: 'o', steps: [{ do: 'call', to: `${target}.o`, requestBytes: bytes }] }],
          })),
        ],
        sources: to.map((_, i) => ({
          ...trace(
            `client${i}.o`,
            Array.from({ length: calls }, () => 0),
          ),
          id: `u${i}`,
        })),
        run: { durationSeconds: 0.1 },
      }),
    )
    return (to.length * calls * bytes) / (run.machine.measures.requests.latency.max / 1e6)
  }

  test('is reached over the wire alone, its host over the wire and PCIe', () => {
    expect(rate(['card'])).toBeGreaterThan(0.97 * 2000)
    expect(rate(['host'])).toBeGreaterThan(0.97 * 1000)
    expect(rate(['host'])).toBeLessThan(1000)
  })

  test('serves two paths at once no faster than what they share', () => {
    // What clients send to the host and what the card sends there take the same PCIe.
    const both = rate(['host', 'host'], ['client', 'card'])
    expect(both).toBeLessThanOrEqual(1000)
    expect(both).toBeGreaterThan(0.97 * 1000)
    // What stops at the card leaves PCIe to the host: more than either path alone could carry to it.
    expect(rate(['host', 'card'])).toBeGreaterThan(1.9 * rate(['host']))
  })
})
