import { choice, number } from '../../../scenario/presets/describe'

const onFull = choice(
  'onFull',
  'When full',
  ['wait', 'spill', 'reject'],
  'What an allocation does that the pools in reach have not free: wait, leave the rest to local memory, or fail the instance.',
)

const leaseMs = number(
  'leaseMs',
  'Lease',
  'ms',
  null,
  'How long whole slabs that an instance does not need stay leased before they are taken back.',
  { nullMeans: 'until it ends', maximum: 1e9, source: 'the scenario format' },
)

/** Those of every memory policy. */
export const leasing = [onFull, leaseMs]
