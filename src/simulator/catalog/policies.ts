import type { Catalog, FieldInfo, PolicyInfo } from '../../scenario/catalog'
import { boolean, choice, integer, number } from '../../scenario/presets/describe'
import { mechanisms } from '../mechanisms'
import { loadBalancingPolicies } from '../policies/load-balancing'
import { memoryPolicies } from '../policies/memory'
import { migrationPolicies } from '../policies/migration'
import { offloadPolicies } from '../policies/offload'
import { placementPolicies } from '../policies/placement'

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
  source: 'the scenario format',
  summary: 'Which steps run where: { "operation": "svc.op", "step": 0, "to": "nic" }.',
}

const offloadRpc: FieldInfo = {
  name: 'rpc',
  label: 'RPC on',
  unit: '',
  type: 'text',
  default: null,
  nullMeans: 'every device does its own',
  source: 'assumed',
  summary:
    'NIC pool that does the RPC work of other devices: bytes on its serialization engines, messages on its cores.',
}

/** Parameters by the name of the policy; one that is not named has none. */
type Parameters = Readonly<Record<string, readonly FieldInfo[]>>

function described(
  kind: PolicyInfo['kind'],
  plugIns: readonly { readonly name: string; readonly summary: string }[],
  parameters: Parameters = {},
): readonly PolicyInfo[] {
  return plugIns.map(({ name, summary }) => ({ kind, name, summary, parameters: parameters[name] ?? [] }))
}

/** The policies that a scenario can name, per kind, the default first: those of the indexes with their parameters. */
export const policies: Catalog['policies'] = {
  placement: described('placement', placementPolicies),
  loadBalancing: described('loadBalancing', loadBalancingPolicies),
  memory: described('memory', memoryPolicies, { 'first-fit': [onFull], spread: [onFull] }),
  offload: described('offload', offloadPolicies, { never: [offloadRpc], static: [offloadMap, offloadRpc] }),
  migration: described('migration', migrationPolicies, {
    never: migrationParameters,
    hotspot: [...migrationParameters, ...hotspotParameters],
  }),
  scaling: described('scaling', [{ name: 'fixed', summary: 'The number of replicas stays.' }]),
  recovery: described('recovery', [
    { name: 'restart', summary: 'What was on a failed device starts again elsewhere.' },
  ]),
  mechanism: described('mechanism', mechanisms),
}

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
