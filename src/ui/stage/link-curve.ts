/** A point in stage coordinates. */
export interface Point {
  x: number
  y: number
}

/** 0: from `from` to `to`; 1: the other way. */
export type Direction = 0 | 1

const SAMPLES = 32

/**
 * A cubic curve from one end of a line to the other, with equal steps of arc length and right-hand traffic: seen in
 * the direction of travel, a direction's half lane lies to the right of the middle.
 */
export class LinkCurve {
  /** SVG path data of the middle. */
  readonly path: string
  /** Length in px. */
  readonly length: number
  /** x, y, normal x, normal y of `SAMPLES + 1` points at equal distances. */
  private readonly table: Float64Array

  constructor(
    readonly start: Point,
    readonly control1: Point,
    readonly control2: Point,
    readonly end: Point,
    /** Distance of a half lane's middle from the line's middle, px. */
    readonly laneOffset: number,
  ) {
    this.path = pathData([start, control1, control2, end])
    const fine = Array.from({ length: SAMPLES * 4 + 1 }, (_, i) => this.cubicAt(i / (SAMPLES * 4)))
    const distances = cumulative(fine)
    this.length = distances[distances.length - 1] ?? 0
    this.table = resample(fine, distances)
  }

  /** SVG path data of one direction's half lane, drawn in the direction of travel. */
  halfLanePath(direction: Direction): string {
    const shifted = [0, 1 / 3, 2 / 3, 1].map((fraction) => this.pointAt(fraction, direction))
    const base = [0, 1 / 3, 2 / 3, 1].map((fraction) => this.middleAt(direction === 0 ? fraction : 1 - fraction))
    const corners =
      direction === 0
        ? [this.start, this.control1, this.control2, this.end]
        : [this.end, this.control2, this.control1, this.start]
    const moved = corners.map((corner, i) => ({
      x: corner.x + (shifted[i]?.x ?? 0) - (base[i]?.x ?? 0),
      y: corner.y + (shifted[i]?.y ?? 0) - (base[i]?.y ?? 0),
    }))
    return pathData(moved)
  }

  /** Where something is that has gone `fraction` (0..1) of its way in `direction`. */
  pointAt(fraction: number, direction: Direction): Point {
    return this.pointInto({ x: 0, y: 0 }, fraction, direction)
  }

  /** As `pointAt`, into a point that the caller owns: for a painter's inner loop. */
  pointInto(out: Point, fraction: number, direction: Direction, spread = 1): Point {
    const along = direction === 0 ? fraction : 1 - fraction
    const shift = (direction === 0 ? 1 : -1) * this.laneOffset * spread
    return this.sample(out, along, shift)
  }

  /** A point on the middle of the line. */
  middleAt(fraction: number): Point {
    return this.sample({ x: 0, y: 0 }, fraction, 0)
  }

  private sample(out: Point, along: number, shift: number): Point {
    const place = Math.min(1, Math.max(0, along)) * SAMPLES
    const index = Math.min(SAMPLES - 1, Math.floor(place))
    const part = place - index
    const at = index * 4
    const mix = (k: number): number => (this.table[at + k] ?? 0) * (1 - part) + (this.table[at + 4 + k] ?? 0) * part
    out.x = mix(0) + mix(2) * shift
    out.y = mix(1) + mix(3) * shift
    return out
  }

  private cubicAt(t: number): Point {
    const u = 1 - t
    const weights = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t] as const
    const { start, control1, control2, end } = this
    return {
      x: weights[0] * start.x + weights[1] * control1.x + weights[2] * control2.x + weights[3] * end.x,
      y: weights[0] * start.y + weights[1] * control1.y + weights[2] * control2.y + weights[3] * end.y,
    }
  }
}

const short = (value: number): string => String(Math.round(value * 10) / 10)

function pathData(corners: readonly Point[]): string {
  const [start, ...rest] = corners.map((corner) => `${short(corner.x)} ${short(corner.y)}`)
  return `M${start ?? ''}C${rest.join(' ')}`
}

/** Distance from the first point, one entry per point, px. */
function cumulative(points: readonly Point[]): number[] {
  let sum = 0
  return points.map((point, i) => {
    const before = points[i - 1] ?? point
    sum += Math.hypot(point.x - before.x, point.y - before.y)
    return sum
  })
}

function resample(fine: readonly Point[], distances: readonly number[]): Float64Array {
  const table = new Float64Array((SAMPLES + 1) * 4)
  const total = distances[distances.length - 1] ?? 0
  let k = 0
  for (let i = 0; i <= SAMPLES; i += 1) {
    const target = (total * i) / SAMPLES
    while (k < fine.length - 2 && (distances[k + 1] ?? 0) < target) k += 1
    const from = fine[k] ?? { x: 0, y: 0 }
    const to = fine[k + 1] ?? from
    const span = (distances[k + 1] ?? 0) - (distances[k] ?? 0)
    const part = span > 0 ? (target - (distances[k] ?? 0)) / span : 0
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
    // On a screen y grows downward, so the right-hand side of (dx, dy) is (-dy, dx).
    table.set(
      [
        from.x + (to.x - from.x) * part,
        from.y + (to.y - from.y) * part,
        -(to.y - from.y) / length,
        (to.x - from.x) / length,
      ],
      i * 4,
    )
  }
  return table
}
