import { choice, integer, number, positive } from '../../../scenario/presets/describe'

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

const tieringMiBps = positive(
  'tieringMiBps',
  'Tiering',
  'MiB/s',
  null,
  'How fast hot pages of an instance are copied to its nearest memory devices, and cold ones away for them.',
  { nullMeans: 'pages stay where they are', maximum: 1e9 },
)

const tieringPeriodMs = positive(
  'tieringPeriodMs',
  'Tiering period',
  'ms',
  10,
  'Time between two looks at which pages are hot.',
  { maximum: 1e9 },
)

const copies = integer(
  'copies',
  'Copies',
  '',
  1,
  'How many memory devices hold each slab that is leased: one that is read, the others for when that fails; what is written goes to all.',
  { minimum: 1, maximum: 8 },
)

const highWatermark = positive(
  'highWatermark',
  'High watermark',
  '',
  null,
  'Share of the slabs of a memory device; with more of them leased, slabs are taken back or copied to emptier devices.',
  { nullMeans: 'never', maximum: 1 },
)

const lowWatermark = number(
  'lowWatermark',
  'Low watermark',
  '',
  null,
  'Share of its slabs down to which a memory device is relieved, and up to which others take slabs from it.',
  { nullMeans: '0.1 below the high one', maximum: 1 },
)

const reclaimMiBps = positive(
  'reclaimMiBps',
  'Reclamation',
  'MiB/s',
  1024,
  'How fast the slabs that leave a memory device under pressure are copied, at most.',
  { maximum: 1e9 },
)

const reclaimPeriodMs = positive(
  'reclaimPeriodMs',
  'Reclamation period',
  'ms',
  10,
  'Time between two looks at which memory devices are above their high watermark.',
  { maximum: 1e9 },
)

/** Those of every memory policy. */
export const leasing = [
  ...[onFull, copies, leaseMs, tieringMiBps, tieringPeriodMs],
  ...[highWatermark, lowWatermark, reclaimMiBps, reclaimPeriodMs],
]
