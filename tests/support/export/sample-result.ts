import type { Scenario } from '../../../src/scenario/scenario'
import type { RunResult } from '../../../src/simulator/result'

/** A scenario with all defaults filled in: one core behind nothing. */
export const sampleScenario: Scenario = {
  format: 'unrack-scenario',
  version: 1,
  name: 'Sample, "small"',
  description: '',
  topology: { racks: [], nodes: [], links: [] },
  application: { rpc: { cyclesPerMessage: 0, cyclesPerByte: 0 }, services: [] },
  workload: { sources: [] },
  policies: {
    placement: { use: 'first-fit' },
    loadBalancing: { use: 'least-loaded' },
    memory: { use: 'first-fit' },
    offload: { use: 'never' },
    migration: { use: 'never' },
    scaling: { use: 'fixed' },
    recovery: { use: 'restart' },
    orders: [],
  },
  faults: [],
  run: { seed: 7, warmupSeconds: 0.1, durationSeconds: 1, replications: 1, fidelity: 'burst' },
}

/** One row of everything, with a cell for every rule of the files: not applicable, quoted, six decimals, shortest text. */
export const sampleResult: RunResult = {
  scenario: sampleScenario,
  summary: [
    { metric: 'requests_offered', value: 12345, unit: '', ci95Low: NaN, ci95High: NaN },
    { metric: 'latency_mean_us', value: 500.1234567, unit: 'us', ci95Low: 499, ci95High: Infinity },
    { metric: 'throughput_per_second', value: 0.1 + 0.2, unit: '1/s', ci95Low: NaN, ci95High: NaN },
  ],
  operations: [
    {
      service: 'kv', operation: 'get', completed: 10, failed: 0, meanUs: 1.5, p50Us: 1, p90Us: 2, p99Us: 3, p999Us: 4,
      maxUs: 1e6, waitMeanUs: 0, computeMeanUs: 1 / 3, memoryMeanUs: NaN, networkMeanUs: 0.000001,
    },
  ],
  devices: [
    {
      node: 'tor', device: 0, kind: 'switch', utilization: NaN, meanQueue: 0.5, maxQueue: 3, completed: NaN,
      energyJoules: 1e-7, memoryUsedGib: NaN,
    },
  ],
  links: [
    {
      link: 'l1', lane: 0, direction: 'cpu.0>tor', bytes: 2 ** 53, packets: 9, utilization: 0.25, meanQueueBytes: 0,
      maxQueueBytes: 0, dropped: 0,
    },
  ],
  decisions: [
    {
      timeS: 0.4102, timePs: 410200000000, kind: 'migration', subject: 'kv.1', from: 'cpu.0', to: 'cpu.1',
      policy: 'hotspot', mechanism: 'pre-copy', reason: 'cpu.0 at 94 %, limit 85 %', estimateUs: 57900, saw: [],
      candidates: [], migration: 0,
    },
    {
      timeS: 0.5, timePs: 5e11, kind: 'fault', subject: 'mem.0', from: '', to: '', policy: '', mechanism: '',
      reason: '=1+1', estimateUs: NaN, saw: [], candidates: [], migration: -1,
    },
  ],
  migrations: [
    {
      service: 'kv', instance: 1, from: 'cpu.0', to: 'cpu.1', mechanism: 'pre-copy', startS: 0.4102,
      startPs: 410200000000, totalUs: NaN, downtimeUs: NaN, bytes: 0, rounds: 0, outcome: 'running', detail: [],
      stopPs: NaN, resumePs: NaN,
    },
  ],
  timeline: {
    bucketPs: 5e9,
    filled: 3,
    series: [
      { scope: 'device', id: 'cpu.0', metric: 'utilization', unit: '', values: Float64Array.of(0.5, NaN, 1) },
      { scope: 'operation', id: 'kv.get', metric: 'p99_us', unit: 'us', values: Float64Array.of(NaN, 12.5, NaN) },
    ],
  },
  histograms: [
    {
      id: '', count: 3, lowUs: Float64Array.of(0, 1, 2), highUs: Float64Array.of(1, 2, 4),
      counts: Float64Array.of(1, 0, 2), phases: new Float64Array(12),
    },
  ],
}
