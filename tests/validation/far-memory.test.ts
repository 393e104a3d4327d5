import { describe, expect, test } from 'vitest'
import { constant, cpuPool, finishedRun, scenarioOf, trace, type Fields } from '../support/scenarios'
import type { Run } from '../../src/simulator/run'

/**
 * Misses on an idle rack, worked by hand from sections 2.1 to 2.4 of the model, to the picosecond. A cycle is 1 ps here
 * and an instruction a cycle, so that a step of I instructions takes I ps and what its misses take.
 */

interface Rack {
  readonly protocol: 'cxl' | 'rdma'
  readonly link: Fields
  readonly latencyNs: number
  readonly memory: Fields
  readonly cpu?: Fields
  readonly cores?: number
  readonly service?: Fields
  readonly fidelity?: string
  readonly faults?: readonly Fields[]
}

function oneStep(rack: Rack, step: Fields, requests = 1): Run {
  return finishedRun(
    scenarioOf({
      nodes: [
        cpuPool('cpu', 1, rack.cores ?? 1, { baseCpi: 1, ...rack.cpu }),
        { id: 'mem', kind: 'memory', spec: { capacityGiB: 64, ...rack.memory } },
        { id: 'tor', kind: 'switch', spec: { latencyNs: rack.latencyNs } },
      ],
      links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol: rack.protocol, ...rack.link })),
      services: [
        {
          id: 's',
          footprintMiB: 64,
          localShare: 0,
          operations: [{ id: 'o', steps: [{ do: 'compute', ...step }] }],
          ...rack.service,
        },
      ],
      sources: [
        trace(
          's.o',
          Array.from({ length: requests }, () => 0),
        ),
      ],
      faults: rack.faults ?? [],
      run: { fidelity: rack.fidelity ?? 'burst' },
    }),
  )
}

function latencyPs(run: Run): number {
  const { requests } = run.machine.measures
  expect(requests.completed).toBe(1)
  return requests.latency.max
}

describe.each(['line', 'burst', 'fluid'])('cache lines over cxl, %s', (fidelity) => {
  // A flit of 68 bytes takes 68 × 8 / 256 Gb/s = 2,125 ps; one way 2 × (2,125 + 10,000) + 250,000 = 274,250 ps.
  const flit = 2_125
  const oneWay = 274_250
  // A line takes 64 B / 38.4 GB/s = 1,667 ps of bus, then controller 20 ns and half of 15 and 30 ns.
  const line = 1_667
  const array = 42_500
  const rack: Rack = {
    fidelity,
    protocol: 'cxl',
    link: { bandwidthGbps: 256, propagationNs: 10 },
    latencyNs: 250,
    memory: {
      channels: 1,
      channelBandwidthGBps: 38.4,
      rowHitNs: 15,
      rowMissNs: 30,
      rowHitRatio: 0.5,
      controllerNs: 20,
    },
  }
  const step = (instructions: number, missesPerKiloInstruction: number): Fields => ({
    instructions: constant(instructions),
    missesPerKiloInstruction,
  })

  test('one miss takes a flit there, the line, a flit back', () => {
    expect(latencyPs(oneStep(rack, step(1000, 1)))).toBe(1000 + oneWay + line + array + oneWay)
  })

  test('a device that works three times slower takes three times as long for line and array, until it is over', () => {
    const fault = { target: { node: 'mem', device: 0 }, effect: 'slow', factor: 3 }
    const slow = { ...rack, faults: [{ ...fault, atSeconds: 0, forSeconds: 0.5 }] }
    expect(latencyPs(oneStep(slow, step(1000, 1)))).toBe(1000 + oneWay + 3 * (line + array) + oneWay)
    const over = { ...rack, faults: [{ ...fault, atSeconds: 0, forSeconds: 1e-12 }] }
    expect(latencyPs(oneStep(over, step(1000, 1)))).toBe(1000 + oneWay + line + array + oneWay)
  })

  test('a window of ten ends with its tenth flit', () => {
    expect(latencyPs(oneStep(rack, step(1000, 10)))).toBe(1000 + oneWay + 9 * flit + line + array + oneWay)
  })

  test('twenty-five misses are windows of ten, ten and five, one after another', () => {
    const window = (lines: number): number => oneWay + (lines - 1) * flit + line + array + oneWay
    expect(latencyPs(oneStep(rack, step(1000, 25)))).toBe(1000 + 2 * window(10) + window(5))
  })

  test('a hundred windows take a hundred times one', () => {
    const window = oneWay + 9 * flit + line + array + oneWay
    expect(latencyPs(oneStep(rack, step(100_000, 10)))).toBe(100_000 + 100 * window)
  })

  test('a slow channel serves a window line by line', () => {
    const slow = { ...rack, memory: { ...rack.memory, channelBandwidthGBps: 10 } } // 6,400 ps a line
    expect(latencyPs(oneStep(slow, step(1000, 10)))).toBe(1000 + oneWay + 10 * 6_400 + array + oneWay)
  })

  test('fractions of misses are carried over from request to request', () => {
    const run = oneStep(rack, step(1000, 0.25), 10)
    expect(run.machine.memory.served[1]).toBe(2)
  })

  test('every dirty miss sends one line back', () => {
    const run = oneStep(rack, { ...step(1000, 100), dirtyRatio: 0.5 })
    const bytes = run.shape.channels.map((channel, i) => [
      `${channel.from}>${channel.to}`,
      run.machine.fabric.ports.bytes[i],
    ])
    expect(Object.fromEntries(bytes)).toEqual({ '0>2': 150 * 68, '2>0': 100 * 68, '1>2': 100 * 68, '2>1': 150 * 68 })
  })

  test('a step cannot be faster than its bytes on the narrowest wire', () => {
    const wide = { ...rack, cores: 8, cpu: { memoryParallelism: 64 }, link: { bandwidthGbps: 10, propagationNs: 10 } }
    const run = oneStep(wide, step(10_000, 100), 8)
    const { requests } = run.machine.measures
    expect(requests.completed).toBe(8)
    const leastPs = (8 * 1000 * 68 * 8000) / 10
    expect(requests.latency.max).toBeGreaterThanOrEqual(leastPs)
    expect(requests.latency.max).toBeLessThan(1.05 * leastPs)
  })
})

