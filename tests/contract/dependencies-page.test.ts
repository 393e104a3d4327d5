import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test('the page of dependencies names each package once, and no other', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
  const firstCells = [...read('docs/dependencies.md').matchAll(/^\| (`[^|]*) \|/gm)].map((row) => row[1])
  const named = firstCells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((name) => name[1]))
  expect(named.sort()).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)].sort())
})
