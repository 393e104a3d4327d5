import { describe, expect, test } from 'vitest'
import { checkDocument } from '../../src/scenario/read-scenario'
import { derive } from '../../src/simulator/derive'
import { catalog } from '../../src/simulator/catalog'
import type { Json } from '../../src/scenario/scenario'

const kinds = Object.values(catalog.hardware)
const named = kinds.flatMap((info) =>
  info.presets.filter(({ name }) => name !== 'plain').map((preset) => ({ kind: info.kind, preset })),
)
const valueOf = (kind: keyof typeof catalog.hardware, name: string, field: string): Json | undefined => {
  const info = catalog.hardware[kind]
  const values = info.presets.find((preset) => preset.name === name)?.values
  return values?.[field] ?? info.fields.find((each) => each.name === field)?.default
}

test('every family of devices and links that researchers compare is there', () => {
  const names = named.map(({ kind, preset }) => `${kind} ${preset.name}`)
  expect(names.length).toBeGreaterThanOrEqual(60)
  const families: readonly RegExp[] = [
    /link cxl-gen5/,
    /link cxl-gen6/,
    /link pcie-gen4/,
    /link pcie-gen5/,
    /link pcie-gen6/,
    /link nvlink-3/,
    /link nvlink-4/,
    /link nvlink-5/,
    ...[100, 200, 400, 800].map((gbps) => new RegExp(`link roce-${gbps}g`)),
    ...['edr', 'hdr', 'ndr', 'xdr'].map((rate) => new RegExp(`link infiniband-${rate}`)),
    ...[10, 25, 100, 200, 400, 800].map((gbps) => new RegExp(`link ethernet-${gbps}g`)),
    /link wan-/,
    /cpu epyc/,
    /cpu xeon/,
    /cpu graviton|cpu ampere/,
    ...['a', 'b', 'c', 'd'].map((device) => new RegExp(`memory melody-cxl-${device}`)),
    /memory cxl-2-x8/,
    /memory hbm/,
    /memory ddr5/,
    /memory near-memory/,
    /nic connectx-5/,
    /nic connectx-6/,
    /nic connectx-7/,
    /nic bluefield-2/,
    /nic bluefield-3/,
    /nic liquidio/,
    /nic stingray/,
    /nic intel-ipu/,
    /gpu a100/,
    /gpu h100/,
    /gpu l4$/,
    /gpu b200/,
    /switch infiniband/,
    /switch ethernet/,
    /switch cxl/,
    /switch pcie/,
  ]
  expect(families.filter((family) => !names.some((name) => family.test(name))).map(String)).toEqual([])
})

test('switches that really cut through are there as such', () => {
  const cutting = named.filter(({ kind, preset }) => kind === 'switch' && preset.values['forwarding'] === 'cut-through')
  expect(cutting.length).toBeGreaterThanOrEqual(6)
})

test('names are in kebab-case, and unique within a kind', () => {
  for (const info of kinds) {
    const names = info.presets.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))).toEqual([])
  }
})

describe.each(named)('$kind $preset.name', ({ preset }) => {
  test('says of every figure whether it is cited or assumed, and not both', () => {
    const fields = Object.keys(preset.values)
    const cited = preset.cited.flatMap((citation) => citation.fields)
    expect([...cited, ...preset.assumed].sort()).toEqual([...fields].sort())
  })

  test('names its sources', () => {
    for (const citation of preset.cited) expect(preset.source.toLowerCase()).toContain(citation.source.toLowerCase())
  })
})

test('every default of every field and parameter says where it comes from', () => {
  const parameters = Object.values(catalog.policies).flatMap((infos) => infos.flatMap((info) => info.parameters))
  const silent = [...kinds.flatMap((info) => info.fields), ...parameters].filter(({ source = '' }) => source === '')
  expect(silent.map(({ name }) => name)).toEqual([])
})

