import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const kB = 1000

/** Names of all built files. */
function builtFiles(): string[] {
  if (!existsSync(join(dist, 'index.html'))) throw new Error('dist/ is missing; run `npm run build` first')
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
}

const gzipBytes = (file: string): number => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length
const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0)

/** Addresses of what the page loads before anything is asked for, without the leading `./`. */
function initialFiles(extension: string): string[] {
  const built = new Set(builtFiles())
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  const addresses = [...page.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\.?\/?([^":]+)"/g)].map(
    (match) => match[1],
  )
  return addresses.filter((address) => address.endsWith(extension) && built.has(address))
}

describe('the built page stays small', () => {
  test('the initial JavaScript is at most 180 kB, compressed', () => {
    const files = initialFiles('.js')
    expect(files).not.toEqual([])
    expect(sum(files.map(gzipBytes))).toBeLessThanOrEqual(180 * kB)
  })

  test('the initial CSS is at most 15 kB, compressed', () => {
    expect(sum(initialFiles('.css').map(gzipBytes))).toBeLessThanOrEqual(15 * kB)
  })

  /** Of each worker, compressed. */
  const workerLimits: Readonly<Record<string, number>> = { simulation: 125 * kB, validation: 160 * kB }
  const workers = () => builtFiles().filter((file) => /\.worker-[^/]*\.js$/.test(basename(file)))
  const nameOf = (file: string): string => basename(file).replace(/\.worker-.*$/, '')

  test('each worker is one file within its limit, and no worker is unknown', () => {
    const names = workers().map(nameOf)
    expect(names).toContain('simulation')
    expect(new Set(names).size).toBe(names.length)
    for (const file of workers()) expect(gzipBytes(file), file).toBeLessThanOrEqual(workerLimits[nameOf(file)] ?? 0)
  })
})
