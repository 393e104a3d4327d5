import type { FieldInfo } from '../../../scenario/catalog'

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
