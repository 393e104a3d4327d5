/** A label of an axis, around a place on it. */
export interface Label {
  readonly text: string
  /** px from the left. */
  readonly at: number
  /** One that stands in any case. */
  readonly isFirst?: boolean
}

/** Of the smallest type on the page, px. */
const CHARACTER = 5.6
const GAP = 4

const halfOf = ({ text }: Label): number => (text.length * CHARACTER) / 2

/** Those labels that fit beside one another: first those that must stand, then the others from the left. */
export function labelsApart<L extends Label>(labels: readonly L[], width: number): L[] {
  const kept: L[] = []
  for (const label of [...labels].sort((a, b) => Number(b.isFirst ?? false) - Number(a.isFirst ?? false)))
    if (
      kept.every((other) => Math.abs(shift(label, width) - shift(other, width)) >= halfOf(label) + halfOf(other) + GAP)
    )
      kept.push(label)
  return kept.sort((a, b) => a.at - b.at)
}

/** Where the middle of a label stands so that all of it is on the axis, px. */
export function shift(label: Label, width: number): number {
  return Math.min(width - halfOf(label), Math.max(halfOf(label), label.at))
}
