import fc from 'fast-check'
import type { Json, ScenarioDocument } from '../../src/scenario/scenario'
import { gpuMovesDocument } from './gpu-moves-rack'

/** Racks where services on GPUs move all the time, while kernels of every kind run, GPUs slow down, and some fail. */

const pick = <T extends Json>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

const order = fc.record({
  atSeconds: fc.integer({ min: 0, max: 16_000 }).map((us) => us / 1e6),
  service: pick('llm', 'see', 'mix'),
  instance: fc.nat(1),
  device: fc.nat(3),
  mechanism: pick('stop-and-copy', 'stop-and-copy', 'pre-copy', 'auto', 'post-copy'),
})

const fault = fc.record({
  atSeconds: fc.integer({ min: 0, max: 14_000 }).map((us) => us / 1e6),
  forSeconds: pick(0.001, 0.004, null),
  device: fc.nat(3),
  effect: pick('slow', 'down'),
})

const raw = fc.record({
  orders: fc.array(order, { minLength: 2, maxLength: 8 }),
  faults: fc.array(fault, { maxLength: 2 }),
  policy: pick('never', 'hotspot', 'load-imbalance', 'evacuation'),
  mechanism: pick('pre-copy', 'stop-and-copy', 'auto'),
  recovery: pick('restart', 'wait', 'evacuate'),
  offload: pick('never', 'cost-model', 'always'),
  batchSize: pick(4, 1, 16),
  batchWindowUs: pick(0, 40),
  repeat: pick<Json>(3, 1, { dist: 'lognormal', mean: 5, cv: 0.7 }),
  streams: pick(1, 2),
  /** Room for two footprints and few inputs; for all. */
  memoryMiB: pick(8, 64),
  dirtyMiBps: pick(0, 400, 9000),
  writableMiB: pick(null, 1),
  threads: pick(null, 3),
  attempts: pick(false, true),
  rate: pick(20_000, 5000, 60_000),
  fidelity: pick('burst', 'burst', 'line'),
  seed: fc.nat(1000),
})

export const gpuMovesScenario: fc.Arbitrary<ScenarioDocument> = raw.map(gpuMovesDocument)
