import type { Catalog } from '../scenario/catalog'
import { hardware, protocols } from '../scenario/presets'
import { policies, policiesNotYet } from './catalog/policies'

/** Everything that exists in this version, as plain data: for reading scenarios, for forms, help and documents. */
export const catalog: Catalog = {
  formatVersion: 1,
  engineVersion: '0.1.0',
  hardware,
  protocols,
  policies,
  notYet: policiesNotYet,
  runsOn: ['cpu', 'nic', 'gpu', 'memory'],
}
