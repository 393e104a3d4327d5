import type { FieldInfo } from '../../../scenario/catalog'
import { choice, number } from '../../../scenario/presets/describe'

export const mapEntries: FieldInfo = {
  name: 'map',
  label: 'Map',
  unit: '',
  type: 'list',
  default: [],
  source: 'the scenario format',
  summary: 'Which steps run where: { "operation": "svc.op", "step": 0, "to": "nic" }.',
}

export const rpc: FieldInfo = {
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

export const offloadAbove: FieldInfo = number(
  'offloadAbove',
  'Offload above',
  'jobs/core',
  2,
  'Steps leave a device once so many jobs per core are ahead of them there.',
  { maximum: 1e6 },
)

export const returnBelow: FieldInfo = number(
  'returnBelow',
  'Return below',
  'jobs/core',
  0.5,
  'Steps stay again once no more than so many jobs per core are ahead of them.',
  { maximum: 1e6 },
)

export const offloadBase: FieldInfo = choice(
  'base',
  'Base',
  ['cost-model', 'always'],
  'What decides while the cores elsewhere are not saturated.',
)

export const saturatedAbove: FieldInfo = number(
  'saturatedAbove',
  'Saturated above',
  'jobs/server',
  0.5,
  'A device elsewhere is saturated once so many jobs per server are ahead of a new one.',
  { maximum: 1e6 },
)

export const restBelow: FieldInfo = number(
  'restBelow',
  'At rest below',
  'jobs/server',
  0.25,
  'A saturated device is used again once no more than so many jobs per server are ahead of a new one.',
  { maximum: 1e6 },
)

export const explore: FieldInfo = number(
  'explore',
  'Explore',
  '',
  0.05,
  'Share of the decisions that try a place at random, among the first on each step.',
  { maximum: 1 },
)

export const exploreFirst: FieldInfo = number(
  'exploreFirst',
  'Explore among first',
  'decisions',
  1000,
  'So many decisions on a step explore with the full share; beyond, the share falls in proportion to their number.',
  { maximum: 1e12 },
)
