/** Scales of the plots on the first screen. The charts of the validation, loaded later, have those of d3. */

export interface Scale {
  (value: number): number
  readonly domain: () => readonly [number, number]
  readonly range: () => readonly [number, number]
  readonly invert: (place: number) => number
}

type Pair = readonly [number, number]

/** A straight line through two points. */
export function linearScale(domain: Pair, range: Pair): Scale {
  const [low, high] = domain
  const [start, end] = range
  const place = (value: number): number => start + ((value - low) / (high - low)) * (end - start)
  return Object.assign(place, {
    domain: () => domain,
    range: () => range,
    invert: (at: number) => low + ((at - start) / (end - start)) * (high - low),
  })
}

/** Equal ratios are equal distances; what lies outside stands at the end when it is clamped. Both bounds are above 0. */
export function logScale(domain: Pair, range: Pair, isClamped = false): Scale {
  const [low, high] = domain
  const line = linearScale([Math.log(low), Math.log(high)], range)
  const inside = (value: number): number => (isClamped ? Math.min(high, Math.max(low, value)) : value)
  return Object.assign((value: number) => line(Math.log(inside(value))), {
    domain: () => domain,
    range: () => range,
    invert: (at: number) => inside(Math.exp(line.invert(at))),
  })
}

/** About so many round numbers between two bounds: multiples of 1, 2 or 5 times a power of ten. */
export function ticks([low, high]: Pair, count: number): readonly number[] {
  const rough = (high - low) / Math.max(1, count)
  if (!(rough > 0)) return []
  const power = Math.floor(Math.log10(rough))
  const error = rough / 10 ** power
  const factor = error >= Math.sqrt(50) ? 10 : error >= Math.sqrt(10) ? 5 : error >= Math.sqrt(2) ? 2 : 1
  // Steps below 1 are divided by, so that 0.3 comes out as 3 / 10.
  const at = (index: number): number => (power < 0 ? index / (10 ** -power / factor) : index * (10 ** power * factor))
  const nearest = (value: number): number =>
    Math.round(power < 0 ? value * (10 ** -power / factor) : value / (10 ** power * factor))
  const first = nearest(low) + (at(nearest(low)) < low ? 1 : 0)
  const last = nearest(high) - (at(nearest(high)) > high ? 1 : 0)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => at(first + index))
}
