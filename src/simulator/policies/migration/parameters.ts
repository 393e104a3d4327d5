import type { FieldInfo } from '../../../scenario/catalog'
import { boolean, choice, integer, number, positive } from '../../../scenario/presets/describe'

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

/** How long something must have been so before a policy acts. */
export const lasting: FieldInfo = number(
  'forMs',
  'For',
  'ms',
  20,
  'How long it must have been so before an instance moves.',
  {
    maximum: 1e9,
  },
)

/** What keeps a policy from moving too much: its budget, and the time that instances stay. */
export const guarding = (minResidenceMs: number): readonly FieldInfo[] => [
  positive(
    'budgetPerSecond',
    'Budget',
    '1/s',
    null,
    'Moves per second that may begin, saved up for one second at most.',
    {
      maximum: 1e9,
      nullMeans: 'no limit',
    },
  ),
  integer('maxConcurrent', 'At once', '', null, 'Moves that may go on at the same time.', {
    minimum: 1,
    maximum: 1e9,
    nullMeans: 'no limit',
  }),
  number(
    'minResidenceMs',
    'Stays at least',
    'ms',
    minResidenceMs,
    'How long an instance stays after a move; 0 for hotspot and evacuation unless given.',
    { maximum: 1e9 },
  ),
]
