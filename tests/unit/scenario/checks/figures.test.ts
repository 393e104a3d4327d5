import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkDocument, readScenario } from '../../../../src/scenario/read-scenario'
import type { Json } from '../../../../src/scenario/scenario'
import { catalog } from '../../../../src/simulator/catalog'
import { galleryFolder, scenarioNames } from '../../../support/scenario-files'
import { problemsWith, rackWith } from '../../../support/small-rack'

const cpu = 'topology.nodes[0].spec'
const memory = 'topology.nodes[1].spec'
const nic = 'topology.nodes[2].spec'
const tor = 'topology.nodes[3].spec'
const link = 'topology.links[0]'

test.each([
  [
    { [cpu]: { frequencyGHz: 8 } },
    `${cpu}.frequencyGHz: 8 GHz is more than there is today: cores of today run at 0.8 to 6 GHz`,
  ],
  [{ [cpu]: { baseCpi: 0.1 } }, `${cpu}.baseCpi: 0.1 cycles an instruction is hardly possible: `],
  [
    { [cpu]: { memoryParallelism: 100 } },
    `${cpu}.memoryParallelism: 100 outstanding misses is more than there is today: `,
  ],
  [{ [cpu]: { localLatencyNs: 5 } }, `${cpu}.localLatencyNs: 5 ns is hardly possible: `],
  [{ [cpu]: { localBandwidthGBps: 3000 } }, `${cpu}.localBandwidthGBps: 3000 GB/s is more than there is today: `],
  [{ [cpu]: { idleWatts: 300, busyWatts: 200 } }, `${cpu}.busyWatts: 200 W when busy is less than the 300 W when idle`],
  [
    { [memory]: { channelBandwidthGBps: 120 } },
    `${memory}.channelBandwidthGBps: 120 GB/s a channel is more than there is today: `,
  ],
  [{ [memory]: { rowHitNs: 40 } }, `${memory}.rowHitNs: 40 ns for a row hit is more than the 30 ns for a row miss`],
  [
    { [nic]: { messagesPerSecond: 1e10 } },
    `${nic}.messagesPerSecond: 10000000000 messages/s is more than there is today: `,
  ],
  [{ [nic]: { messageNs: 1 } }, `${nic}.messageNs: 1 ns is hardly possible: `],
  [{ [tor]: { latencyNs: 10 } }, `${tor}.latencyNs: 10 ns is hardly possible: `],
  [
    { [`${link}.bandwidthGbps`]: 4000 },
    `${link}.bandwidthGbps: 4000 Gb/s is more than there is today: CXL 3 on PCIe 6 x16 carries 1024 Gb/s`,
  ],
  [
    { [`${link}.preset`]: 'cxl-gen5-x8', [`${link}.bandwidthGbps`]: 504 },
    `${link}.bandwidthGbps: 504 Gb/s is more than there is today: cxl-gen5-x8 carries 252 Gb/s`,
  ],
  [
    { [`${link}.propagationNs`]: 2000 },
    `${link}.propagationNs: 2000 ns is 400 m at 5 ns a meter; cxl links of a rack are 1 to 100 m long`,
  ],
  [
    { 'topology.links[2]': { id: 'nic-tor', from: 'nic', to: 'tor', protocol: 'ethernet', propagationNs: 5e6 } },
    'topology.links[2].propagationNs: 5000000 ns is 1000 km at 5 ns a meter; ethernet links of a rack are 1 to 100 m long',
  ],
  [{ [memory]: { channels: 64 } }, `${memory}.channels: its channels give 2458 GB/s, its links carry 32 GB/s of it`],
  [
    { 'topology.links[1].lanes': 32, [memory]: { channels: 1 } },
    `${memory}.channelBandwidthGBps: its channels give 38.4 GB/s to links that carry 1024 GB/s`,
  ],
  [{ [cpu]: { frequencyGHz: 0.02 } }, `${cpu}.frequencyGHz: 0.02 GHz is hardly possible: `],
  [{ [cpu]: { speed: 500 } }, `${cpu}.speed: 500 times a reference core is more than there is today: `],
  [{ [cpu]: { llcMiB: 1e5 } }, `${cpu}.llcMiB: 100000 MiB is more than there is today: `],
  [{ [cpu]: { localMemoryGiB: 1e6 } }, `${cpu}.localMemoryGiB: 1000000 GiB is more than there is today: `],
  [{ [cpu]: { quantumUs: 1e-6 } }, `${cpu}.quantumUs: 0.000001 µs is hardly possible: `],
  [{ [cpu]: { contextSwitchNs: 1e9 } }, `${cpu}.contextSwitchNs: 1000000000 ns is more than there is today: `],
  [{ [cpu]: { busyWatts: 50_000 } }, `${cpu}.busyWatts: 50000 W is more than there is today: `],
  [{ [nic]: { cores: 2000 } }, `${nic}.cores: 2000 cores is more than there is today: `],
  [{ [nic]: { memoryGiB: 1e5 } }, `${nic}.memoryGiB: 100000 GiB is more than there is today: `],
  [
    { [memory]: { slabMiB: 2_000_000 } },
    `${memory}.slabMiB: a slab of 2000000 MiB does not fit into 512 GiB: nothing can be leased`,
  ],
  [{ [`${link}.lossless`]: false }, `${link}.lossless: cxl holds senders back by credits and drops nothing`],
  [
    { [`${link}.headerBytes`]: 100_000 },
    `${link}.headerBytes: 100000 bytes of header are more than the 64 bytes that a packet carries`,
  ],
  [
    { 'topology.links[2]': { id: 'nic-tor', from: 'nic', to: 'tor', protocol: 'ethernet', access: 'loadstore' } },
    'topology.links[2].access: cores do not load and store over ethernet: it moves messages and pages',
  ],
  [{ 'run.warmupSeconds': 2 }, 'run.warmupSeconds: 2 s of warm-up are longer than the 1 s that are measured'],
])('%j is doubted, and simulated all the same', (changes, message) => {
  const problems = problemsWith(changes)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(`warning: ${message}`)
  expect(checkDocument(rackWith(changes), catalog).scenario).not.toBeNull()
})

