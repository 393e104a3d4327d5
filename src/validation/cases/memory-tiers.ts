import { meanUs, relativeRow } from '../measuring'
import { plainCase } from '../plain-case'
import { constant, cpuPool, service, trace, type Parts } from '../scenario-parts'

/** Far memory and near, one after the other and together. */

/** One CPU device, a memory device behind one ideal link; a step whose misses all go there, or stay. */
function tierParts(nearNs: number, farNs: number, remoteShare: number, computeNs: number, misses: number): Parts {
  return {
    nodes: [
      cpuPool('cpu', 1, 1, { baseCpi: 1, memoryParallelism: 1, localLatencyNs: nearNs, localBandwidthGBps: 1e4 }),
      {
        id: 'mem',
        kind: 'memory',
        spec: {
          capacityGiB: 64,
          channels: 1,
          channelBandwidthGBps: 1000,
          controllerNs: 0,
          rowHitRatio: 1,
          rowHitNs: 0,
        },
      },
    ],
    links: [
      // The line itself takes 64 ps of bus.
      { id: 'l', from: 'cpu', to: 'mem', protocol: 'ideal', bandwidthGbps: null, propagationNs: (farNs - 0.064) / 2 },
    ],
    services: [
      service(
        's',
        [{ do: 'compute', instructions: constant(computeNs * 1000), missesPerKiloInstruction: misses / computeNs }],
        { footprintMiB: 1024, localShare: 1 - remoteShare },
      ),
    ],
    sources: [trace('s.o', [0])],
  }
}

const TIERS = [
  { stall: 0.3, near: 78, far: 142, share: 1 },
  { stall: 0.3, near: 115, far: 255, share: 1 },
  { stall: 0.5, near: 111, far: 394, share: 0.25 },
] as const

export const farTier = plainCase(
  {
    id: 'B18',
    title: 'Slowdown by a far memory tier',
    question:
      'Does a step that stalls f of its time on memory slow by f x (Lfar/Lnear - 1) when x of its misses move away?',
    source: 'Arithmetic; latency pairs as in Pond (H. Li et al., ASPLOS 2023) and Melody (ASPLOS 2025)',
    tolerance: 'Slowdown within 1 %; where the share is drawn per miss, within 2 % of 40,000 draws.',
    inputs: 'One miss at a time, unloaded memory; nothing is calibrated.',
  },
  (bench) =>
    TIERS.map(({ stall, near, far, share }) => {
      const misses = 40_000
      const computeNs = (misses * near * (1 - stall)) / stall
      const time = (remote: number): number => meanUs(bench.one(tierParts(near, far, remote, computeNs, misses)))
      const slowdown = time(share) / time(0) - 1
      const label = `f = ${stall}, ${near} to ${far} ns, ${100 * share} % far: slowdown`
      return relativeRow(
        { label, unit: '', expected: stall * share * (far / near - 1) },
        slowdown,
        share === 1 ? 0.01 : 0.02,
        'mechanism',
      )
    }),
)

function interleaveParts(near: number, far: number, remoteShare: number): Parts {
  const cores = 64
  return {
    nodes: [
      cpuPool('cpu', 1, cores, { baseCpi: 1, memoryParallelism: 64, localLatencyNs: 100, localBandwidthGBps: near }),
      {
        id: 'mem',
        kind: 'memory',
        spec: {
          capacityGiB: 64,
          channels: 1,
          channelBandwidthGBps: far,
          controllerNs: 100,
          rowHitRatio: 1,
          rowHitNs: 0,
        },
      },
    ],
    links: [{ id: 'l', from: 'cpu', to: 'mem', protocol: 'ideal', bandwidthGbps: null, propagationNs: 50 }],
    services: [
      service('s', [{ do: 'compute', instructions: constant(6400), missesPerKiloInstruction: 1000 }], {
        footprintMiB: 1024,
        localShare: 1 - remoteShare,
      }),
    ],
    sources: [
      { id: 'users', entry: 's.o', arrivals: { process: 'closed', users: 2 * cores, thinkTimeNs: constant(0) } },
    ],
    run: { warmupSeconds: 0.002, durationSeconds: 0.01, seed: 1900 },
  }
}

const PAIRS = [
  [38.4, 17.8],
  [260, 52],
  [200, 24],
] as const

export const interleaving = plainCase(
  {
    id: 'B19',
    title: 'Bandwidth of two memories together',
    question:
      'Do misses dealt out in proportion to bandwidth use both memories in full, and half and half only twice the slower?',
    source: 'Arithmetic: at share x on the second, min(B1/(1-x), B2/x)',
    tolerance: 'Within 3 %: shares are drawn per miss, so either memory now and then runs dry for a moment.',
    inputs: '64 cores with 64 misses outstanding each, so that latency binds nobody; nothing is calibrated.',
  },
  (bench) =>
    PAIRS.flatMap(([near, far]) =>
      [far / (near + far), 0.5].map((share) => {
        const outcome = bench.one(interleaveParts(near, far, share))
        const lines = outcome.devices.find((device) => device.node === 'mem')?.completed ?? NaN
        const gbps = (lines * 64) / 0.01 / 1e9 / share
        const expected = Math.min(near / (1 - share), far / share)
        const label = `${near} and ${far} GB/s, ${(100 * share).toFixed(1)} % on the second`
        return relativeRow({ label, unit: 'GB/s', expected }, gbps, 0.03, 'mechanism')
      }),
    ),
)
