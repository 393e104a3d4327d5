import type { FieldInfo, PolicyInfo } from '../../scenario/catalog'
import { boolean, choice, integer, number } from '../../scenario/presets/describe'

/** The policies that can be named in a scenario, per kind, the default first. */

const mechanisms: readonly PolicyInfo[] = [
  {
    kind: 'mechanism',
    name: 'pre-copy',
    summary:
      'Sends the state while the instance runs, then again what became dirty meanwhile, and stops it for a short rest.',
    parameters: [],
  },
  {
    kind: 'mechanism',
    name: 'stop-and-copy',
    summary: 'Stops the instance, sends its whole state, and lets it go on.',
    parameters: [],
  },
]

const mechanismsNotYet: readonly string[] = ['post-copy', 'remap']

/** What every migration needs, whoever asks for it: a policy or an order. */
const migrationParameters: readonly FieldInfo[] = [
  choice(
    'mechanism',
    'Mechanism',
    [...mechanisms.map((mechanism) => mechanism.name), ...mechanismsNotYet],
    'How an instance is moved.',
    {
      notYet: mechanismsNotYet,
    },
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

const hotspotParameters: readonly FieldInfo[] = [
  number('utilization', 'Utilization', '', 0.85, 'A device is a hotspot above this share of core time busy.', {
    maximum: 1,
  }),
  number('forMs', 'For', 'ms', 20, 'How long it must have been one.', { maximum: 1e9 }),
]

const onFull = choice(
  'onFull',
  'When full',
  ['wait', 'spill', 'reject'],
  'What an allocation does that fits nowhere: wait until it fits, or fail the instance.',
  {
    notYet: ['spill'],
  },
)

const offloadMap: FieldInfo = {
  name: 'map',
  label: 'Map',
  unit: '',
  type: 'list',
  default: [],
  summary: 'Which compute steps run where: { "operation": "svc.op", "step": 0, "to": "nic" }.',
}

export const policies = {
  placement: [
    { kind: 'placement', name: 'first-fit', summary: 'The first device, in order, that has room.', parameters: [] },
    { kind: 'placement', name: 'spread', summary: 'The device with the fewest instances.', parameters: [] },
  ],
  loadBalancing: [
    {
      kind: 'loadBalancing',
      name: 'least-loaded',
      summary: 'The instance with the fewest requests held and waiting; ties in turn.',
      parameters: [],
    },
    { kind: 'loadBalancing', name: 'round-robin', summary: 'Every instance in turn.', parameters: [] },
  ],
  memory: [
    {
      kind: 'memory',
      name: 'first-fit',
      summary: 'Slabs from the first memory device, in order, that has them.',
      parameters: [onFull],
    },
    { kind: 'memory', name: 'spread', summary: 'Slabs spread evenly over the memory devices.', parameters: [onFull] },
  ],
  offload: [
    { kind: 'offload', name: 'never', summary: 'Every step runs where its instance is.', parameters: [] },
    {
      kind: 'offload',
      name: 'static',
      summary: 'The steps of a fixed map run on the cores of a NIC pool.',
      parameters: [offloadMap],
    },
  ],
  migration: [
    { kind: 'migration', name: 'never', summary: 'Only orders move instances.', parameters: migrationParameters },
    {
      kind: 'migration',
      name: 'hotspot',
      summary: 'Moves an instance away from a device that has been too busy for too long.',
      parameters: [...migrationParameters, ...hotspotParameters],
    },
  ],
  scaling: [{ kind: 'scaling', name: 'fixed', summary: 'The number of replicas stays.', parameters: [] }],
  recovery: [
    {
      kind: 'recovery',
      name: 'restart',
      summary: 'What was on a failed device starts again elsewhere.',
      parameters: [],
    },
  ],
  mechanism: mechanisms,
} as const satisfies Record<string, readonly PolicyInfo[]>

/** Names of the format and the model that are answered with "not supported yet". */
export const policiesNotYet = {
  placement: [
    'best-fit',
    'pack',
    'random',
    'round-robin',
    'power-of-two-choices',
    'nearest-to-callers',
    'dominant-resource-fit',
    'exact',
  ],
  loadBalancing: ['random', 'power-of-two-choices'],
  memory: ['best-fit', 'nearest', 'interleave'],
  offload: ['always', 'queue-threshold', 'cost-model', 'bandit'],
  migration: ['load-imbalance', 'tail-latency', 'memory-pressure', 'consolidation', 'evacuation'],
  scaling: ['target-utilization', 'queue-length'],
  recovery: ['evacuate', 'restore'],
  mechanism: mechanismsNotYet,
} as const
