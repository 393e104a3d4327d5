import * as SegmentKind from '../../../src/simulator/hardware/segment-kind'
import { expect, test } from 'vitest'
import { createSimulation } from '../../../src/simulator/session'
import { constant, cpuPool, scenarioOf, trace } from '../../support/scenarios'

test('outside work is shown at the device of its request, and never as a migration', () => {
  let now = 0
  const simulation = createSimulation(() => (now += 1))
  const steps = [
    { do: 'compute', timeNs: constant(1000) },
    { do: 'delay', timeNs: constant(50_000) },
  ]
  const { shape } = simulation.load(
    scenarioOf({
      nodes: [cpuPool('cpu', 1, 1)],
      links: [],
      services: [{ id: 's', operations: [{ id: 'o', steps }] }],
      sources: [trace('s.o', [10])],
      run: { durationSeconds: 0.001 },
    }),
  )
  while (!simulation.advance(2).done);
  const { segments } = simulation.detail(0, shape.endPs, 1000)
  const rows = Array.from(segments.kind, (kind, i) => ({
    kind,
    place: shape.devices[segments.place[i]].id,
    from: segments.start[i] / 1e6,
    to: segments.end[i] / 1e6,
  }))
  expect(rows).toEqual([
    { kind: SegmentKind.core, place: 'cpu.0', from: 10, to: 11 },
    { kind: SegmentKind.delay, place: 'cpu.0', from: 11, to: 61 },
  ])
})
