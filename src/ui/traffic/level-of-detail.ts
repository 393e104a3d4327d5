/** dots: every request is drawn. bands: densities, with some requests as exemplars on top. */
export type DetailLevel = 'dots' | 'bands'

/** More than this many at once become bands, */
const bandsAbove = 1500
/** and dots again below this: the difference keeps the picture from flickering. */
const dotsBelow = 1000
export const maxExemplars = 200
export const bandSegments = 24

export function nextLevel(level: DetailLevel, count: number): DetailLevel {
  if (count > bandsAbove) return 'bands'
  if (count < dotsBelow) return 'dots'
  return level
}

/**
 * One in how many requests is drawn as an exemplar: a power of two, so that those drawn at a higher count are among
 * those drawn at a lower one.
 */
export function exemplarStride(count: number): number {
  let stride = 1
  while (count / stride > maxExemplars) stride *= 2
  return stride
}

/** Whether this request is one of them; the same request stays one wherever it goes. */
export function isExemplar(request: number, stride: number): boolean {
  return (scramble(request) & (stride - 1)) === 0
}

/** Neighboring numbers give unrelated bits. */
export function scramble(value: number): number {
  let hash = Math.imul((value >>> 0) ^ 0x9e3779b9, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
