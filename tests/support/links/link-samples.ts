import { deflateRawSync } from 'node:zlib'
import { crc32Hex } from '../../../src/share/crc32'

/** A `d1.` parameter made without our own writer, from any text. */
export function deflatedParameter(text: string): string {
  const bytes = Buffer.from(text, 'utf8')
  return `d1.${deflateRawSync(bytes, { level: 9 }).toString('base64url')}.${crc32Hex(bytes)}`
}

/** A `j1.` parameter, as somebody without a compressor makes it. */
export function plainParameter(text: string): string {
  return `j1.${Buffer.from(text, 'utf8').toString('base64url')}`
}

/** A small scenario as text: one core, one service, one source. */
export const smallScenarioText = JSON.stringify({
  format: 'unrack-scenario',
  version: 1,
  name: 'A small link — µ',
  topology: { nodes: [{ id: 'cpu', kind: 'cpu', count: 1, spec: { cores: 1 } }], links: [] },
  application: {
    services: [
      {
        id: 'worker',
        operations: [{ id: 'work', steps: [{ do: 'compute', timeNs: { dist: 'exponential', mean: 100000 } }] }],
      },
    ],
  },
  workload: {
    sources: [{ id: 'users', entry: 'worker.work', via: null, arrivals: { process: 'poisson', ratePerSecond: 8000 } }],
  },
  run: { seed: 1, warmupSeconds: 0.01, durationSeconds: 0.1 },
})

/** Links that must be refused, each with its own words. The value is the fragment. */
export const brokenLinks = {
  damaged: (() => {
    const parameter = deflatedParameter(smallScenarioText)
    const at = Math.floor(parameter.length / 2)
    const other = parameter[at] === 'A' ? 'B' : 'A'
    return `#/build?v=1&s=${parameter.slice(0, at)}${other}${parameter.slice(at + 1)}`
  })(),
  truncated: (() => {
    const fragment = `#/build?v=1&s=${deflatedParameter(smallScenarioText)}`
    return fragment.slice(0, Math.floor(fragment.length * 0.6))
  })(),
  tooNew: `#/build?v=99&s=${deflatedParameter(smallScenarioText)}`,
  reserved: `#/build?v=1&s=${deflatedParameter('{"format":"unrack-scenario","version":1,"__proto__":{"polluted":true}}')}`,
  bomb: `#/build?v=1&s=${deflatedParameter(' '.repeat(50 * 1024 * 1024))}`,
  notAScenario: `#/build?v=1&s=${deflatedParameter('{"format":"something-else"}')}`,
} as const
