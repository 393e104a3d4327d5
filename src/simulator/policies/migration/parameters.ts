import type { FieldInfo } from '../../../scenario/catalog'
import { boolean, choice, integer, number } from '../../../scenario/presets/describe'

/** What every migration needs, whoever asks for it: a policy or an order. */
export const moving: readonly FieldInfo[] = [
  choice(
    'mechanism',
    'Mechanism',
    ['pre-copy', 'stop-and-copy', 'post-copy', 'remap', 'auto'],
    'How an instance is moved; auto: the way with the shortest downtime that is expected, then the shortest total.',
  ),
  number(
    'downtimeTargetMs',
    'Downtime target',
    'ms',
    10,
    'Pre-copy stops the instance once the rest can be sent within this time.',
    { maximum: 1e9 },
  ),
  integer('maxRounds', 'Most rounds', '', 30, 'Pre-copy stops the instance after this many live rounds.', {
    minimum: 1,
    maximum: 1e6,
  }),
  boolean(
    'stopWhenNotShrinking',
    'Stop when not shrinking',
    true,
    'Whether pre-copy gives up copying live once a round leaves no less to send.',
  ),
  number('controlPeriodMs', 'Control period', 'ms', 20, 'Time between two looks at the system.', {
    minimum: 0.001,
    maximum: 1e9,
  }),
]
