import type { Rect } from './card-layout'
import type { Point } from './link-curve'
import type { LinkLine } from './link-routing'

/** Size of a link's label: two lines of text. */
const LABEL = { width: 124, height: 28 } as const

/** Where a link's two lines of text stand. */
export interface LabelPlace extends Rect {
  readonly anchor: 'start' | 'end' | 'middle'
}

/** A place near the link that covers no card, no line and no other label, as far as there is one. */
export function placeLabel(
  lines: readonly LinkLine[],
  obstacles: readonly Rect[],
  marks: readonly LineMarks[],
): LabelPlace {
  let best: LabelPlace | null = null
  let least = Infinity
  for (const candidate of candidates(lines)) {
    const cost = candidate.penalty + coverCost(candidate.place, obstacles, marks, least - candidate.penalty)
    if (cost < least) [best, least] = [candidate.place, cost]
  }
  return best ?? { x: 0, y: 0, ...LABEL, anchor: 'start' }
}

interface Candidate {
  readonly place: LabelPlace
  readonly penalty: number
}

const FRACTIONS = [0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95]
/** Further away from the line, px. */
const DISTANCES = [0, 30, 60]

function candidates(lines: readonly LinkLine[]): Candidate[] {
  const ends = [lines[0], lines[lines.length - 1]].flatMap((line) => (line === undefined ? [] : [line]))
  return ends.flatMap((line) =>
    FRACTIONS.flatMap((fraction, i) =>
      DISTANCES.flatMap((distance, d) =>
        spotsAround(line.curve.middleAt(fraction), line.width / 2 + 10 + distance).map((place, k) => ({
          place,
          penalty: i * 4 + d * 20 + k,
        })),
      ),
    ),
  )
}

/** Labels above, below, beside and at the corners of a point. */
function spotsAround({ x, y }: Point, gap: number): LabelPlace[] {
  const left = x - gap - LABEL.width
  const middle = x - LABEL.width / 2
  const right = x + gap
  const above = y - gap - LABEL.height
  const below = y + gap
  const spots: readonly (readonly [number, number, LabelPlace['anchor']])[] = [
    [middle, above, 'middle'],
    [middle, below, 'middle'],
    [right, y - LABEL.height / 2, 'start'],
    [left, y - LABEL.height / 2, 'end'],
    [right, above, 'start'],
    [left, below, 'end'],
    [right, below, 'start'],
    [left, above, 'end'],
  ]
  return spots.map(([spotX, spotY, anchor]) => ({ x: spotX, y: spotY, ...LABEL, anchor }))
}

/** Points of one line that labels keep clear of (x, y after one another), and the box around them. */
interface LineMarks {
  readonly points: Float64Array
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const MARKS_PER_LINE = 28

export function lineMarks(lines: readonly LinkLine[]): LineMarks[] {
  return lines.map(({ curve }) => {
    const points = new Float64Array(MARKS_PER_LINE * 2)
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
    const point = { x: 0, y: 0 }
    for (let k = 0; k < MARKS_PER_LINE; k += 1) {
      curve.pointInto(point, k / (MARKS_PER_LINE - 1), 0, 0)
      points[k * 2] = point.x
      points[k * 2 + 1] = point.y
      box.left = Math.min(box.left, point.x)
      box.top = Math.min(box.top, point.y)
      box.right = Math.max(box.right, point.x)
      box.bottom = Math.max(box.bottom, point.y)
    }
    return { points, ...box }
  })
}

const CLEAR = 8

/** How much of a place is covered; stops counting at `enough`. */
function coverCost(place: Rect, obstacles: readonly Rect[], marks: readonly LineMarks[], enough: number): number {
  let cost = 0
  for (const obstacle of obstacles) cost += 0.4 * overlap(place, obstacle)
  const [left, top, right, bottom] = [
    place.x - CLEAR,
    place.y - CLEAR,
    place.x + place.width + CLEAR,
    place.y + place.height + CLEAR,
  ]
  for (const line of marks) {
    if (cost >= enough) return cost
    if (line.right < left || line.left > right || line.bottom < top || line.top > bottom) continue
    for (let i = 0; i < line.points.length; i += 2) {
      const x = line.points[i] ?? 0
      const y = line.points[i + 1] ?? 0
      if (x > left && x < right && y > top && y < bottom) cost += 30
    }
  }
  return cost
}

function overlap(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}