/** Figures that were read in the source named, or follow from a standard by arithmetic. */
const figures: readonly (readonly [keyof typeof catalog.hardware, string, string, number])[] = [
  ['cpu', 'xeon-6430', 'localLatencyNs', 95.4], // Intel MLC logs
  ['cpu', 'ice-lake-sp', 'localLatencyNs', 88.9],
  ['cpu', 'cascade-lake-sp', 'localLatencyNs', 87.6],
  ['cpu', 'skylake-sp', 'localLatencyNs', 90.2],
  ['cpu', 'xeon-6430', 'localBandwidthGBps', Math.round(491.9 / 2)],
  ['cpu', 'ice-lake-sp', 'localBandwidthGBps', Math.round(352.5 / 2)],
  ['cpu', 'cascade-lake-sp', 'localBandwidthGBps', 226 / 2],
  ['cpu', 'xeon-6430', 'cores', 32],
  ['cpu', 'xeon-6430', 'llcMiB', 60],
  ['memory', 'cxl-direct-asic', 'channelBandwidthGBps', 17.8], // CacheLib wiki: all reads
  ['memory', 'cxl-2-x8-mixed', 'channelBandwidthGBps', 27.2], // CacheLib wiki: one read to a write
  ['memory', 'ddr5-server', 'channelBandwidthGBps', (4800 * 8) / 1000],
  ['memory', 'ddr4-server', 'channelBandwidthGBps', (3200 * 8) / 1000],
  ['memory', 'ddr5-5600-pool', 'channelBandwidthGBps', (5600 * 8) / 1000],
  ['memory', 'hbm3-stack', 'channelBandwidthGBps', (6.4 * 1024) / 8 / 16], // JESD238: 6.4 Gb/s a pin, 16 channels
  ['nic', 'bluefield-2', 'cores', 8], // docs.nvidia.com
  ['nic', 'bluefield-3', 'cores', 16],
  ['nic', 'bluefield-3', 'busyWatts', 150],
  ['nic', 'connectx-6', 'messagesPerSecond', 215e6],
  ['switch', 'infiniband-hdr', 'latencyNs', 130],
  ['gpu', 'h100-sxm', 'busyWatts', 700],
  ['link', 'nvlink-3', 'bandwidthGbps', (600 / 2) * 8],
  ['link', 'nvlink-4', 'bandwidthGbps', (900 / 2) * 8],
  ['link', 'nvlink-5', 'bandwidthGbps', (1800 / 2) * 8],
  ['link', 'cxl-gen5-x8', 'propagationNs', 1.5 * 5], // Octopus: 1.5 m of copper
  ['link', 'roce-100g', 'propagationNs', 4 * 5],
]

test.each(figures)('%s %s has the published %s, %d', (kind, name, field, expected) => {
  expect(valueOf(kind, name, field)).toBeCloseTo(expected, 9)
})

describe('links', () => {
  const links = catalog.hardware.link.presets.map((preset) => ({ preset, ...preset.values }))

  test.each(links)('$preset.name is consistent with its protocol', ({ preset }) => {
    const { values } = preset
    const protocol = catalog.protocols.find(({ name }) => name === values['protocol'])
    expect(protocol).toBeDefined()
    expect(preset.name).toMatch(
      {
        cxl: /^cxl-/,
        pcie: /^pcie-/,
        nvlink: /^nvlink-/,
        rdma: /^(roce|infiniband)-/,
        ethernet: /^(ethernet|wan)-/,
        ideal: /^$/,
      }[protocol!.name],
    )
    expect('lossless' in values || 'access' in values).toBe(false)
    const payload = Number(values['payloadBytes'] ?? protocol!.payloadBytes)
    const header = Number(values['headerBytes'] ?? protocol!.headerBytes)
    expect(payload / (payload + header)).toBeGreaterThan(0.85) // no standard spends more than that on large packets
  })

  test.each([
    ['gen4', 16],
    ['gen5', 32],
  ])('PCIe %s carries its transfers less 128/130 coding, within a promille', (generation, gts) => {
    for (const lanes of [4, 8, 16])
      expect(Number(valueOf('link', `pcie-${generation}-x${lanes}`, 'bandwidthGbps'))).toBeCloseTo(
        (gts * lanes * 128) / 130,
        -Math.log10(gts * lanes * 0.002),
      )
  })

  test('PCIe 6 pays for its flits with the header: 236 of 256 bytes carry packets', () => {
    for (const lanes of [4, 8, 16]) {
      expect(valueOf('link', `pcie-gen6-x${lanes}`, 'bandwidthGbps')).toBe(64 * lanes)
      expect(valueOf('link', `pcie-gen6-x${lanes}`, 'headerBytes')).toBe(Math.round(((256 + 16) * 256) / 236 - 256))
    }
  })

  test('CXL 3 packs 240 bytes of slots into 256', () => {
    for (const lanes of [8, 16]) {
      const name = `cxl-gen6-x${lanes}`
      expect(Number(valueOf('link', name, 'payloadBytes')) + Number(valueOf('link', name, 'headerBytes'))).toBe(256)
    }
  })
})

/** Unloaded reads over a direct link, ns, as published; the simulator gives them within 2 %. */
test.each([
  ['cxl-direct-asic', 'cxl-gen5-x8', 250],
  ['cxl-2-x8-mixed', 'cxl-gen5-x8', 250],
  ['melody-cxl-a', 'cxl-gen5-x8', 214],
  ['melody-cxl-b', 'cxl-gen5-x8', 271],
  ['melody-cxl-c', 'cxl-gen5-x8', 394],
  ['melody-cxl-d', 'cxl-gen5-x16', 239],
  ['cxl-fpga', 'cxl-gen5-x8', 394],
  ['cxl-mhd-pool-16', 'cxl-gen5-x8', 180],
])('a line from %s over %s takes %d ns', (memory, link, expected) => {
  const { scenario } = checkDocument(
    {
      format: 'unrack-scenario',
      version: 1,
      topology: {
        nodes: [
          { id: 'cpu', kind: 'cpu' },
          { id: 'mem', kind: 'memory', spec: memory },
        ],
        links: [{ id: 'l', from: 'cpu', to: 'mem', preset: link }],
      },
      application: {},
      workload: {},
    },
    catalog,
  )
  const path = derive(scenario!).paths.find((each) => each.from === 'cpu' && each.to === 'mem')
  expect(Math.abs(path!.readNs / expected - 1)).toBeLessThan(0.02)
})
