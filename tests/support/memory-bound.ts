import type { ScenarioDocument } from '../../src/scenario/scenario'
import { constant, documentOf, poisson } from './scenarios'

/** A rack whose requests do little but miss: 4,000 last-level misses each, half of them remote, over one CXL switch. */
export const memoryBound: ScenarioDocument = documentOf({
  nodes: [
    { id: 'cpu', kind: 'cpu', count: 2, spec: { cores: 8, memoryParallelism: 8, localMemoryGiB: 64 } },
    { id: 'mem', kind: 'memory', count: 2, spec: { capacityGiB: 256 } },
    { id: 'tor', kind: 'switch', spec: { latencyNs: 100 } },
  ],
  links: ['cpu', 'mem'].map((from) => ({ id: from, from, to: 'tor', protocol: 'cxl', bandwidthGbps: 256 })),
  services: [
    {
      id: 'scan',
      replicas: 2,
      footprintMiB: 65536,
      localShare: 0.5,
      operations: [
        { id: 'all', steps: [{ do: 'compute', instructions: constant(100_000), missesPerKiloInstruction: 40 }] },
      ],
    },
  ],
  sources: [poisson('scan.all', 30_000)],
  policies: { placement: { use: 'spread' }, memory: { use: 'spread' } },
  run: { seed: 3, warmupSeconds: 0.005, durationSeconds: 0.03 },
})
