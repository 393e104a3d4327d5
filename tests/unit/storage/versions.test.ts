import { expect, test } from 'vitest'
import type { StoredVersion } from '../../../src/storage'
import {
  deservesVersion,
  MOST_VERSIONS,
  newestFirst,
  surplusVersions,
  VERSION_GAP_MS,
} from '../../../src/storage/versions'

function version(savedAt: number, name: string | null = null): StoredVersion {
  return { id: `v${savedAt}`, documentId: 'd', savedAt, name, text: `text ${savedAt}` }
}

test('the first overwritten state is always worth a version', () => {
  expect(deservesVersion([], 'anything', 0)).toBe(true)
})

test('a state right after a version, or equal to it, is not worth another', () => {
  const kept = [version(1000)]
  expect(deservesVersion(kept, 'new', 1000 + VERSION_GAP_MS - 1)).toBe(false)
  expect(deservesVersion(kept, 'new', 1000 + VERSION_GAP_MS)).toBe(true)
  expect(deservesVersion(kept, 'text 1000', 1000 + VERSION_GAP_MS)).toBe(false)
})

test('beyond twenty, the oldest without a name goes first', () => {
  const kept = [...Array.from({ length: MOST_VERSIONS }, (_, i) => version(i)), version(100, 'by hand')]
  expect(surplusVersions(kept).map((each) => each.id)).toEqual(['v0'])
})

test('named versions go last, oldest first', () => {
  const kept = [...Array.from({ length: MOST_VERSIONS + 1 }, (_, i) => version(i, 'by hand')), version(100)]
  expect(surplusVersions(kept).map((each) => each.id)).toEqual(['v0', 'v100'])
})

test('up to twenty stay', () => {
  expect(surplusVersions(Array.from({ length: MOST_VERSIONS }, (_, i) => version(i)))).toEqual([])
})

test('lists begin with the newest', () => {
  expect(newestFirst([version(1), version(3), version(2)]).map((each) => each.savedAt)).toEqual([3, 2, 1])
})
