declare const unit: unique symbol

/** Simulated time or a duration: a whole number of picoseconds, exact up to 2^53. */
export type Picoseconds = number & { readonly [unit]: 'ps' }

export const PS_PER_NS = 1e3
export const PS_PER_US = 1e6
export const PS_PER_MS = 1e9
export const PS_PER_SECOND = 1e12

/** The end of simulated time, about 2.5 hours: 2^53 ps, up to which every whole number is a double. */
export const MAX_PICOSECONDS = 9007199254740992

/** The nearest whole number, halves up. */
export function roundHalfUp(x: number): number {
  return Math.floor(x + 0.5)
}

/** That many picoseconds, rounded half up. */
export function picoseconds(n: number): Picoseconds {
  return roundHalfUp(n) as Picoseconds
}

export function nanoseconds(n: number): Picoseconds {
  return picoseconds(n * PS_PER_NS)
}

export function microseconds(n: number): Picoseconds {
  return picoseconds(n * PS_PER_US)
}

export function milliseconds(n: number): Picoseconds {
  return picoseconds(n * PS_PER_MS)
}

export function seconds(n: number): Picoseconds {
  return picoseconds(n * PS_PER_SECOND)
}
