import type { FieldInfo } from '../../../scenario/catalog'
import { boolean, integer, positive } from '../../../scenario/presets/describe'

/** What every placement policy takes. */
export const compared: readonly FieldInfo[] = [
  boolean(
    'yardstick',
    'Compare with the optimum',
    false,
    'Whether the summary says how far the placement is from the best one, where that can be found.',
  ),
  integer('mostNodes', 'Most nodes', '', 20_000, 'The search for the best placement gives up after so many nodes.', {
    minimum: 1,
    maximum: 1e7,
  }),
]

/** How full a device may be made of expected work. */
export const fillTo: FieldInfo = positive(
  'fillTo',
  'Fill to',
  '',
  0.8,
  'Share of its cores that a device is expected to have busy at most.',
  { maximum: 1e6 },
)
