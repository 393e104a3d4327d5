import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
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

  const workers = () => builtFiles().filter((file) => /\.worker-[^/]*\.js$/.test(basename(file)))
  const worker = (name: string): string => workers().find((file) => basename(file).startsWith(`${name}.worker-`))!
  const loaded = (files: readonly string[]): number =>
    sum([...new Set(files.flatMap((file) => loadedWith(file)))].map(gzipBytes))

  test('there are two workers', () => {
    expect(workers()).toHaveLength(2)
  })

  test('the simulation worker starts with at most 145 kB, compressed', () => {
    expect(loaded([worker('simulation')])).toBeLessThanOrEqual(145 * kB)
  })

  test('the validation worker takes at most 175 kB for a case, compressed: the core and the family of the case', () => {
    const families = importedBy(worker('validation'), 'later')
    expect(families.length).toBeGreaterThan(3)
    for (const family of families) expect(loaded([worker('validation'), family]), family).toBeLessThanOrEqual(175 * kB)
  })
})

/** Files beside a built one that it imports, at its start or when it asks for them. */
function importedBy(file: string, when: 'at once' | 'later'): string[] {
  const text = readFileSync(join(dist, file), 'utf8')
  const pattern =
    when === 'later' ? /\bimport\((["'`])\.\/([^"'`]+\.js)\1\)/g : /\b(?:from|import)(["'`])\.\/([^"'`]+\.js)\1/g
  return [...text.matchAll(pattern)].map((match) => join(dirname(file), match[2]))
}

function loadedWith(file: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return []
  seen.add(file)
  for (const other of importedBy(file, 'at once')) loadedWith(other, seen)
  return [...seen]
}
