import { hitRatio, type LocalitySpec } from './locality'

/** The far memory of an instance in two tiers. */
export interface TwoTiers {
  readonly locality: LocalitySpec
  readonly footprintBytes: number
  /** Share of the footprint that is local: the most popular part. */
  readonly localShare: number
  /** Share of its far memory that is in the near tier, 0..1. */
  readonly near: number
}

/** How much of the far memory has to be copied near, and as much away, until the near tier holds the most popular part. */
export function toPromote({ near }: TwoTiers): number {
  return near * (1 - near)
}

/**
 * Share of the far misses that go to the near tier. At first it holds a part of everything, drawn evenly. The most popular
 * part is copied near first, and the least popular goes away for it. So of popularity ranks below `hot` all are near,
 * above `cold` none, between them the share `near`; what is near stays as much: `hot + near (cold - hot) = near`.
 *
 * @param promoted share of the far memory that was copied near, 0 to `toPromote`
 */
export function nearMissShare(tiers: TwoTiers, promoted: number): number {
  const { near } = tiers
  if (near <= 0 || near >= 1) return near
  const hot = Math.min(near, promoted / (1 - near))
  const cold = 1 - ((1 - near) * hot) / near
  const below = missesBelow(tiers, hot)
  return below + near * (missesBelow(tiers, cold) - below)
}

/** Share of the far misses that go to the most popular `part` of the far memory. */
function missesBelow({ locality, footprintBytes, localShare }: TwoTiers, part: number): number {
  const local = hitRatio(locality, localShare, footprintBytes)
  const until = hitRatio(locality, localShare + part * (1 - localShare), footprintBytes)
  return local >= 1 ? part : (until - local) / (1 - local)
}
