import { describe, expect, test } from 'vitest'
import { nearMissShare, toPromote, type TwoTiers } from '../../../../src/simulator/services/hot-cold'
import { hitRatio } from '../../../../src/simulator/services/locality'

const PAGES = 4000
const tiers: TwoTiers = {
  locality: { model: 'zipf', exponent: 0.9 },
  footprintBytes: PAGES * 4096,
  localShare: 0.25,
  near: 0.3,
}

/** The same, page by page: each far page is near with a chance, and chances are moved from the least popular to the most. */
function byPages({ near, localShare }: TwoTiers, promoted: number): number {
  const ranks = Array.from({ length: PAGES * (1 - localShare) }, (_, i) => PAGES * localShare + i + 1)
  const popularity = ranks.map((rank) => rank ** -0.9)
  const chance = ranks.map(() => near)
  let left = promoted * ranks.length
  for (let i = 0; left > 0; i += 1) {
    const moved = Math.min(left, 1 - chance[i])
    chance[i] += moved
    left -= moved
  }
  left = promoted * ranks.length
  for (let i = ranks.length - 1; left > 0; i -= 1) {
    const moved = Math.min(left, chance[i])
    chance[i] -= moved
    left -= moved
  }
  const all = popularity.reduce((sum, each) => sum + each, 0)
  return popularity.reduce((sum, each, i) => sum + each * chance[i], 0) / all
}

describe('the misses that go to the near tier', () => {
  test('are as the memory lies before anything is promoted', () => {
    expect(nearMissShare(tiers, 0)).toBeCloseTo(0.3, 12)
  })

  test('are those to its part of the popularity law once all is promoted', () => {
    const [local, until] = [0.25, 0.25 + 0.3 * 0.75].map((share) =>
      hitRatio(tiers.locality, share, tiers.footprintBytes),
    )
    expect(nearMissShare(tiers, toPromote(tiers))).toBeCloseTo((until - local) / (1 - local), 12)
  })

  test.each([0.01, 0.05, 0.1, 0.15, 0.2])(
    'with a share of %d promoted, are as page by page, within 0.2 %%',
    (promoted) => {
      expect(Math.abs(nearMissShare(tiers, promoted) / byPages(tiers, promoted) - 1)).toBeLessThan(0.002)
    },
  )

  test('stay as they are where all pages are equally popular', () => {
    const even: TwoTiers = { ...tiers, locality: { model: 'uniform' } }
    for (const promoted of [0, 0.1, toPromote(even)]) expect(nearMissShare(even, promoted)).toBeCloseTo(0.3, 12)
  })
})