test.each(['peakTflops', 'memoryBandwidthGBps', 'memoryGiB'])('a GPU with a million of %s is doubted', (field) => {
  const node = { id: 'gpu', kind: 'gpu', spec: { [field]: 1e6 } }
  expect(problemsWith({ 'topology.nodes[4]': node }).join('\n')).toContain(`topology.nodes[4].spec.${field}: 1000000`)
})

test('cores that are not there are not doubted', () => {
  expect(problemsWith({ [nic]: { cores: 0, frequencyGHz: 50 } })).toEqual([])
})

test('what is 0 is meant to be ideal, and an ideal link has no limits', () => {
  expect(problemsWith({ [cpu]: { localLatencyNs: 0 }, [nic]: { messageNs: 0 }, [tor]: { latencyNs: 0 } })).toEqual([])
  expect(problemsWith({ [`${link}.protocol`]: 'ideal', [`${link}.propagationNs`]: 1e9 })).toEqual([])
})

test.each(['ethernet', 'rdma'])('a long line between two racks, or by its preset, is meant: %s', (protocol) => {
  const far = { id: 'nic-tor', from: 'nic', to: 'tor', protocol, propagationNs: 5e6 }
  const racks = { 'topology.racks': [{ id: 'edge' }, { id: 'core' }] }
  expect(
    problemsWith({
      ...racks,
      'topology.nodes[2].rack': 'edge',
      'topology.nodes[3].rack': 'core',
      'topology.links[2]': far,
    }),
  ).toEqual([])
  expect(problemsWith({ 'topology.links[2]': { id: 'w', from: 'nic', to: 'tor', preset: 'wan-region' } })).toEqual([])
})

test.each(['bluefield-3', 'bluefield-3-engines'])('%s has the memory bandwidth that doubts speak of', (name) => {
  const preset = catalog.hardware.nic.presets.find((each) => each.name === name)
  expect(preset?.values['localBandwidthGBps']).toBeCloseTo(80, -1)
})

/** So that whatever may stand on a new CPU pool reaches the others. */
const linked = (kind: string): Record<string, Json> =>
  kind === 'cpu' ? { 'topology.links[3]': { id: 'new', from: 'new', to: 'tor', protocol: 'cxl' } } : {}

describe('nothing that is sold is doubted', () => {
  const presets = Object.values(catalog.hardware).flatMap((info) =>
    info.presets.map((preset) => ({ kind: info.kind, name: preset.name })),
  )
  test.each(presets)('$kind $name', ({ kind, name }) => {
    const change =
      kind === 'link'
        ? { 'topology.links[3]': { id: 'new', from: 'cpu', to: 'tor', preset: name } }
        : { 'topology.nodes[4]': { id: 'new', kind, spec: name }, ...linked(kind) }
    expect(problemsWith(change)).toEqual([])
  })

  /** What this shows is doubtful: tenants that want more memory than there is. */
  const doubtful: Readonly<Record<string, readonly string[]>> = {
    'memory-given-back.json': ['application.services'],
  }

  test.each(scenarioNames(galleryFolder))('gallery %s', (name) => {
    const { problems } = readScenario(readFileSync(join(galleryFolder, name), 'utf8'), catalog)
    expect(problems.map((problem) => problem.path)).toEqual(doubtful[name] ?? [])
  })
})