describe.each(['line', 'burst', 'fluid'])('local misses, %s', (fidelity) => {
  const rack: Rack = {
    fidelity,
    protocol: 'cxl',
    link: {},
    latencyNs: 250,
    memory: {},
    cpu: { localLatencyNs: 90, localBandwidthGBps: 1000 },
    service: { localShare: 1 },
  }

  test('a window of local misses takes the latency of local memory', () => {
    const run = oneStep(rack, { instructions: constant(1000), missesPerKiloInstruction: 25 })
    expect(latencyPs(run)).toBe(1000 + 3 * 90_000)
  })
})

describe.each(['line', 'burst', 'fluid'])('pages over rdma, %s', (fidelity) => {
  // 64 B to ask: 146 B, 11,680 ps a hop; a page of 4,096 B: 4,178 B, 334,240 ps a hop.
  const there = 2 * (11_680 + 50_000) + 200_000
  const back = 2 * (334_240 + 50_000) + 200_000
  // 64 lines over 8 channels: 8 × 1,667 ps, then 42.5 ns.
  const memory = 8 * 1_667 + 42_500
  const rack: Rack = {
    fidelity,
    protocol: 'rdma',
    link: { bandwidthGbps: 100, propagationNs: 50 },
    latencyNs: 200,
    memory: {
      channels: 8,
      channelBandwidthGBps: 38.4,
      rowHitNs: 15,
      rowMissNs: 30,
      rowHitRatio: 0.5,
      controllerNs: 20,
    },
    cpu: { pageFaultNs: 4000, memoryParallelism: 1 },
  }

  test('one fault takes its handling, the question, the page', () => {
    const run = oneStep(rack, { instructions: constant(1000), missesPerKiloInstruction: 1 })
    expect(latencyPs(run)).toBe(1000 + 4_000_000 + there + memory + back)
  })

  test('three faults with one outstanding take three times one', () => {
    const run = oneStep(rack, { instructions: constant(3000), missesPerKiloInstruction: 1 })
    expect(latencyPs(run)).toBe(3000 + 3 * (4_000_000 + there + memory + back))
  })

  test('the core is free for others while a page is on its way', () => {
    const run = oneStep(rack, { instructions: constant(1000), missesPerKiloInstruction: 1 }, 2)
    const { requests } = run.machine.measures
    expect(requests.latency.min).toBe(1000 + 4_000_000 + there + memory + back)
    // The second computes (1 ns) before the first handles its fault, and handles its own fault while the first waits.
    expect(requests.latency.max).toBeLessThan(2 * requests.latency.min)
  })
})

describe.each(['line', 'burst', 'fluid'])('memory steps, %s', (fidelity) => {
  const flit = 2_125
  const oneWay = 274_250
  const ack = 125 // a flit of header only: 4 bytes
  const rack: Rack = {
    fidelity,
    protocol: 'cxl',
    link: { bandwidthGbps: 256, propagationNs: 10 },
    latencyNs: 250,
    memory: {
      channels: 1,
      channelBandwidthGBps: 38.4,
      rowHitNs: 15,
      rowMissNs: 30,
      rowHitRatio: 0.5,
      controllerNs: 20,
    },
  }
  const memoryStep = (access: string, bytes: number): Fields => ({ do: 'memory', access, bytes })

  test('a read of 25 lines takes windows of ten, ten and five, one after another', () => {
    const window = (lines: number): number => oneWay + (lines - 1) * flit + 1_667 + 42_500 + oneWay
    expect(latencyPs(oneStep(rack, memoryStep('read', 25 * 64)))).toBe(2 * window(10) + window(5))
  })

  test('a write sends the lines and waits for acknowledgements', () => {
    const window = oneWay + 9 * flit + 1_667 + 42_500 + 2 * (ack + 10_000) + 250_000
    expect(latencyPs(oneStep(rack, memoryStep('write', 640)))).toBe(window)
  })

  test('a part of a line is a line, and no bytes take no time', () => {
    expect(latencyPs(oneStep(rack, memoryStep('read', 1)))).toBe(latencyPs(oneStep(rack, memoryStep('read', 64))))
    expect(latencyPs(oneStep(rack, memoryStep('read', 0)))).toBe(0)
  })

  test('many cores that read at once cannot be faster than the wire', () => {
    const wide = { ...rack, cores: 8, cpu: { memoryParallelism: 64 }, link: { bandwidthGbps: 10, propagationNs: 10 } }
    const { requests } = oneStep(wide, memoryStep('read', 64_000), 8).machine.measures
    const leastPs = (8 * 1000 * 68 * 8000) / 10
    expect(requests.latency.max).toBeGreaterThanOrEqual(leastPs)
  })

  test('over a paging path the bytes come as pages, each with its fault', () => {
    const pages: Rack = { ...rack, protocol: 'rdma', cpu: { pageFaultNs: 4000, memoryParallelism: 1 } }
    const one = latencyPs(oneStep(pages, memoryStep('read', 4096)))
    expect(one).toBeGreaterThan(4_000_000)
    expect(latencyPs(oneStep(pages, memoryStep('read', 3 * 4096)))).toBe(3 * one)
  })
})
